import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TableauSim } from './index.ts'
import { jobsPath, one, readCredentials, send, signInToCloud, sitePath, startStill, startStillCloud } from './test-client.ts'
import type { RawReply, RawRequest, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStillCloud({ scenario: 'empty' })
  admin = await signInToCloud(sim)
})
afterEach(() => sim.close())

const asJson = { accept: 'application/json', 'content-type': 'application/json' }
const tasksPath = (rest = '') => sitePath(admin, `/tasks/extractRefreshes${rest}`)
const ask = (path: string, more: RawRequest = {}) => send(sim, path, { token: admin.token, headers: { accept: 'application/json' }, ...more })
const json = (reply: RawReply): unknown => {
  expect(reply.headers['content-type']).toBe('application/json;charset=UTF-8')
  return JSON.parse(reply.text)
}
const add = (name: string) => {
  const site = sim.world.site()
  const project = site.addProject({ name: `${name} project`, ownerId: admin.userId })
  return sim.world.addTask(site.id, { content: site.addContent({ kind: 'workbook', name, ownerId: admin.userId, project }), times: { frequency: 'Weekly', start: '21:50:00', intervals: [{ weekDay: 'Wednesday' }] }, runsForMs: 5000 })
}
/** As the extract reference prints the request, and its reply but for ids and dates. */
const daily = { frequency: 'Daily', frequencyDetails: { start: '18:30:00', end: '23:30:00', intervals: { interval: [{ hours: '4' }, { weekDay: 'Sunday' }, { weekDay: 'Wednesday' }] } } }

describe('a reply in JSON', () => {
  it('of Server Info and of sign-in, whose request can be JSON too', async () => {
    expect(json(await ask('/api/2.4/serverInfo'))).toEqual({ serverInfo: { productVersion: { value: '2024.2.2', build: '20242.24.0807.0327' }, restApiVersion: '3.24' } })
    const body = JSON.stringify({ credentials: { name: 'admin', password: 'admin', site: { contentUrl: 'demo' } } })
    expect(json(await ask('/api/3.24/auth/signin', { method: 'POST', headers: asJson, body }))).toMatchObject({
      credentials: { estimatedTimeToExpiration: '2:00:00', site: { id: admin.siteId, contentUrl: 'demo' }, user: { id: admin.userId } },
    })
  })

  it('of tasks: none, one and several', async () => {
    expect(json(await ask(tasksPath()))).toEqual({ tasks: {} })
    const rowOf = (task: ReturnType<typeof add>) => ({
      extractRefresh: {
        id: task.id, priority: '50', consecutiveFailedCount: '0', type: 'RefreshExtractTask',
        schedule: { frequency: 'Weekly', nextRunAt: '2026-03-05T05:50:00Z', frequencyDetails: { start: '21:50:00', intervals: { interval: [{ weekDay: 'Wednesday' }] } } },
        workbook: { id: task.content.id },
      },
    })
    const first = add('Sales')
    expect(json(await ask(tasksPath()))).toEqual({ tasks: { task: rowOf(first) } })
    expect(json(await ask(tasksPath(`/${first.id}`)))).toEqual({ task: rowOf(first) })
    const second = add('Costs')
    expect(json(await ask(tasksPath()))).toEqual({ tasks: { task: [rowOf(first), rowOf(second)] } })
    const run = json(await ask(tasksPath(`/${first.id}/runNow`), { method: 'POST', body: '<tsRequest/>' }))
    expect(run).toEqual({ job: { id: sim.world.site().jobs[0]?.id, mode: 'Asynchronous', type: 'RefreshExtract' } })
  })

  it('of Create and Update Cloud Extract Refresh Task, from a request in JSON', async () => {
    const { id } = add('Sales').content
    const created = await ask(tasksPath(), { method: 'POST', headers: asJson, body: JSON.stringify({ extractRefresh: { type: 'FullRefresh', workbook: { id } }, schedule: daily }) })
    const task = sim.world.tasks().all[1]
    const dates = { createdAt: '2026-03-04T08:00:00-0800', updatedAt: '2026-03-04T08:00:00-0800', nextRunAt: '2026-03-04T18:30:00-0800' }
    const shown = { extractRefresh: { id: task?.id, consecutiveFailedCount: '0', type: 'FullRefresh', workbook: { id } }, schedule: { id: task?.ownSchedule?.id, ...dates, ...daily } }
    expect(json(created)).toEqual(shown)
    const monthly = { frequency: 'Monthly', frequencyDetails: { start: '04:00:00', intervals: { interval: [{ monthDay: 'Third', weekDay: 'Thursday' }] } } }
    const updated = await ask(tasksPath(`/${task?.id ?? ''}`), { method: 'POST', headers: asJson, body: JSON.stringify({ schedule: monthly }) })
    expect(json(updated)).toEqual({ ...shown, schedule: { ...shown.schedule, ...monthly, nextRunAt: '2026-03-19T04:00:00-0700' } })
  })

  it('of Create Extracts, from a request in JSON', async () => {
    const site = sim.world.site()
    const workbook = site.addContent({ kind: 'workbook', name: 'Sales', ownerId: admin.userId, hasExtracts: false, datasources: [{ name: 'Orders' }, { name: 'Stock' }] })
    const datasource = site.addContent({ kind: 'datasource', name: 'Orders', ownerId: admin.userId, hasExtracts: false })
    const body = JSON.stringify({ datasources: { includeAll: false, datasource: [{ id: workbook.datasources[1]?.id }] } })
    const replies = [
      await ask(sitePath(admin, `/workbooks/${workbook.id}/createExtract?encrypt=true`), { method: 'POST', headers: asJson, body }),
      await ask(sitePath(admin, `/datasources/${datasource.id}/createExtract`), { method: 'POST', headers: asJson }),
    ]
    const [ofWorkbook = '', ofDatasource = ''] = site.findJobs({ jobType: 'createExtract' }).map(({ id }) => id)
    const job = (id: string) => ({ id, mode: 'Asynchronous', type: 'CreateExtract', createdAt: '2026-03-04T16:00:00Z' })
    expect(replies.map(json)).toEqual([
      { job: { ...job(ofWorkbook), extractCreationJob: { workbook: { id: workbook.id, name: 'Sales' }, jobLuid: ofWorkbook } } },
      { job: { ...job(ofDatasource), extractCreationJob: { datasource: { id: datasource.id, name: 'Orders' }, jobLuid: ofDatasource } } },
    ])
    sim.clock.advance(10_000)
    expect([workbook.encryptExtracts, workbook.datasources.map(({ hasExtract }) => hasExtract), datasource.hasExtracts]).toEqual([true, [false, true], true])
  })

  it('of jobs: none, one, and one with notes', async () => {
    expect(json(await ask(jobsPath(admin)))).toEqual({ pagination: { pageNumber: '1', pageSize: '100', totalAvailable: '0' }, backgroundJobs: {} })
    const job = sim.world.addJob(admin.siteId, { jobType: 'refresh_extracts', title: 'Sales & “costs”', status: 'Failed', notes: 'Line 1\nLine 2', content: { kind: 'workbook', id: 'w', name: 'Sales' } })
    expect(json(await ask(jobsPath(admin)))).toMatchObject({ backgroundJobs: { backgroundJob: [{ id: job.id, status: 'Failed', title: 'Sales & “costs”' }] } })
    expect(json(await ask(jobsPath(admin, `/${job.id}`)))).toMatchObject({ job: { finishCode: '1', extractRefreshJob: { notes: 'Line 1\nLine 2', workbook: { id: 'w', name: 'Sales' } } } })
  })

  it('of a refusal', async () => {
    expect(json(await ask('/api/3.24/schedules'))).toEqual({ error: { code: '401002', summary: 'Unauthorized Access', detail: 'Invalid authentication credentials were provided.' } })
  })

  it('is XML where that is asked for too or nothing is', async () => {
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/xml, application/json' }]) {
      expect((await ask('/api/3.24/serverInfo', { headers })).headers['content-type']).toBe('application/xml;charset=UTF-8')
    }
    expect(await ask(tasksPath(`/${add('Sales').id}`), { method: 'DELETE' })).toMatchObject({ status: 204, text: '' })
  })
})

