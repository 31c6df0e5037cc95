import { afterEach, describe, expect, it } from 'vitest'
import { getJob, jobStatusGroup, jobStatusGroups, jobsHistogram, listJobs } from '@refreshboard/api-types'
import type { Job as SimulatedJob } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { anyText, matching } from '../../testing/matchers.ts'

let harness: Harness
const start = async (options?: HarnessOptions): Promise<Harness> => (harness = await startHarness(options))
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const list = async (browser: Browser, query = '') => outputOf(listJobs, await browser.get(`/api/jobs${query}`))
const detail = async (browser: Browser, id: string) => outputOf(getJob, await browser.get(`/api/jobs/${id}`))

/** A browser on a busy site whose first sweep is over: before that an answer holds what has been read so far. */
const swept = async (): Promise<Browser> => {
  await start({ sim: { scenario: 'busy' } })
  const browser = await harness.signedIn()
  await eventually(async () => (await list(browser, '?limit=1')).age.complete, 'the first sweep')
  return browser
}

const counted = (jobs: readonly SimulatedJob[]) =>
  Object.fromEntries(jobStatusGroups.map((group) => [group, jobs.filter(({ status }) => jobStatusGroup(status) === group).length]))

describe('a window of the jobs', () => {
  it('counts as the site itself does, under every filter', async () => {
    const browser = await swept()
    const all = harness.sim.world.site().jobs
    const whole = await list(browser)
    expect(whole).toMatchObject({ all: all.length, total: all.length, newer: 0, counts: counted(all) })
    expect(whole.rows).toHaveLength(100)

    const failed = await list(browser, '?status=Failed&limit=1000')
    const failedJobs = all.filter(({ status }) => status === 'Failed')
    expect(failed.total).toBe(failedJobs.length)
    expect(failed.counts).toEqual(whole.counts)
    expect(failed.rows.map(({ id }) => id).toSorted()).toEqual(failedJobs.map(({ id }) => id).toSorted())
    expect(failed.types.reduce((sum, { count }) => sum + count, 0)).toBe(failedJobs.length)

    const flows = await list(browser, '?type=run_flow&status=Success,Failed')
    const flowJobs = all.filter(({ jobType }) => jobType === 'run_flow')
    expect(flows.counts).toEqual(counted(flowJobs))
    expect(flows.total).toBe(flowJobs.filter(({ status }) => status === 'Success' || status === 'Failed').length)
    expect(flows.types.length).toBeGreaterThan(5)

    const searched = await list(browser, `?q=${encodeURIComponent('QUOTA')}`)
    const holds = (text: string | undefined): boolean => (text ?? '').toLowerCase().includes('quota')
    const searchedJobs = all.filter(({ title, subtitle, jobType, id }) => [title, subtitle, jobType, id].some(holds))
    expect(searched.total).toBe(searchedJobs.length)
    expect(searched.total).toBeGreaterThan(0)
    expect(searched.counts).toEqual(counted(searchedJobs))
  })

  it('reaches the last job of many, and nothing beyond', async () => {
    const browser = await swept()
    const { total } = await list(browser, '?limit=1')
    const last = await list(browser, `?sort=createdAt:desc&offset=${total - 2}&limit=50`)
    expect(last.rows).toHaveLength(2)
    expect((await list(browser, `?offset=${total}`)).rows).toEqual([])
    const first = await list(browser, '?sort=createdAt:asc&limit=2')
    expect(new Set(first.rows.map(({ createdAt }) => createdAt))).toEqual(new Set(last.rows.map(({ createdAt }) => createdAt)))
  })

  it('stays still under its reader: what came later is counted, and shown when asked', async () => {
    await start()
    const browser = await harness.signedIn()
    const before = await list(browser)
    harness.simClock.advance(5000)
    const added = harness.sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Brand new', priority: 90 })
    await harness.restart()
    const again = await harness.signedIn()
    const still = await list(again, `?upTo=${before.newest ?? ''}`)
    expect([still.total, still.newer, still.all]).toEqual([before.total, 1, before.all + 1])
    expect(still.rows.map(({ id }) => id)).toEqual(before.rows.map(({ id }) => id))
    expect((await list(again)).rows[0]?.id).toBe(added.id)
  })

  it('passes an unknown status and type on, as “Other”', async () => {
    await start()
    const browser = await harness.signedIn()
    const id = '7f9c1a3e-0000-4000-8000-000000000001'
    const row = `<backgroundJob id="${id}" status="Dreaming" createdAt="2026-03-04T15:00:00Z" jobType="new_kind"/>`
    const body = `<?xml version='1.0' encoding='UTF-8'?><tsResponse xmlns="http://tableau.com/api"><pagination pageNumber="1" pageSize="1000" totalAvailable="1"/><backgroundJobs>${row}</backgroundJobs></tsResponse>`
    harness.sim.faults.add({ operation: 'queryJobs', action: { kind: 'status', status: 200, body, contentType: 'application/xml' } })
    const window = await list(browser, '?status=Other')
    expect(window.rows).toEqual([{ id, status: 'Dreaming', createdAt: '2026-03-04T15:00:00Z', jobType: 'new_kind' }])
    expect([window.counts.Other, window.types]).toEqual([1, [{ jobType: 'new_kind', count: 1 }]])
  })
})

