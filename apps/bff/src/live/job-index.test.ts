import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jobSortFields, jobStatusGroup, jobStatusGroups, jobsQuerySchema, type Job, type JobsQuery } from '@refreshboard/api-types'
import { JobIndex, jobFilterOf } from './job-index.ts'

const readAt = Date.parse('2026-03-04T16:00:00Z')
const at = (second: number): string => new Date(readAt - 3_600_000 + second * 1000).toISOString().replace('.000Z', 'Z')

const job: fc.Arbitrary<Job> = fc.record(
  {
    id: fc.uuid(),
    status: fc.constantFrom('Pending', 'InProgress', 'Success', 'Failed', 'Cancelled', 'Paused', 'pending'),
    jobType: fc.constantFrom('refresh_extracts', 'run_flow', 'Run_Flow', 'createExtract'),
    priority: fc.integer({ min: 1, max: 5 }),
    createdAt: fc.integer({ min: 0, max: 9 }).map(at),
    startedAt: fc.integer({ min: 5, max: 12 }).map(at),
    endedAt: fc.integer({ min: 10, max: 20 }).map(at),
    title: fc.constantFrom('Superstore', 'superstore', 'SUPER', 'Ärger', 'ärger', 'Sales 2026', 'a b', ''),
    subtitle: fc.constantFrom('Finance', 'Marketing'),
  },
  { requiredKeys: ['id', 'status', 'jobType', 'createdAt'] },
)

const jobs = fc.uniqueArray(job, { selector: ({ id }) => id, maxLength: 40 })

const query: fc.Arbitrary<JobsQuery> = fc
  .record(
    {
      status: fc.subarray([...jobStatusGroups]).map((list) => list.join(',')),
      type: fc.subarray(['refresh_extracts', 'run_flow', 'createExtract', 'nothing']).map((list) => list.join(',')),
      q: fc.constantFrom('', 'super', 'SUPER', 'flow', 'finance', 'ärg', '2026 ', 'e', 'Marketing run'),
      from: fc.integer({ min: 0, max: 9 }).map(at),
      to: fc.integer({ min: 0, max: 10 }).map(at),
      sort: fc.tuple(fc.constantFrom(...jobSortFields), fc.constantFrom('asc', 'desc')).map((pair) => pair.join(':')),
      offset: fc.integer({ min: 0, max: 45 }).map(String),
      limit: fc.integer({ min: 1, max: 50 }).map(String),
      upTo: fc.integer({ min: 0, max: 9 }).map(at),
    },
    { requiredKeys: [] },
  )
  .map((given) => jobsQuerySchema.parse(given))

