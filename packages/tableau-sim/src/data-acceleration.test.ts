import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RefreshTask, ScheduleSpec, ServerSchedule, TableauSim } from './index.ts'
import { all, errorCode, jobsPath, one, readCredentials, send, signInBody, startStill } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

/** The last version that has data acceleration, unless given. */
const start = async (apiVersion = '3.15'): Promise<void> => {
  await sim?.close()
  sim = await startStill({ scenario: 'empty', apiVersion })
  admin = await signIn()
}
const signIn = async (name = 'admin', contentUrl = ''): Promise<SignedIn> => readCredentials((await send(sim, '/api/3.7/auth/signin', { method: 'POST', body: signInBody(name, contentUrl) })).text)
beforeEach(() => start())
afterEach(() => sim.close())

const nowhere = '00000000-0000-4000-8000-000000000000'
const hour = 3_600_000
const workbook = (name = 'Sales') => sim.world.site().addContent({ kind: 'workbook', name, ownerId: admin.userId })
const schedule = (spec: Partial<ScheduleSpec> = {}): ServerSchedule =>
  sim.world.addSchedule({ name: 'Four-hourly', type: 'DataAcceleration', frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ hours: '4' }], priority: 75, createdAt: Date.parse('2020-02-25T02:49:31Z'), updatedAt: Date.parse('2020-02-25T04:00:44Z'), ...spec })
const add = (name = 'Sales', on = schedule(), more: { consecutiveFailedCount?: number } = {}): RefreshTask => sim.world.addTask('', { kind: 'dataAcceleration', content: workbook(name), schedule: on, runsForMs: 5_000, ...more })

const path = (rest: string, session = admin, version = '3.15') => `/api/${version}/sites/${session.siteId}${rest}`
const tasks = (session = admin, version?: string) => send(sim, path('/tasks/dataAcceleration', session, version), { token: session.token })
const remove = (id: string, session = admin) => send(sim, path(`/tasks/dataAcceleration/${id}`, session), { method: 'DELETE', token: session.token })
const body = (id: string, kind = 'dataAcceleration') => `<tsRequest><task><${kind}><workbook id="${id}"/></${kind}></task></tsRequest>`
const accelerate = ({ id }: { id: string }, on: { id: string }, session = admin, version?: string) => send(sim, path(`/schedules/${on.id}/workbooks`, session, version), { method: 'PUT', token: session.token, body: body(id) })
const outcome = (reply: RawReply) => `${reply.status} ${reply.status < 300 ? '' : errorCode(reply)}`.trim()
const idsIn = (text: string) => all(text, 'dataAcceleration').map((row) => row.getAttribute('id'))
const jobs = () => sim.world.site().findJobs({ jobType: 'data_acceleration' })

describe('Get Data Acceleration Tasks in a Site', () => {
  it('prints each with its schedule, times included, and its workbook', async () => {
    const on = schedule()
    const [first, second] = [add('Sales', on, { consecutiveFailedCount: 2 }), add('Costs', on)]
    sim.world.addTask('', { content: workbook('Other') })
    const shown = `<schedule id="${on.id}" name="Four-hourly" state="Active" priority="75" createdAt="2020-02-25T02:49:31Z" updatedAt="2020-02-25T04:00:44Z" type="DataAcceleration" frequency="Hourly" nextRunAt="2026-03-04T20:00:00Z"><frequencyDetails start="00:00:00" end="00:00:00"><intervals><interval hours="4"/></intervals></frequencyDetails></schedule>`
    const row = ({ id, content }: RefreshTask, failed: number) => `<task><dataAcceleration id="${id}" consecutiveFailedCount="${failed}" type="DataAccelerationTask">${shown}<workbook id="${content.id}"/></dataAcceleration></task>`
    const { status, text } = await tasks()
    expect(status).toBe(200)
    expect(text).toContain(`><tasks>${row(first, 2)}${row(second, 0)}</tasks></tsResponse>`)
  })

  it('is of one site, and empty where there are none', async () => {
    add()
    expect((await tasks(await signIn('admin', 'finance'))).text).toContain('<tasks/>')
  })

  it('are no extract refreshes', async () => {
    const { id } = add()
    const refreshes = path('/tasks/extractRefreshes')
    const run = { method: 'POST', token: admin.token, body: '<tsRequest/>' }
    expect((await send(sim, refreshes, { token: admin.token })).text).toContain('<tasks/>')
    expect([outcome(await send(sim, `${refreshes}/${id}`, { token: admin.token })), outcome(await send(sim, `${refreshes}/${id}/runNow`, run))]).toEqual(['404 404026', '403 403047'])
  })
})

