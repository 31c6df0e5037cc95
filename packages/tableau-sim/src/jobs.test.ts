import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job, JobSpec, TableauSim } from './index.ts'
import { all, errorCode, jobsPath, one, send, signIn, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill({ scenario: 'empty' })
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const refresh = (spec: Partial<JobSpec> = {}): Job => sim.world.addJob('', { jobType: 'refresh_extracts', ...spec })
const query = (job: Job) => send(sim, jobsPath(admin, `/${job.id}`), { token: admin.token })
const cancel = (job: Job) => send(sim, jobsPath(admin, `/${job.id}`), { method: 'PUT', token: admin.token })
const detail = async (job: Job) => one((await query(job)).text, 'job')
const finishCode = async (job: Job) => (await detail(job)).getAttribute('finishCode')
const list = async (search = '') => (await send(sim, jobsPath(admin, search), { token: admin.token })).text

describe('the backgrounder', () => {
  it('takes waiting jobs by priority, then by age, as many at a time as it has slots', () => {
    for (const [index, priority] of [50, 50, 10, 50, 90, 10, 1].entries()) {
      refresh({ title: `${priority}/${index}`, priority, createdAt: sim.clock.now() - 10_000 + index * 1000, runsForMs: 60_000 })
    }
    const running = () => sim.world.site().findJobs({ status: 'InProgress' }).map((job) => job.title ?? '').toSorted((a, b) => a.localeCompare(b, 'en'))
    expect(running()).toEqual([])
    sim.clock.advance(1000)
    expect(running()).toEqual(['1/6', '10/2', '10/5', '50/0'])
    sim.clock.advance(61_000)
    expect(running()).toEqual(['50/1', '50/3', '90/4'])
    sim.clock.advance(61_000)
    expect(running()).toEqual([])
    expect(sim.world.site().findJobs({ status: 'Success' })).toHaveLength(7)
  })

  it('shares its slots among the sites', () => {
    for (let index = 0; index < 4; index += 1) sim.world.addJob('finance', { jobType: 'run_flow', runsForMs: 30_000 })
    const job = refresh()
    sim.clock.advance(20_000)
    expect(job.status).toBe('Pending')
    sim.clock.advance(12_000)
    expect(job.status).toBe('InProgress')
  })

  it('ends a job at its time, with its notes', async () => {
    const job = refresh({ outcome: 'Failed', notes: 'line 1\nline <2> & "3"', runsForMs: 5000, title: 'Sales', content: { kind: 'workbook', id: 'w', name: 'Sales' } })
    expect((await detail(job)).hasAttribute('startedAt')).toBe(false)
    sim.clock.advance(1000)
    const running = await detail(job)
    expect(['type', 'mode', 'progress', 'createdAt', 'startedAt', 'completedAt'].map((name) => running.getAttribute(name))).toEqual([
      'RefreshExtract', 'Asynchronous', '0', '2026-03-04T16:00:00Z', '2026-03-04T16:00:01Z', null,
    ])
    expect(all((await query(job)).text, 'notes')).toEqual([])
    sim.clock.advance(5000)
    const ended = await query(job)
    expect(one(ended.text, 'notes').textContent).toBe('line 1\nline <2> & "3"')
    expect(one(ended.text, 'workbook').getAttribute('name')).toBe('Sales')
    expect(['progress', 'completedAt', 'updatedAt', 'finishCode'].map((name) => one(ended.text, 'job').getAttribute(name))).toEqual(['100', '2026-03-04T16:00:06Z', '2026-03-04T16:00:06Z', '1'])
    expect(one(await list(), 'backgroundJob').getAttribute('status')).toBe('Failed')
    expect(all(await list('?filter=notes:has:LINE+1'), 'backgroundJob')).toHaveLength(1)
  })

  it('does the same with the same seed', async () => {
    const trace = async (seed: number) => {
      await using other = await startStill({ scenario: 'busy', seed })
      other.clock.advance(3_600_000)
      return other.world.site().jobs.map((job) => `${job.id} ${job.status} ${job.createdAt} ${job.endedAt ?? ''} ${job.finalNotes}`)
    }
    const first = await trace(7)
    expect(await trace(7)).toEqual(first)
    expect(await trace(8)).not.toEqual(first)
  })
})

describe('Cancel Job', () => {
  it('ends a waiting job at once', async () => {
    const job = refresh()
    expect(await cancel(job)).toMatchObject({ status: 200, text: '' })
    expect([job.status, await finishCode(job)]).toEqual(['Cancelled', '2'])
    sim.clock.advance(60_000)
    expect([job.status, job.startedAt]).toEqual(['Cancelled', undefined])
  })

  it('ends a running job within ten seconds and gives its slot to the next', async () => {
    const jobs = Array.from({ length: 5 }, () => refresh({ runsForMs: 600_000, outcome: 'Failed', notes: 'never said' }))
    sim.clock.advance(1000)
    const [first, last] = [jobs[0] ?? refresh(), jobs[4] ?? refresh()]
    expect((await cancel(first)).status).toBe(200)
    expect([first.status, last.status]).toEqual(['InProgress', 'Pending'])
    sim.clock.advance(10_000)
    expect([first.status, last.status]).toEqual(['Cancelled', 'InProgress'])
    expect(await finishCode(first)).toBe('2')
    expect((await query(first)).text).not.toContain('never said')
  })

  it('of a job outside the slots makes no room for another', async () => {
    const held = refresh({ status: 'InProgress', held: true })
    const jobs = Array.from({ length: 5 }, () => refresh({ runsForMs: 600_000 }))
    sim.clock.advance(1000)
    await cancel(held)
    sim.clock.advance(10_000)
    expect([held.status, ...jobs.map((job) => job.status)]).toEqual(['Cancelled', 'InProgress', 'InProgress', 'InProgress', 'InProgress', 'Pending'])
  })

  it('wins over an end that falls into the meantime', async () => {
    const job = refresh({ runsForMs: 3000 })
    sim.clock.advance(3500)
    await cancel(job)
    sim.clock.advance(20_000)
    expect(job.status).toBe('Cancelled')
  })

  it('is applied once, however often it is asked for', async () => {
    const job = refresh({ runsForMs: 600_000 })
    sim.clock.advance(1000)
    const replies = [await cancel(job), await cancel(job)]
    sim.clock.advance(10_000)
    replies.push(await cancel(job))
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 403])
    expect(sim.ledger.of('cancelJob').map((entry) => [entry.applied, entry.code])).toEqual([[true, null], [false, null], [false, '403091']])
  })

  it.each(['Success', 'Failed', 'Cancelled'] as const)('refuses a job that is over (%s) with 403091', async (status) => {
    expect(errorCode(await cancel(refresh({ status })))).toBe('403091')
  })

  it.each([
    ['refresh_extracts', 200], ['increment_extracts', 200], ['refresh_extracts_via_bridge', 200], ['increment_extracts_via_bridge', 200],
    ['run_flow', 200], ['subscription_notify', 200], ['single_subscription_notify', 200], ['data_acceleration', 200],
    ['upgrade_thumbnails', 200], ['queue_upgrade_thumbnails', 200], ['sync_search_index', 403], ['createExtract', 403], ['something_new', 403],
  ])('knows whether %s can be cancelled', async (jobType, status) => {
    expect((await cancel(refresh({ jobType }))).status).toBe(status)
  })
})