describe('the histogram', () => {
  it('holds every job of its time once', async () => {
    const browser = await swept()
    const all = harness.sim.world.site().jobs
    const now = harness.simClock.now()
    const histogram = outputOf(jobsHistogram, await browser.get('/api/jobs/histogram'))
    const inDay = all.filter(({ createdAt }) => createdAt >= now - 24 * 3_600_000)
    const sum = (of: 'failed' | 'other'): number => histogram.slots.reduce((total, slot) => total + slot[of], 0)
    expect(histogram.slotMs).toBe(15 * 60_000)
    expect(sum('failed')).toBe(inDay.filter(({ status }) => status === 'Failed').length)
    expect(sum('failed') + sum('other')).toBe(inDay.length)

    const from = new Date(now - 3 * 3_600_000).toISOString()
    const to = new Date(now - 3_600_000).toISOString()
    const part = outputOf(jobsHistogram, await browser.get(`/api/jobs/histogram?status=Failed&from=${from}&to=${to}`))
    const failedThen = all.filter(({ createdAt, status }) => status === 'Failed' && createdAt >= now - 3 * 3_600_000 && createdAt < now - 3_600_000)
    expect(part.slots.reduce((total, { failed, other }) => total + failed + other, 0)).toBe(failedThen.length)
    expect(part.slots.length).toBeLessThanOrEqual(101)
  })

  it('has a bounded number of slots, whatever is asked', async () => {
    await start()
    const browser = await harness.signedIn()
    for (const query of ['?from=0001-01-01T00:00:00Z', '?from=1970-01-01T00:00:00Z&to=9999-12-31T23:59:59Z', '?to=1970-01-01T00:00:00Z', '?from=2026-03-04T10:00:00Z&to=2026-03-04T09:00:00Z']) {
      expect([query, outputOf(jobsHistogram, await browser.get(`/api/jobs/histogram${query}`)).slots.length <= 102]).toEqual([query, true])
    }
  })
})

