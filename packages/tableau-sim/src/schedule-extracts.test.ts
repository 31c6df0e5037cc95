import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScheduleSpec, TableauSim } from './index.ts'
import { all, errorCode, one, send, signIn, startStill } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill({ scenario: 'empty' })
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const nowhere = '00000000-0000-4000-8000-000000000000'
const add = (spec: Partial<ScheduleSpec> = {}) => sim.world.addSchedule({ name: 'Nightly', frequency: 'Daily', start: '02:00:00', intervals: [], ...spec })
const userId = (name: string): string => sim.world.account(name).memberships[0]?.userId ?? ''
const content = (kind: 'workbook' | 'datasource', spec: { name?: string; owner?: string; leader?: string; hasExtracts?: boolean } = {}) => {
  const site = sim.world.site()
  const project = site.addProject({ name: 'Project', ownerId: userId('admin'), leaderUserIds: spec.leader === undefined ? [] : [userId(spec.leader)] })
  return site.addContent({ kind, name: spec.name ?? 'Sales', ownerId: userId(spec.owner ?? 'admin'), project, hasExtracts: spec.hasExtracts ?? true })
}

const path = (scheduleId: string, rest: string, session = admin, version = '3.24'): string => `/api/${version}/sites/${session.siteId}/schedules/${scheduleId}/${rest}`
const put = (address: string, body: string, session = admin) => send(sim, address, { method: 'PUT', body, token: session.token })
/** Empty where nothing was refused. */
const codeOf = (reply: RawReply): string => (reply.status < 300 ? '' : errorCode(reply))
const task = (inner: string): string => `<tsRequest><task>${inner}</task></tsRequest>`
const refresh = (kind: string, id: string): string => task(`<extractRefresh><${kind} id="${id}"/></extractRefresh>`)

