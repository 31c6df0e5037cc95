import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualClock } from './clock.ts'
import { TableauRefusal } from './errors.ts'
import { parseInstant } from './filter-fields.ts'
import { parseFilter } from './filter.ts'
import { jobFilters } from './job-fields.ts'
import { isOver } from './jobs.ts'
import type { Job, JobStatus } from './jobs.ts'
import { parseQuery } from './query-string.ts'
import { World } from './world.ts'

const base = Date.parse('2026-03-04T16:00:00Z')
const statuses: readonly JobStatus[] = ['Pending', 'InProgress', 'Success', 'Failed', 'Cancelled']
const words = ['Superstore', 'superstore sales', 'Sales & Ops', 'Köln “Werk”', '100% done', 'a+b', '[x]', 'Q1: board']

const jobArbitrary = fc.record({
  status: fc.constantFrom(...statuses),
  jobType: fc.constantFrom('refresh_extracts', 'increment_extracts', 'run_flow'),
  title: fc.option(fc.constantFrom(...words), { nil: undefined }),
  subtitle: fc.option(fc.constantFrom('Sales', 'Marketing'), { nil: undefined }),
  notes: fc.constantFrom('', 'login failed\nfor user', 'nightly run'),
  args: fc.constantFrom('', '- Workbook\n- Superstore'),
  priority: fc.integer({ min: 1, max: 100 }),
  created: fc.integer({ min: 0, max: 50 }),
})
type JobDraft = typeof jobArbitrary extends fc.Arbitrary<infer T> ? T : never

const makeJob = (draft: JobDraft): Job => {
  const createdAt = base + draft.created * 1000
  const world = new World({ clock: createManualClock(base), seed: 1, slots: 1, timeZone: 'UTC' })
  const started = draft.status === 'Pending' || draft.status === 'Cancelled' ? undefined : createdAt + 2000
  const ended = draft.status === 'Pending' || draft.status === 'InProgress' ? undefined : createdAt + 5000
  return world.addJob('', { ...draft, createdAt, startedAt: started, endedAt: ended })
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
}

interface Clause {
  readonly text: string
  readonly holds: (job: Job) => boolean
}

const compared = (field: string, value: fc.Arbitrary<{ text: string; number: number }>, read: (job: Job) => number | undefined): fc.Arbitrary<Clause> =>
  fc.tuple(fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte'), value).map(([operator, { text, number }]) => ({
    text: `${field}:${operator}:${text}`,
    holds: (job) => {
      const actual = read(job)
      return actual !== undefined && comparisons[operator]?.(actual, number) === true
    },
  }))

const instants = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom('Z', 'z')).map(([second, zone]) => ({
  text: `${new Date(base + second * 1000).toISOString().slice(0, 19)}${zone}`,
  number: base + second * 1000,
}))
const wholes = (max: number) => fc.integer({ min: 0, max }).map((number) => ({ text: String(number), number }))
const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase())
const fragmentOf = fc.constantFrom('super', 'SALES', 'köln', '100%', 'a+b', 'Q1: b', '&', 'failed\nfor', 'nothing like it', '[x]')

const clauseArbitrary: fc.Arbitrary<Clause> = fc.oneof(
  compared('createdAt', instants, (job) => job.createdAt),
  compared('startedAt', instants, (job) => job.startedAt),
  compared('completedAt', instants, (job) => job.endedAt),
  compared('priority', wholes(100), (job) => job.priority),
  compared('progress', wholes(100), (job) => (isOver(job) ? 100 : 0)),
  fc.constantFrom(...statuses).map((status) => ({ text: `status:eq:${status}`, holds: (job: Job) => job.status === status })),
  fc.constantFrom('refresh_extracts', 'unheard_of').map((type) => ({ text: `jobType:eq:${type}`, holds: (job: Job) => job.jobType === type })),
  fc.uniqueArray(fc.constantFrom('refresh_extracts', 'increment_extracts', 'run_flow', 'x'), { minLength: 1 }).map((types) => ({
    text: `jobType:in:[${types.join(',')}]`,
    holds: (job: Job) => types.some((type) => type === job.jobType),
  })),
  fc.constantFrom(...words).map((title) => ({ text: `title:eq:${title}`, holds: (job: Job) => job.title === title })),
  fragmentOf.map((part) => ({ text: `title:has:${part}`, holds: (job: Job) => contains(job.title ?? '', part) })),
  fc.constantFrom('Sales', 'sales').map((text) => ({ text: `subtitle:eq:${text}`, holds: (job: Job) => job.subtitle === text })),
  fragmentOf.map((part) => ({ text: `subtitle:has:${part}`, holds: (job: Job) => contains(job.subtitle ?? '', part) })),
  fragmentOf.map((part) => ({ text: `notes:has:${part}`, holds: (job: Job) => isOver(job) && contains(job.finalNotes, part) })),
  fragmentOf.map((part) => ({ text: `args:has:${part}`, holds: (job: Job) => contains(job.args, part) })),
)

/** What must be encoded always is, anything else by the toss of a coin; a blank may be `+`. */
const encodeSomehow = (text: string, coins: readonly boolean[]): string =>
  Array.from(text)
    .map((character, index) => {
      const coin = coins[index % coins.length] === true
      if (character === ' ' && coin) return '+'
      return coin || /[^\w:,[\].-]/.test(character) ? encodeURIComponent(character) : character
    })
    .join('')

const parse = (query: string, version = '3.24') => parseFilter(jobFilters, parseQuery(query).get('filter'), version)