describe('one job', () => {
  it('is its row and what Query Job adds', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = harness.sim.world.site().findJob({ status: 'Failed', jobType: 'increment_extracts' })
    const row = (await list(browser)).rows.find(({ id }) => id === job.id)
    const told = await detail(browser, job.id)
    expect(told).toMatchObject({ job: row, source: 'query', type: 'RefreshExtract', finishCode: 1, progress: 100, content: { kind: 'datasource', name: job.content?.name } })
    expect(told.notes).toContain('\n')
    expect(told.inFront).toBeUndefined()
  })

  it('is the same when it is opened by its address', async () => {
    await start()
    const job = harness.sim.world.site().findJob({ status: 'Success', jobType: 'run_flow' })
    expect(await detail(await harness.signedIn(), job.id)).toMatchObject({ job: { title: job.title, jobType: 'run_flow', subtitle: job.subtitle, status: 'Success' } })
  })

  it('that waits knows how many are in front', async () => {
    await start()
    const browser = await harness.signedIn()
    await list(browser)
    const waiting = harness.sim.world.site().findJobs({ status: 'Pending' }).toSorted((a, b) => a.priority - b.priority)
    const places = await Promise.all(waiting.map(async ({ id }) => (await detail(browser, id)).inFront))
    expect(places).toEqual([0, 1, 2])
  })

  it('that runs is running, also where Tableau already says finishCode 1', async () => {
    await start()
    const browser = await harness.signedIn()
    const running = harness.sim.world.site().findJobs({ status: 'InProgress' })
    const told = await Promise.all(running.map(({ id }) => detail(browser, id)))
    expect(told.map(({ job }) => job.status)).toEqual(['InProgress', 'InProgress'])
    expect(told.map(({ finishCode }) => finishCode)).toContain(1)
  })

  it('that cannot be queried (400031) is its row, with Tableau’s words', async () => {
    await start()
    const job = harness.sim.world.site().findJob({ jobType: 'createExtract' })
    const browser = await harness.signedIn()
    expect(await detail(browser, job.id)).toMatchObject({
      job: { id: job.id, jobType: 'createExtract', title: job.title, status: 'Success' },
      source: 'list',
      unavailable: { code: '400031', summary: anyText, detail: anyText },
      statusNotes: [],
    })
  })

  it('that cannot be queried is not called gone while the first reading of the list goes on', async () => {
    await start({ sim: { scenario: 'busy' } })
    // Listed last.
    const id = harness.sim.world.site().jobs.toSorted((a, b) => a.createdAt - b.createdAt)[0]?.id ?? ''
    harness.sim.faults.add({ operation: 'queryJob', action: { kind: 'tableauError', status: 400, code: '400031', summary: 'x', detail: 'Cannot be queried.' } })
    harness.sim.faults.add({ operation: 'queryJobs', nth: 2, times: Infinity, action: { kind: 'delay', ms: 700 } })
    expect(await detail(await harness.signedIn(), id)).toMatchObject({ job: { id }, source: 'list' })
  })

  it('that is gone is not found', async () => {
    await start()
    const browser = await harness.signedIn()
    const reply = await browser.get('/api/jobs/7f9c1a3e-0000-4000-8000-000000000001')
    expect(problemOf(reply)).toMatchObject({ code: 'not_found', tableau: { code: '404018' } })
  })

  it('is kept from who is no administrator', async () => {
    await start()
    const { id } = harness.sim.world.site().findJob({ status: 'Failed' })
    expect(problemOf(await (await harness.signedIn('viewer')).get(`/api/jobs/${id}`))).toMatchObject({ code: 'forbidden', tableau: { code: matching(/^403/) } })
  })

  it('of another site is not found', async () => {
    await start()
    const { id } = harness.sim.world.site('finance').findJob({ status: 'Success' })
    expect(problemOf(await (await harness.signedIn()).get(`/api/jobs/${id}`)).code).toBe('not_found')
  })

  it.each([
    ['a page of a proxy', { kind: 'html' }, 'upstream_unreadable', 502],
    ['a cut-off reply', { kind: 'truncate', bytes: 120 }, 'upstream_unreadable', 502],
    ['silence', { kind: 'hang' }, 'upstream_timeout', 504],
    ['a reset', { kind: 'reset' }, 'upstream_unreachable', 502],
    ['a wait in the text', { kind: 'throttle', seconds: 60, style: 'text' }, 'throttled', 429],
    ['a wait in a header', { kind: 'throttle', seconds: 60, style: 'header' }, 'throttled', 429],
    ['a dead token', { kind: 'killToken' }, 'session_expired', 401],
  ] as const)('is a problem when Tableau answers with %s', async (_name, action, code, status) => {
    await start({ bff: { tableauDeadlineMs: 400 } })
    const browser = await harness.signedIn()
    const { id } = harness.sim.world.site().findJob({ status: 'Failed' })
    await list(browser)
    harness.sim.faults.add({ operation: 'queryJob', times: 9, action })
    expect(problemOf(await browser.get(`/api/jobs/${id}`))).toMatchObject({ code, status })
    expect((await list(browser).catch(() => undefined))?.all).toBe(code === 'session_expired' ? undefined : 16)
  })

  it('once read tells its new state in the list, too', async () => {
    await start()
    const browser = await harness.signedIn()
    const job = harness.sim.world.site().findJob({ status: 'InProgress' })
    await list(browser)
    harness.simClock.advance(46 * 60_000)
    expect((await detail(browser, job.id)).job.status).toBe('Success')
    expect((await list(browser)).rows.find(({ id }) => id === job.id)?.status).toBe('Success')
    expect(harness.sim.ledger.of('queryJobs')).toHaveLength(1)
  })
})
