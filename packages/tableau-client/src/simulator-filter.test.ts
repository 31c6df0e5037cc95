import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JobsFilterClause, jobsFilterRedo, matchesJob, queryJobs } from './index.ts'
import { authOf, stage } from './testing/stage.ts'

const runs = Number(process.env['FILTER_RUNS'] ?? 400)
const seed = Number(process.env['FC_SEED'] ?? 23)

const separators = [',', '&', ':', '[', ']', '*', '%', '+', '=', '#', '?']
const letters = fc.constantFrom('a', 'b', 'B', ' ', 'é', '🚀', ...separators)
/** A list trims its members, as no name of a kind of job begins or ends with a blank. */
const unspaced = fc.constantFrom('a', 'b', '_', ...separators)
const start = Date.parse('2026-03-04T16:00:00Z')
const at = (second: number): string => new Date(start + second * 1000).toISOString().replace('.000', '')

/** Titles of few letters, so that a search finds some; and one that a clause smuggled into another's value would find. */
const jobs = fc.record({
  title: fc.oneof(fc.string({ unit: letters, minLength: 1, maxLength: 4 }), fc.constantFrom('x,status:eq:Failed', 'a&filter=status:eq:Failed', 'a*b', 'a,b')),
  subtitle: fc.string({ unit: letters, maxLength: 3 }),
  jobType: fc.string({ unit: unspaced, minLength: 1, maxLength: 2 }),
  status: fc.constantFrom('Success', 'Failed', 'Cancelled'),
  priority: fc.integer({ min: 1, max: 9 }),
  second: fc.integer({ min: 0, max: 9 }),
})

/** What a clause means, said once more. */
interface Meant {
  readonly clause: JobsFilterClause
  readonly holds: (job: { title?: string | undefined; subtitle?: string | undefined; jobType: string; status: string; priority: number; second: number }) => boolean
}

const comparisons = {
  eq: (a: number, b: number) => a === b,
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
} as const
const operator = fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte')
const text = fc.oneof(fc.string({ unit: letters, minLength: 1, maxLength: 4 }), fc.constantFrom('x,status:eq:Failed', 'a&filter=status:eq:Failed', 'a:b', ',', ']'))

const meant: fc.Arbitrary<Meant> = fc.oneof(
  fc.tuple(fc.constantFrom('title', 'subtitle'), text).map(([field, value]): Meant => ({ clause: { field, operator: 'eq', value }, holds: (job) => job[field] === value })),
  fc.tuple(fc.constantFrom('title', 'subtitle'), text).map(
    ([field, value]): Meant => ({ clause: { field, operator: 'has', value }, holds: (job) => job[field]?.toLowerCase().includes(value.toLowerCase()) === true }),
  ),
  fc.string({ unit: unspaced, minLength: 1, maxLength: 2 }).map((value): Meant => ({ clause: { field: 'jobType', operator: 'eq', value }, holds: (job) => job.jobType === value })),
  fc
    .array(fc.string({ unit: unspaced, minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
    .map((value): Meant => ({ clause: { field: 'jobType', operator: 'in', value }, holds: (job) => value.includes(job.jobType) })),
  fc.constantFrom('Success', 'Failed').map((value): Meant => ({ clause: { field: 'status', operator: 'eq', value }, holds: (job) => job.status === value })),
  fc.tuple(operator, fc.nat(9)).map(([op, value]): Meant => ({ clause: { field: 'priority', operator: op, value }, holds: (job) => comparisons[op](job.priority, value) })),
  fc.tuple(operator, fc.nat(9)).map(([op, second]): Meant => ({ clause: { field: 'createdAt', operator: op, value: at(second) }, holds: (job) => comparisons[op](job.second, second) })),
)

describe('a filter, as the simulator reads it', () => {
  it(`selects with the match redone exactly what was meant (${runs} triples)`, { timeout: 900_000 }, async () => {
    await using on = await stage({ scenario: 'empty' })
    const auth = authOf(await on.signInAs('admin'))
    const all = new Map(
      fc.sample(jobs, { numRuns: 24, seed }).map((job) => {
        const createdAt = start + job.second * 1000
        return [on.sim.world.addJob('', { ...job, createdAt, startedAt: createdAt, endedAt: createdAt }).id, job]
      }),
    )
    const select = async (clauses: readonly Meant[]): Promise<{ wide: number; kept: string[] }> => {
      const filter = clauses.map(({ clause }) => clause)
      const { rows } = (await on.client.call(queryJobs, { pageNumber: 1, pageSize: 100, filter }, { auth })).value
      const redo = jobsFilterRedo(filter)
      return { wide: rows.length, kept: rows.filter((job) => redo.every((clause) => matchesJob(job, clause) === true)).map(({ id }) => id) }
    }
    let tried = 0
    let narrowed = 0
    let found = 0
    const batches = fc.sample(fc.array(fc.array(meant, { minLength: 1, maxLength: 3 }), { minLength: 10, maxLength: 10 }), { numRuns: Math.ceil(runs / 15), seed })
    for (const batch of batches) {
      if (tried >= runs) break
      const selected = await Promise.all(batch.map(select))
      for (const [nth, clauses] of batch.entries()) {
        const { wide = 0, kept = [] } = selected[nth] ?? {}
        const expected = [...all].flatMap(([id, job]) => (clauses.every(({ holds }) => holds(job)) ? [id] : []))
        expect({ clauses: clauses.map(({ clause }) => clause), ids: kept.toSorted() }).toStrictEqual({ clauses: clauses.map(({ clause }) => clause), ids: expected.toSorted() })
        tried += clauses.length
        found += kept.length
        if (wide > kept.length) narrowed += 1
      }
    }
    expect(tried).toBeGreaterThanOrEqual(runs)
    expect(found).toBeGreaterThan(runs / 10)
    expect(narrowed).toBeGreaterThan(0)
    // One parameter and no other, whatever a value held; nothing was refused, so each clause was one that is known.
    const queries = on.sim.ledger.of('queryJobs')
    expect(queries.filter(({ status }) => status !== 200)).toStrictEqual([])
    expect(queries.filter(({ query }) => query.split('&').length !== 3)).toStrictEqual([])
  })
})