describe('the filter of Query Jobs', () => {
  it('selects what a plain predicate selects, however it is encoded', () => {
    fc.assert(
      fc.property(
        fc.array(clauseArbitrary, { minLength: 1, maxLength: 4 }),
        fc.array(jobArbitrary, { minLength: 1, maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 17 }),
        (clauses, drafts, coins) => {
          const filter = parse(`filter=${encodeSomehow(clauses.map((clause) => clause.text).join(','), coins)}`)
          for (const draft of drafts) {
            const job = makeJob(draft)
            expect(filter?.(job)).toBe(clauses.every((clause) => clause.holds(job)))
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    ['title:eq:Sales * Ops', ['Sales & Ops']],
    ['title:eq:*', ['Sales & Ops', 'Q1: board', 'a+b']],
    ['title:eq:a*b', ['a+b']],
    ['title:eq:a+b*a+b', []],
    ['title:eq:*board', ['Q1: board']],
    ['title:has:*o*d', ['Q1: board']],
    ['title:has:q1*B', ['Q1: board']],
    ['jobType:eq:run*', ['Sales & Ops', 'Q1: board', 'a+b']],
    ['jobType:in:[x,*extracts]', []],
  ])('takes * for anything: %s', (filter, titles) => {
    const jobs = ['Sales & Ops', 'Q1: board', 'a+b'].map((title) => makeJob({ status: 'Success', jobType: 'run_flow', title, subtitle: undefined, notes: '', args: '', priority: 1, created: 0 }))
    const holds = parse(`filter=${encodeURIComponent(filter)}`)
    expect(jobs.filter((job) => holds?.(job)).map(({ title }) => title)).toEqual(titles)
  })

  const operators: Readonly<Record<string, readonly string[]>> = {
    createdAt: ['eq', 'gt', 'gte', 'lt', 'lte'],
    startedAt: ['eq', 'gt', 'gte', 'lt', 'lte'],
    completedAt: ['eq', 'gt', 'gte', 'lt', 'lte'],
    priority: ['eq', 'gt', 'gte', 'lt', 'lte'],
    progress: ['eq', 'gt', 'gte', 'lt', 'lte'],
    status: ['eq'],
    jobType: ['eq', 'in'],
    title: ['eq', 'has'],
    subtitle: ['eq', 'has'],
    notes: ['has'],
    args: ['has'],
  }
  const valueOf = (field: string, operator: string): string =>
    field.endsWith('At') ? '2026-03-04T16:00:00Z' : field === 'priority' || field === 'progress' ? '5' : field === 'status' ? 'Failed' : operator === 'in' ? '[a,b]' : 'x'
  const cells = Object.keys(operators).flatMap((field) => ['eq', 'gt', 'gte', 'lt', 'lte', 'has', 'in', 'cieq', 'like', 'EQ'].map((operator) => [field, operator] as const))

  it.each(cells)('knows whether %s can be compared by %s', (field, operator) => {
    const outcome = () => {
      try {
        return typeof parse(`filter=${field}:${operator}:${valueOf(field, operator)}`)
      } catch (error) {
        return error instanceof TableauRefusal ? error.code : error
      }
    }
    expect(outcome()).toBe(operators[field]?.includes(operator) === true ? 'function' : '400065')
  })

  it.each([
    'endedAt:gt:2026-03-04T16:00:00Z',
    'CreatedAt:gt:2026-03-04T16:00:00Z',
    'id:eq:1',
    'constructor:eq:1',
    'createdAt:gt:yesterday',
    'createdAt:gt:2026-02-30T00:00:00Z',
    'createdAt:gt:2026-03-04T25:00:00Z',
    'createdAt:gt:2026-03-04T16:00:00',
    'createdAt:gt:2026-03-04T16:00:00-08:00',
    'createdAt:gt:2026-03-04',
    'status:eq:Running',
    'status:eq:failed',
    'status:in:[Pending,InProgress]',
    'priority:eq:high',
    'progress:lte:1.5',
    'jobType:in:refresh_extracts',
    'jobType:in:[]',
    'jobType:in:[a,]',
    'title:has:',
    'title:has',
    'title',
    '',
    'title:has:a,',
    'title:has:a%2Cb',
  ])('refuses %j with 400065', (text) => {
    let refusal: unknown
    try {
      parse(`filter=${text}`)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toMatchObject({ status: 400, code: '400065' })
  })

  it('knows nothing of a filter that is not there', () => {
    expect(parse('pageSize=3')).toBeUndefined()
  })

  it('takes encoded colons and commas from version 3.7 on', () => {
    expect(parse('filter=status%3Aeq%3AFailed%2Cpriority%3Agt%3A1', '3.7')).toBeTypeOf('function')
    expect(() => parse('filter=status%3Aeq%3AFailed', '3.6')).toThrow(TableauRefusal)
    expect(parse('filter=title:has:a%20b', '3.6')).toBeTypeOf('function')
  })

  it('reads instants to the millisecond', () => {
    expect(parseInstant('2026-03-04T16:00:00.250z')).toBe(base + 250)
    expect(parseInstant('2028-02-29T00:00:00Z')).toBe(Date.parse('2028-02-29T00:00:00Z'))
  })
})

describe('the query of an address', () => {
  it.each(['filter=%zz', 'a=1&a=2', '%ff=1'])('refuses %j with 400000', (query) => {
    expect(() => parseQuery(query)).toThrow(TableauRefusal)
  })

  it('reads blanks, flags and empty parts', () => {
    expect([...parseQuery('a=1+2%2B&&b')].map(([name, { value }]) => [name, value])).toEqual([['a', '1 2+'], ['b', '']])
  })
})