describe('Add Workbook and Add Data Source to Server Schedule', () => {
  it.each(['workbook', 'datasource'] as const)('makes a full refresh of a %s', async (kind) => {
    const [schedule, item] = [add({ priority: 40 }), content(kind)]
    const reply = await put(path(schedule.id, `${kind}s`), refresh(kind, item.id))
    expect(reply.status).toBe(200)
    const [made] = sim.world.tasks().all
    expect(made).toMatchObject({ incremental: false, priority: 40, schedule, content: item })
    const inner = `<task><extractRefresh id="${made?.id ?? ''}" priority="40" consecutiveFailedCount="0" type="RefreshExtractTask"><schedule id="${schedule.id}" name="Nightly" state="Active"/><${kind} id="${item.id}"/></extractRefresh></task>`
    expect(reply.text).toContain(`${inner}</tsResponse>`)
    expect(sim.ledger.entries.at(-1)).toMatchObject({ operation: kind === 'workbook' ? 'addWorkbookToSchedule' : 'addDatasourceToSchedule', applied: true })
    sim.clock.advance(24 * 3_600_000)
    expect(sim.world.site().findJobs({ title: 'Sales' })).toHaveLength(1)
  })

  it('makes a second task when it is asked twice', async () => {
    const [schedule, item] = [add(), content('workbook')]
    await put(path(schedule.id, 'workbooks'), refresh('workbook', item.id))
    await put(path(schedule.id, 'workbooks'), refresh('workbook', item.id))
    expect(new Set(sim.world.tasks().all.map(({ id }) => id)).size).toBe(2)
  })

  it.each([
    ['no body', 400, '400000', () => ''],
    ['malformed XML', 400, '400000', () => '<tsRequest><task>'],
    ['no task', 400, '400000', () => '<tsRequest/>'],
    ['two tasks', 400, '400000', (id: string) => refresh('workbook', id).replace('</tsRequest>', '<task><extractRefresh/></task></tsRequest>')],
    ['an empty task', 400, '400000', () => task('')],
    ['no content', 400, '400000', () => task('<extractRefresh/>')],
    ['no id', 400, '400000', () => task('<extractRefresh><workbook/></extractRefresh>')],
    ['two workbooks', 400, '400000', (id: string) => task(`<extractRefresh><workbook id="${id}"/><workbook id="${id}"/></extractRefresh>`)],
    ['a data source', 400, '400000', (id: string) => refresh('datasource', id)],
    ['another kind of task', 400, '400000', (id: string) => task(`<flowRun><workbook id="${id}"/></flowRun>`)],
    ['an unknown workbook', 404, '404006', () => refresh('workbook', nowhere)],
  ])('refuses %s: HTTP %i, %s', async (_, status, code, body) => {
    const reply = await put(path(add().id, 'workbooks'), body(content('workbook').id))
    expect([reply.status, errorCode(reply), sim.world.tasks().all.length]).toEqual([status, code, 0])
    expect(sim.ledger.of('addWorkbookToSchedule').at(-1)?.applied).toBe(false)
  })

  it('refuses unknown data sources, unknown schedules, other types, and what has no extract', async () => {
    const [workbook, datasource] = [content('workbook'), content('datasource')]
    const refusal = async (address: string, body: string) => {
      const reply = await put(address, body)
      return [reply.status, errorCode(reply)]
    }
    const { id } = add()
    expect(await refusal(path(id, 'datasources'), refresh('datasource', nowhere))).toEqual([404, '404004'])
    // A workbook is no data source, even where its id is known.
    expect(await refusal(path(id, 'datasources'), refresh('datasource', workbook.id))).toEqual([404, '404004'])
    expect(await refusal(path(id, 'workbooks'), refresh('workbook', datasource.id))).toEqual([404, '404006'])
    expect(await refusal(path(nowhere, 'workbooks'), refresh('workbook', workbook.id))).toEqual([500, '500000'])
    expect(await refusal(path(nowhere, 'datasources'), refresh('datasource', datasource.id))).toEqual([500, '500000'])
    expect(await refusal(path(add({ name: 'Mail', type: 'Subscription' }).id, 'workbooks'), refresh('workbook', workbook.id))).toEqual([400, '400000'])
    expect(await refusal(path(id, 'workbooks'), refresh('workbook', content('workbook', { hasExtracts: false }).id))).toEqual([403, '403004'])
    expect(await refusal(path(id, 'workbooks').replace(admin.siteId, nowhere), refresh('workbook', workbook.id))).toEqual([404, '404000'])
    expect(errorCode(await send(sim, path(id, 'workbooks'), { method: 'PUT', body: refresh('workbook', workbook.id), token: 'gone' }))).toBe('401002')
    expect(sim.world.tasks().all).toEqual([])
  })

  it.each([['workbooks', 'GET'], ['datasources', 'POST'], ['workbooks', 'DELETE']])('refuses another verb on %s: %s', async (rest, method) => {
    const reply = await send(sim, path(add().id, rest), { method, token: admin.token })
    expect([reply.status, errorCode(reply)]).toEqual([405, '405000'])
  })

  it.each([
    ['admin', ''], ['site-admin', ''], ['creator', ''], ['leader', ''], ['explorer', '403032'], ['viewer', '403032'],
  ])('%s → %j, where creator owns it and leader leads its project', async (name, code) => {
    const item = content('workbook', { owner: 'creator', leader: 'leader' })
    const session = await signIn(sim, name)
    const reply = await put(path(add().id, 'workbooks', session), refresh('workbook', item.id), session)
    expect([reply.status, codeOf(reply), sim.world.tasks().all.length]).toEqual(code === '' ? [200, '', 1] : [403, code, 0])
  })

  it('since 2.8', async () => {
    const [schedule, item] = [add(), content('workbook')]
    const statuses = await Promise.all(['2.7', '2.8'].map(async (version) => (await put(path(schedule.id, 'workbooks', admin, version), refresh('workbook', item.id))).status))
    expect(statuses).toEqual([404, 200])
  })

  it('has no effect for data acceleration, for administrators, from 3.8 on', async () => {
    const [schedule, item] = [add(), content('workbook', { owner: 'creator' })]
    const body = task(`<dataAcceleration><workbook id="${item.id}"/></dataAcceleration>`)
    const statuses = await Promise.all(['3.7', '3.8', '3.15', '3.16', '3.24'].map(async (version) => (await put(path(schedule.id, 'workbooks', admin, version), body)).status))
    expect(statuses).toEqual([400, 200, 200, 200, 200])
    const creator = await signIn(sim, 'creator')
    expect(errorCode(await put(path(schedule.id, 'workbooks', creator), body, creator))).toBe('403032')
    expect(sim.world.tasks().all).toEqual([])
    expect(sim.ledger.of('addWorkbookToSchedule').some((entry) => entry.applied)).toBe(false)
  })
})