describe('a request in JSON', () => {
  it.each(['', 'null', '[]', '"text"', '{', '{"extractRefresh":"FullRefresh"}', '{"extractRefresh":[["a"]]}', '{"extractRefresh":{"type":"\\u0000"}}'])('is refused where it is %j', async (body) => {
    const reply = await ask(tasksPath(), { method: 'POST', headers: asJson, body })
    expect([reply.status, JSON.parse(reply.text)]).toMatchObject([400, { error: { code: '400000' } }])
    expect(sim.world.tasks().all).toEqual([])
  })

  it('is refused where it is too deep or too large, though all that is needed is in it', async () => {
    const { id } = add('Sales').content
    const deep = (levels: number): unknown => (levels === 0 ? {} : { deeper: deep(levels - 1) })
    const statusWith = async (more: unknown) =>
      (await ask(tasksPath(), { method: 'POST', headers: asJson, body: JSON.stringify({ extractRefresh: { type: 'FullRefresh', workbook: { id } }, schedule: daily, more }) })).status
    const wide = (members: number): unknown => Object.fromEntries(Array.from({ length: members }, (_, index) => [`a${index}`, '']))
    expect([await statusWith(deep(10)), await statusWith(deep(40)), await statusWith(wide(60)), await statusWith(wide(70))]).toEqual([200, 400, 200, 400])
    expect([await statusWith(Array.from({ length: 1000 }, () => ({}))), await statusWith(Array.from({ length: 3000 }, () => ({})))]).toEqual([200, 400])
  })

  it('is what a Server here cannot read, nor does it answer in it', async () => {
    await using server = await startStill({ scenario: 'empty' })
    const body = JSON.stringify({ credentials: { name: 'admin', password: 'admin', site: { contentUrl: '' } } })
    expect((await send(server, '/api/3.24/auth/signin', { method: 'POST', headers: asJson, body })).status).toBe(400)
    const reply = await send(server, '/api/3.24/serverInfo', { headers: asJson })
    expect(one(reply.text, 'restApiVersion').textContent).toBe('3.24')
  })

  it('can be mixed with replies in XML', async () => {
    const body = JSON.stringify({ credentials: { personalAccessTokenName: 'demo-pat', personalAccessTokenSecret: 'demo-pat-secret', site: { contentUrl: 'demo' } } })
    const reply = await send(sim, '/api/3.24/auth/signin', { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body })
    expect(readCredentials(reply.text).siteId).toBe(admin.siteId)
  })
})