describe('Add Workbook to Server Schedule, for data acceleration', () => {
  it('makes a task, and each firing a job of its own kind', async () => {
    const [on, of] = [schedule(), workbook()]
    const reply = await accelerate(of, on)
    const [made] = sim.world.tasks().all
    expect(made).toMatchObject({ kind: 'dataAcceleration', schedule: on, content: of, priority: 75 })
    expect(reply.text).toContain(`><task><dataAcceleration id="${made?.id ?? ''}" consecutiveFailedCount="0" type="DataAccelerationTask"><schedule id="${on.id}" name="Four-hourly" state="Active"/><workbook id="${of.id}"/></dataAcceleration></task></tsResponse>`)
    expect(idsIn((await tasks()).text)).toEqual([made?.id])
    expect(sim.ledger.of('addWorkbookToSchedule').map(({ applied }) => applied)).toEqual([true])
    sim.clock.advance(4 * hour - 1)
    expect(jobs()).toEqual([])
    sim.clock.advance(1 + 10_000)
    // Nobody was at the session for longer than it lives.
    admin = await signIn()
    expect(jobs()).toMatchObject([{ title: 'Sales', taskId: made?.id, status: 'Success', content: { id: of.id } }])
    expect(one((await send(sim, path(`/jobs/${jobs()[0]?.id ?? ''}`), { token: admin.token })).text, 'job').getAttribute('type')).toBe('DataAcceleration')
    sim.clock.advance(4 * hour)
    expect([jobs().length, sim.world.site().jobs.length]).toEqual([2, 2])
  })

  it('can be cancelled while it waits', async () => {
    add()
    sim.clock.advance(4 * hour)
    const [job] = jobs()
    const reply = await send(sim, jobsPath(admin, `/${job?.id ?? ''}`).replace('3.24', '3.15'), { method: 'PUT', token: admin.token })
    expect([reply.status, job?.status]).toEqual([200, 'Cancelled'])
  })

  it('wants a schedule of its type, as refreshes want one of theirs', async () => {
    const [extracts, of] = [schedule({ name: 'Nightly', type: 'Extract' }), workbook()]
    expect(outcome(await accelerate(of, extracts))).toBe('400 400000')
    expect(outcome(await send(sim, path(`/schedules/${schedule().id}/workbooks`), { method: 'PUT', token: admin.token, body: body(of.id, 'extractRefresh') }))).toBe('400 400000')
    expect([outcome(await accelerate(of, { id: nowhere })), outcome(await accelerate({ id: nowhere }, schedule()))]).toEqual(['500 500000', '404 404006'])
    expect(sim.world.tasks().all).toEqual([])
  })

  it('takes what asks its data live too', async () => {
    const of = workbook()
    of.hasExtracts = false
    expect((await accelerate(of, schedule())).status).toBe(200)
  })
})

describe('Delete Data Acceleration Task', () => {
  it('takes the task and leaves the workbook', async () => {
    const task = add()
    expect(await remove(task.id.toUpperCase())).toMatchObject({ status: 200, text: '' })
    expect([outcome(await remove(task.id)), outcome(await remove(nowhere)), idsIn((await tasks()).text)]).toEqual(['404 404026', '404 404026', []])
    expect(sim.ledger.of('deleteDataAccelerationTask').map(({ applied }) => applied)).toEqual([true, false, false])
    sim.clock.advance(24 * hour)
    expect([jobs(), sim.world.site().content(task.content.id)]).toEqual([[], task.content])
  })

  it('takes no extract refresh', async () => {
    const { id } = sim.world.addTask('', { content: workbook() })
    expect([outcome(await remove(id)), sim.world.tasks().all.length]).toEqual(['404 404026', 1])
  })

  it('goes with its schedule', async () => {
    const on = schedule()
    add('Sales', on)
    sim.world.timetable.removeSchedule(on)
    expect(idsIn((await tasks()).text)).toEqual([])
  })
})

describe('who may', () => {
  it.each([['admin', true], ['site-admin', true], ['creator', false], ['leader', false], ['explorer', false], ['viewer', false]])('%s: %s', async (name, may) => {
    const [session, task, of] = [await signIn(name), add(), workbook('Own')]
    of.ownerId = session.userId
    const replies = [await tasks(session), await accelerate(of, schedule({ name: 'Another' }), session), await remove(task.id, session)]
    expect(replies.map(outcome)).toEqual(may ? ['200', '200', '200'] : ['403 409087', '403 403032', '403 409087'])
    expect(sim.world.tasks().all.map(({ content }) => content.name)).toEqual([may ? 'Own' : 'Sales'])
  })
})

describe('versions', () => {
  it('before 3.8 there is none of it', async () => {
    const [task, of] = [add(), workbook('New')]
    expect(outcome(await tasks(admin, '3.7'))).toBe('404 404003')
    expect(outcome(await send(sim, path(`/tasks/dataAcceleration/${task.id}`, admin, '3.7'), { method: 'DELETE', token: admin.token }))).toBe('404 404003')
    expect(outcome(await accelerate(of, schedule({ name: 'Another' }), admin, '3.7'))).toBe('400 400000')
    expect(outcome(await tasks(admin, '3.8'))).toBe('200')
  })

  // What the server is decides, not the version that a request is written in.
  it.each(['3.16', '3.24'])('a server of %s answers and does nothing', async (apiVersion) => {
    await start(apiVersion)
    const [task, of, extracts] = [add(), workbook('New'), schedule({ name: 'Nightly', type: 'Extract' })]
    for (const version of ['3.15', '3.16']) expect((await tasks(admin, version)).text).toContain('<tasks/>')
    expect([outcome(await remove(task.id)), outcome(await remove(nowhere)), outcome(await accelerate(of, extracts))]).toEqual(['200', '200', '200'])
    expect(sim.world.tasks().all).toEqual([task])
    expect(sim.ledger.entries.filter(({ applied, operation }) => applied && operation !== 'signIn')).toEqual([])
    const creator = await signIn('creator')
    expect([outcome(await tasks(creator)), outcome(await remove(task.id, creator)), outcome(await accelerate(of, extracts, creator))]).toEqual(['403 409087', '403 409087', '403 403032'])
  })
})