/** The contract's words, as plainly as they can be written down. */
const plain = (all: readonly Job[], { status, type, q = '', from, to, sort, offset, limit, upTo }: JobsQuery) => {
  const includes = (text: string | undefined): boolean => (text ?? '').toLowerCase().includes(q.toLowerCase())
  const isBase = (row: Job): boolean =>
    (includes(row.title) || includes(row.subtitle) || includes(row.jobType) || includes(row.id)) &&
    (from === undefined || Date.parse(row.createdAt) >= Date.parse(from)) &&
    (to === undefined || Date.parse(row.createdAt) < Date.parse(to))
  const isStatus = (row: Job): boolean => status === undefined || status.length === 0 || status.includes(jobStatusGroup(row.status))
  const isType = (row: Job): boolean => type === undefined || type.length === 0 || type.includes(row.jobType)
  const isNewer = (row: Job): boolean => upTo !== undefined && Date.parse(row.createdAt) > Date.parse(upTo)

  const span = (begin: string | undefined, end: string | undefined, open: boolean): number | undefined => {
    if (begin === undefined || (end === undefined && !open)) return undefined
    return (end === undefined ? readAt : Date.parse(end)) - Date.parse(begin)
  }
  const [field, direction] = sort.split(':')
  const valueOf = (row: Job): number | string | undefined => {
    switch (field) {
      case 'waited':
        return span(row.createdAt, row.startedAt ?? row.endedAt, row.status === 'Pending')
      case 'ran':
        return span(row.startedAt, row.endedAt, row.status === 'InProgress')
      case 'createdAt':
        return Date.parse(row.createdAt)
      case 'startedAt':
        return row.startedAt === undefined ? undefined : Date.parse(row.startedAt)
      case 'endedAt':
        return row.endedAt === undefined ? undefined : Date.parse(row.endedAt)
      case 'priority':
        return row.priority
      case 'title':
        return row.title?.toLowerCase()
      case 'status':
        return row.status
      case 'jobType':
        return row.jobType
      case undefined:
      default:
        throw new Error(`no sort: ${sort}`)
    }
  }
  const compare = (a: Job, b: Job): number => {
    const [x, y] = [valueOf(a), valueOf(b)]
    if (x === undefined || y === undefined) {
      if (x === undefined && y !== undefined) return 1
      if (y === undefined && x !== undefined) return -1
    } else if (x !== y) return (x < y ? -1 : 1) * (direction === 'desc' ? -1 : 1)
    return a.id < b.id ? -1 : 1
  }
  const shown = all.filter((row) => isBase(row) && !isNewer(row))
  const matching = shown.filter((row) => isStatus(row) && isType(row)).toSorted(compare)
  const ofType = shown.filter(isType)
  const types = [...new Set(shown.filter(isStatus).map((row) => row.jobType))].map((jobType) => ({
    jobType,
    count: shown.filter((row) => isStatus(row) && row.jobType === jobType).length,
  }))
  return {
    rows: matching.slice(offset, offset + limit),
    total: matching.length,
    counts: Object.fromEntries(jobStatusGroups.map((group) => [group, ofType.filter((row) => jobStatusGroup(row.status) === group).length])),
    types: types.toSorted((a, b) => b.count - a.count || (a.jobType < b.jobType ? -1 : 1)),
    newer: all.filter((row) => isBase(row) && isNewer(row) && isStatus(row) && isType(row)).length,
  }
}

describe('the index of jobs', () => {
  it('answers every window as the contract says, sorted, filtered, searched and counted', () => {
    fc.assert(
      fc.property(jobs, fc.array(query, { minLength: 1, maxLength: 4 }), (all, queries) => {
        const index = new JobIndex(all, readAt)
        for (const one of queries) expect(index.window(jobFilterOf(one), one.sort, one.offset, one.limit)).toEqual(plain(all, one))
      }),
      { numRuns: 600 },
    )
  })

  it('does not depend on the order in which Tableau lists the jobs', () => {
    fc.assert(
      fc.property(jobs, query, (all, one) => {
        const forth = new JobIndex(all, readAt).window(jobFilterOf(one), one.sort, one.offset, one.limit)
        const back = new JobIndex(all.toReversed(), readAt).window(jobFilterOf(one), one.sort, one.offset, one.limit)
        expect(back).toEqual(forth)
      }),
    )
  })

  it('gives each job exactly once over all windows', () => {
    fc.assert(
      fc.property(jobs, query, fc.integer({ min: 1, max: 7 }), (all, one, size) => {
        const index = new JobIndex(all, readAt)
        const whole = index.window(jobFilterOf(one), one.sort, 0, 1000)
        const parts: Job[] = []
        for (let offset = 0; offset < whole.total; offset += size) parts.push(...index.window(jobFilterOf(one), one.sort, offset, size).rows)
        expect(parts).toEqual(whole.rows)
      }),
    )
  })

  it('knows the newest, whether something is about to change, and who is in front', () => {
    const row = (id: string, status: string, priority: number, second: number): Job => ({ id, status, jobType: 'x', priority, createdAt: at(second) })
    const index = new JobIndex([row('a', 'Pending', 50, 3), row('b', 'Pending', 50, 1), row('c', 'Pending', 10, 9), row('d', 'Success', 1, 0), row('e', 'Pending', 60, 0)], readAt)
    expect(index.newest()).toBe(at(9))
    expect(['a', 'b', 'c', 'e'].map((id) => index.inFront(index.find(id) ?? row('', '', 0, 0)))).toEqual([2, 1, 0, 3])
    expect([index.busy, new JobIndex([row('d', 'Success', 1, 0)], readAt).busy]).toEqual([true, false])
    expect(new JobIndex([], readAt).newest()).toBeUndefined()
  })
})
