import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RefreshTask, TableauSim, TaskSpec } from './index.ts'
import { all, errorCode, jobsPath, one, send, signIn, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill({ scenario: 'empty' })
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const nowhere = '00000000-0000-4000-8000-000000000000'
const userId = (name: string): string => sim.world.account(name).memberships[0]?.userId ?? ''
const path = (rest = '', session = admin, version = '3.24'): string => `/api/${version}/sites/${session.siteId}/tasks/extractRefreshes${rest}`
const list = (session = admin) => send(sim, path('', session), { token: session.token })
const get = (id: string, session = admin) => send(sim, path(`/${id}`, session), { token: session.token })
const run = (id: string, session = admin, body = '<tsRequest/>') => send(sim, path(`/${id}/runNow`, session), { method: 'POST', body, token: session.token })
const remove = (id: string, session = admin) => send(sim, path(`/${id}`, session), { method: 'DELETE', token: session.token })

const schedule = () => sim.world.addSchedule({ name: 'Nightly', frequency: 'Daily', start: '02:00:00', intervals: [], endScheduleAt: Date.parse('2027-01-01T00:00:00Z'), updatedAt: Date.parse('2026-03-04T10:00:12Z'), createdAt: Date.parse('2025-01-01T00:00:00Z') })
const add = (name: string, spec: Partial<TaskSpec> & { owner?: string; leader?: string } = {}): RefreshTask => {
  const site = sim.world.site()
  const project = site.addProject({ name: `${name} project`, ownerId: userId('admin'), leaderUserIds: spec.leader === undefined ? [] : [userId(spec.leader)] })
  const { owner, leader: _, ...rest } = spec
  return sim.world.addTask('', { content: site.addContent({ kind: 'workbook', name, ownerId: userId(owner ?? 'admin'), project }), runsForMs: 5000, ...rest })
}
const connection = { kind: 'virtualConnection', id: nowhere, name: 'Orders' } as const
const idsIn = (text: string) => all(text, 'extractRefresh').map((row) => row.getAttribute('id'))

describe('List Extract Refresh Tasks in Site', () => {
  it('shows each with its schedule and the id of its content', async () => {
    const nightly = schedule()
    const task = add('Sales', { schedule: nightly, priority: 30, consecutiveFailedCount: 4, incremental: true })
    const byHand = add('By hand')
    const virtual = add('', { content: connection, schedule: nightly })
    add('A flow', { kind: 'runFlow' })
    const { status, text } = await list()
    expect(status).toBe(200)
    const shown = `<schedule id="${nightly.id}" name="Nightly" state="Active" priority="50" createdAt="2025-01-01T00:00:00Z" updatedAt="2026-03-04T10:00:12Z" type="Extract" frequency="Daily" nextRunAt="2026-03-05T10:00:00Z"/>`
    expect(text).toContain(
      `<tasks><task><extractRefresh id="${task.id}" priority="30" consecutiveFailedCount="4" type="RefreshExtractTask">${shown}<workbook id="${task.content.id}"/></extractRefresh></task>` +
        `<task><extractRefresh id="${byHand.id}" priority="50" consecutiveFailedCount="0" type="RefreshExtractTask"><workbook id="${byHand.content.id}"/></extractRefresh></task>` +
        `<task><extractRefresh id="${virtual.id}" priority="50" consecutiveFailedCount="0" type="RefreshExtractTask">${shown}</extractRefresh></task></tasks>`,
    )
    expect((await get(task.id)).text).toContain(`<task><extractRefresh id="${task.id}"`)
  })

  it('has the whole site in one reply, whatever page is asked for', async () => {
    for (let index = 0; index < 250; index += 1) add(`Workbook ${index}`)
    const { text } = await send(sim, path('?pageSize=10&pageNumber=99'), { token: admin.token })
    expect([idsIn(text).length, all(text, 'pagination').length]).toEqual([250, 0])
  })

  it('is empty on a site without tasks', async () => {
    add('Sales')
    const finance = await signIn(sim, 'admin', 'finance')
    expect((await list(finance)).text).toContain('<tasks/>')
  })

  it('goes without the tasks of content that is gone', async () => {
    const task = add('Sales')
    sim.world.site().removeContent(task.content.id)
    expect(idsIn((await list()).text)).toEqual([])
    expect(errorCode(await get(task.id))).toBe('404026')
  })
})

describe('Run Extract Refresh Task', () => {
  it.each(['<tsRequest/>', '<tsRequest>\n</tsRequest>', ''])('queues a job of the task for %j', async (body) => {
    const task = add('Sales', { consecutiveFailedCount: 2, failureRate: 1 })
    const reply = await run(task.id, admin, body)
    expect(reply.status).toBe(200)
    const [job] = sim.world.site().findJobs({ title: 'Sales' })
    expect([...one(reply.text, 'job').attributes].map((attribute) => `${attribute.name}=${attribute.value}`)).toEqual([`id=${job?.id ?? ''}`, 'mode=Asynchronous', 'type=RefreshExtract'])
    expect(sim.ledger.of('runExtractRefreshTask').map((entry) => entry.applied)).toEqual([true])
    sim.clock.advance(10_000)
    expect([job?.status, task.consecutiveFailedCount]).toEqual(['Failed', 3])
    expect(one((await send(sim, jobsPath(admin, `/${job?.id ?? ''}`), { token: admin.token })).text, 'workbook').getAttribute('id')).toBe(task.content.id)
  })

  it('is 409093 while the content waits or runs, however it was queued, and works again afterwards', async () => {
    const task = add('Sales')
    const sibling = sim.world.addTask('', { content: task.content })
    await run(task.id)
    for (const step of [0, 1000]) {
      sim.clock.advance(step)
      for (const id of [task.id, sibling.id]) {
        const reply = await run(id)
        expect([reply.status, errorCode(reply)]).toEqual([409, '409093'])
      }
    }
    sim.clock.advance(10_000)
    expect((await run(sibling.id)).status).toBe(200)
    expect(sim.world.site().findJobs({ title: 'Sales' })).toHaveLength(2)
    expect(sim.ledger.of('runExtractRefreshTask').map((entry) => entry.applied)).toEqual([true, false, false, false, false, true])
  })

  it('is refused on a site where it is switched off, to everybody', async () => {
    const task = add('Sales', { owner: 'creator' })
    sim.world.site().runNowEnabled = false
    for (const name of ['admin', 'creator']) {
      const session = await signIn(sim, name)
      const reply = await run(task.id, session)
      expect([reply.status, errorCode(reply), one(reply.text, 'detail').textContent]).toEqual([403, '403004', 'RunNow is disabled for this site.'])
    }
    expect(sim.world.site().jobs).toEqual([])
    sim.world.site().runNowEnabled = true
    expect((await run(task.id)).status).toBe(200)
  })
})

describe('Delete Extract Refresh Task', () => {
  it('takes the task and leaves the content', async () => {
    const task = add('Sales', { schedule: schedule() })
    expect(await remove(task.id.toUpperCase())).toMatchObject({ status: 204, text: '' })
    expect([errorCode(await remove(task.id)), errorCode(await get(task.id)), idsIn((await list()).text)]).toEqual(['404026', '404026', []])
    expect(sim.world.site().content(task.content.id)).toBe(task.content)
    sim.clock.advance(24 * 3_600_000)
    expect(sim.world.site().jobs).toEqual([])
    expect(sim.ledger.of('deleteExtractRefreshTask').map((entry) => entry.applied)).toEqual([true, false])
  })

  it('takes one of a virtual connection, for administrators', async () => {
    const { id } = add('', { content: connection })
    const creator = await signIn(sim, 'creator')
    expect(errorCode(await remove(id, creator))).toBe('403004')
    expect((await remove(id)).status).toBe(204)
  })
})

describe('what is refused', () => {
  it.each([
    ['List', 'POST', '', 405, '40500'],
    ['List', 'PUT', '', 405, '40500'],
    ['Get', 'GET', `/${nowhere}`, 404, '404026'],
    ['Get', 'GET', '/nonsense', 404, '404026'],
    ['Get', 'POST', `/${nowhere}`, 405, '40500'],
    ['Delete', 'PUT', `/${nowhere}`, 405, '405000'],
    ['Delete', 'DELETE', `/${nowhere}`, 404, '404026'],
    ['Run', 'POST', `/${nowhere}/runNow`, 404, '404026'],
    ['Run', 'GET', `/${nowhere}/runNow`, 405, '40500'],
    ['Run', 'PUT', `/${nowhere}/runNow`, 405, '40500'],
  ])('%s: %s %s', async (_, method, rest, status, code) => {
    const reply = await send(sim, path(rest), { method, token: admin.token })
    expect([reply.status, errorCode(reply)]).toEqual([status, code])
  })

  it('tasks of other sites, sites that are unknown, dead tokens, malformed bodies', async () => {
    const { id } = add('Sales')
    const finance = await signIn(sim, 'admin', 'finance')
    for (const call of [get, run, remove]) expect(errorCode(await call(id, finance))).toBe('404026')
    const elsewhere = { ...admin, siteId: nowhere }
    for (const call of [get, run, remove]) expect(errorCode(await call(id, elsewhere))).toBe('404000')
    expect(errorCode(await list(elsewhere))).toBe('404000')
    for (const call of [get, run, remove]) expect(errorCode(await call(id, { ...admin, token: 'gone' }))).toBe('401002')
    expect(errorCode(await run(id, admin, '<tsRequest>'))).toBe('400000')
  })

  it('a task of another kind', async () => {
    const { id } = add('A flow', { kind: 'runFlow' })
    const replies = [await run(id), await get(id), await remove(id)]
    expect(replies.map((reply) => [reply.status, errorCode(reply)])).toEqual([[403, '403047'], [404, '404026'], [404, '404026']])
  })

  it('the task of a virtual connection, which the list has', async () => {
    const { id } = add('', { content: connection })
    expect(idsIn((await list()).text)).toEqual([id])
    const replies = [await get(id), await run(id)]
    expect(replies.map((reply) => [reply.status, errorCode(reply)])).toEqual([[404, '404026'], [403, '403004']])
    expect(sim.world.site().jobs).toEqual([])
  })
})

describe('who may', () => {
  // creator owns the content, leader leads its project.
  it.each([
    ['admin', 1, 200, 200, 204],
    ['site-admin', 1, 200, 200, 204],
    ['creator', 1, 200, 200, 204],
    ['leader', 0, 403, 403, 204],
    ['explorer', 0, 403, 403, 403],
    ['viewer', 0, 403, 403, 403],
  ])('%s: list %i, get %i, run %i, delete %i', async (name, listed, got, ran, deleted) => {
    const { id } = add('Sales', { owner: 'creator', leader: 'leader' })
    const session = await signIn(sim, name)
    expect(idsIn((await list(session)).text)).toHaveLength(listed)
    const replies = [await get(id, session), await run(id, session), await remove(id, session)]
    expect(replies.map((reply) => reply.status)).toEqual([got, ran, deleted])
    expect(replies.filter((reply) => reply.status === 403).every((reply) => errorCode(reply) === '403004')).toBe(true)
    expect(sim.world.tasks().all).toHaveLength(deleted === 204 ? 0 : 1)
  })
})

describe('versions', () => {
  it.each([
    ['2.5', 'GET', '', 404], ['2.6', 'GET', '', 200], ['2.6', 'GET', '/id', 200], ['2.6', 'POST', '/id/runNow', 200], ['3.5', 'DELETE', '/id', 405], ['3.6', 'DELETE', '/id', 204],
  ])('%s %s %s → %i', async (version, method, rest, status) => {
    const { id } = add('Sales')
    expect((await send(sim, path(rest.replace('id', id), admin, version), { method, token: admin.token })).status).toBe(status)
  })
})