describe('Query Job', () => {
  it('shows finishCode 1 on some running jobs and none on others', async () => {
    const [plain, odd] = [refresh({ status: 'InProgress' }), refresh({ status: 'InProgress', runningFinishCode: true })]
    expect([await finishCode(plain), await finishCode(odd)]).toEqual([null, '1'])
    expect((await detail(odd)).getAttribute('progress')).toBe('0')
  })

  it('says 0 when a job went to Bridge and 3 once Bridge is done', async () => {
    const job = refresh({ jobType: 'refresh_extracts_via_bridge', runsForMs: 4000 })
    sim.clock.advance(5000)
    expect(await finishCode(job)).toBe('0')
    sim.clock.advance(30_000)
    expect(await finishCode(job)).toBe('3')
  })

  it('cannot read what createExtract made, although the list has it', async () => {
    const job = refresh({ jobType: 'createExtract', status: 'Success' })
    expect([(await query(job)).status, errorCode(await query(job))]).toEqual([400, '400031'])
    expect(one(await list(), 'backgroundJob').getAttribute('id')).toBe(job.id)
  })

  it('puts the content before the notes or after them', async () => {
    const content = { kind: 'datasource', id: 'd', name: 'Orders' } as const
    const names = async (job: Job) => [...one((await query(job)).text, 'extractRefreshJob').childNodes].map((child) => child.nodeName)
    expect(await names(refresh({ status: 'Success', notes: 'n', content }))).toEqual(['notes', 'datasource'])
    expect(await names(refresh({ status: 'Success', notes: 'n', content, contentFirst: true }))).toEqual(['datasource', 'notes'])
    expect(await names(refresh({ status: 'Success', content }))).toEqual(['datasource'])
  })

  it('has status notes, and an element of its own for each kind', async () => {
    const users = await query(refresh({ jobType: 'import_users', status: 'Success', statusNotes: [{ type: 'CountOfUsersSkipped', value: '1', text: 'One was skipped.' }] }))
    expect(one(users.text, 'job').getAttribute('type')).toBe('UserImport')
    expect(one(users.text, 'statusNote').getAttribute('value')).toBe('1')
    const flow = await query(refresh({ jobType: 'run_flow', status: 'Success', content: { kind: 'flow', id: 'f', name: 'Clean' } }))
    expect(one(flow.text, 'runFlowJobType').hasAttribute('flowRunId')).toBe(true)
    const index = await query(refresh({ jobType: 'rebuild_search_indices', status: 'Failed', notes: 'no space' }))
    expect([one(index.text, 'job').getAttribute('type'), one(index.text, 'statusNote').getAttribute('text')]).toEqual(['RebuildSearchIndices', 'no space'])
  })

  it('does not find a job of another site', async () => {
    const job = sim.world.addJob('finance', { jobType: 'run_flow', status: 'Success' })
    expect(errorCode(await query(job))).toBe('404018')
  })
})