describe('List Extract Refresh Tasks in Server Schedule', () => {
  const list = (scheduleId: string, search = '', session = admin) => send(sim, path(scheduleId, `extracts${search}`, session), { token: session.token })

  it('tells full from incremental, of this site alone', async () => {
    const schedule = add()
    const other = add({ name: 'Other' })
    const [workbook, datasource] = [content('workbook'), content('datasource')]
    const full = sim.world.addTask('', { content: workbook, schedule, priority: 60 })
    const incremental = sim.world.addTask('', { content: datasource, schedule, incremental: true })
    const connection = sim.world.addTask('', { content: { kind: 'virtualConnection', id: nowhere, name: 'Orders' }, schedule })
    sim.world.addTask('', { content: workbook, schedule: other })
    sim.world.addTask('finance', { content: sim.world.site('finance').addContent({ kind: 'workbook', name: 'Costs', ownerId: 'nobody' }), schedule })
    const { status, text } = await list(schedule.id)
    expect(status).toBe(200)
    expect(text).toContain(
      '<pagination pageNumber="1" pageSize="100" totalAvailable="3"/><extracts>' +
        `<extract id="${full.id}" priority="60" type="FullRefresh"><workbook id="${workbook.id}"/></extract>` +
        `<extract id="${incremental.id}" priority="50" type="IncrementalRefresh"><datasource id="${datasource.id}"/></extract>` +
        `<extract id="${connection.id}" priority="50" type="FullRefresh"/></extracts>`,
    )
  })

  it('pages', async () => {
    const schedule = add()
    const item = content('workbook')
    for (let index = 0; index < 5; index += 1) sim.world.addTask('', { content: item, schedule })
    const ids = await Promise.all(['?pageSize=2', '?pageSize=2&pageNumber=2', '?pageSize=2&pageNumber=3'].map(async (search) => all((await list(schedule.id, search)).text, 'extract').map((row) => row.getAttribute('id'))))
    expect(ids.flat()).toEqual(sim.world.tasks().all.map(({ id }) => id))
    expect(one((await list(add({ name: 'Unused' }).id)).text, 'pagination').getAttribute('totalAvailable')).toBe('0')
  })

  it.each([
    ['page 0', '?pageNumber=0', 400, '400006'],
    ['a page past the last', '?pageNumber=2', 400, '400006'],
    ['a page size of 0', '?pageSize=0', 400, '400007'],
    ['a page size of 1001', '?pageSize=1001', 403, '403014'],
  ])('refuses %s', async (_, search, status, code) => {
    const reply = await list(add().id, search)
    expect([reply.status, errorCode(reply)]).toEqual([status, code])
  })

  it('refuses other types with 400047, unknown schedules with the three digits 404, other verbs with 405000', async () => {
    const wrongType = await list(add({ name: 'Mail', type: 'Subscription' }).id)
    expect([wrongType.status, errorCode(wrongType)]).toEqual([400, '400047'])
    const unknown = await list(nowhere)
    expect([unknown.status, errorCode(unknown)]).toEqual([404, '404'])
    const verb = await put(path(nowhere, 'extracts'), '')
    expect([verb.status, errorCode(verb)]).toEqual([405, '405000'])
    expect(errorCode(await send(sim, path(nowhere, 'extracts').replace(admin.siteId, nowhere), { token: admin.token }))).toBe('404000')
  })

  it.each([['admin', ''], ['site-admin', ''], ['creator', '403004'], ['leader', '403004'], ['explorer', '403004'], ['viewer', '403004']])('%s → %j', async (name, code) => {
    const session = await signIn(sim, name)
    const reply = await list(add().id, '', session)
    expect([reply.status, codeOf(reply)]).toEqual([code === '' ? 200 : 403, code])
  })
})