describe('Query Jobs', () => {
  it('pages through every job once, newest first', async () => {
    for (let index = 0; index < 250; index += 1) refresh({ status: 'Success', createdAt: sim.clock.now() - index * 60_000 })
    const pages = await Promise.all(['?', '?pageNumber=2', '?pageNumber=3', '?pageNumber=1&pageSize=1000'].map(list))
    const ids = pages.map((page) => all(page, 'backgroundJob').map((row) => row.getAttribute('id')))
    expect(ids.map((page) => page.length)).toEqual([100, 100, 50, 250])
    expect(ids.slice(0, 3).flat()).toEqual(ids[3])
    expect(ids[3]).toEqual(sim.world.site().jobs.map((job) => job.id).toReversed())
    const pagination = one(pages[1] ?? '', 'pagination')
    expect(['pageNumber', 'pageSize', 'totalAvailable'].map((name) => pagination.getAttribute(name))).toEqual(['2', '100', '250'])
  })

  it('answers page 1 of nothing', async () => {
    const text = await list('?filter=status:eq:Failed')
    expect([one(text, 'pagination').getAttribute('totalAvailable'), all(text, 'backgroundJob').length]).toEqual(['0', 0])
  })

  it('sorts by several fields; what is absent counts as the greatest', async () => {
    refresh({ title: 'a', status: 'Success', priority: 2, createdAt: 1_000_000, startedAt: 1_002_000 })
    refresh({ title: 'b', status: 'Failed', priority: 1, createdAt: 2_000_000, startedAt: 2_002_000 })
    refresh({ title: 'c', status: 'Pending', priority: 2, createdAt: 3_000_000, held: true })
    const titles = async (sort: string) => all(await list(`?sort=${sort}`), 'backgroundJob').map((row) => row.getAttribute('title')).join('')
    expect(await titles('createdAt:asc')).toBe('abc')
    expect(await titles('startedAt:desc')).toBe('cba')
    expect(await titles('startedAt:asc')).toBe('abc')
    expect(await titles('completedAt:asc')).toBe('abc')
    expect(await titles('priority:asc,createdAt:asc')).toBe('bac')
    expect(await titles('priority:desc,createdAt:desc')).toBe('cab')
    expect(await titles('status:asc')).toBe('bca')
    expect(await titles('jobType:asc')).toBe('cba')
  })

  it('shows a change at once, also under a filter that was asked before', async () => {
    const job = refresh()
    expect(all(await list('?filter=status:eq:Pending'), 'backgroundJob')).toHaveLength(1)
    await cancel(job)
    expect(all(await list('?filter=status:eq:Pending'), 'backgroundJob')).toHaveLength(0)
    expect(one(await list(), 'backgroundJob').getAttribute('status')).toBe('Cancelled')
  })

  it('finds by the end under the name completedAt', async () => {
    refresh({ runsForMs: 4000 })
    sim.clock.advance(5000)
    expect(all(await list('?filter=completedAt:eq:2026-03-04T16:00:05Z'), 'backgroundJob')).toHaveLength(1)
  })
})

describe('adding a job', () => {
  it('refuses what XML cannot carry, and an id twice', () => {
    expect(() => refresh({ title: 'bell\u0007' })).toThrow(RangeError)
    const { id } = refresh()
    expect(() => refresh({ id })).toThrow(id)
  })

  it('says which job it did not find', () => {
    expect(() => sim.world.site().findJob({ title: /nope/, status: 'Failed' })).toThrow('nope')
    expect(() => sim.world.site('elsewhere')).toThrow('elsewhere')
  })
})
