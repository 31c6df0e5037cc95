import type { Job } from '@refreshboard/api-types'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { TableauInputError } from '../errors.ts'
import { thrownBy } from '../testing/answer.ts'
import { type JobsFilterClause, jobsFilterRedo, matchesJob, writeJobsFilter } from './jobs-filter.ts'

const comparisons = ['eq', 'gt', 'gte', 'lt', 'lte'] as const
const documented: Readonly<Record<string, readonly string[]>> = {
  createdAt: comparisons,
  startedAt: comparisons,
  completedAt: comparisons,
  priority: comparisons,
  progress: comparisons,
  status: ['eq'],
  jobType: ['eq', 'in'],
  title: ['eq', 'has'],
  subtitle: ['eq', 'has'],
  notes: ['has'],
  args: ['has'],
}
const operators = ['eq', 'gt', 'gte', 'lt', 'lte', 'in', 'has', 'like', 'cieq', ''] as const

/** A clause that the type would not let through: what a caller's cast or a JSON body can make. */
const smuggled = (clause: { field: string; operator: string; value: unknown }): JobsFilterClause =>
  // The point of these tests is what happens behind the type's back.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  clause as JobsFilterClause

const valueFor = (field: string, operator: string): unknown => {
  if (field.endsWith('At')) return '2024-05-01T10:00:00Z'
  if (field === 'priority' || field === 'progress') return 5
  return operator === 'in' ? ['run_flow'] : 'x'
}

/** The field and operator that were written, or the field that was refused. */
const outcomeOf = (clause: JobsFilterClause): string => {
  try {
    return writeJobsFilter([clause]).split(':').slice(0, 2).join(':')
  } catch (error) {
    return `refused: ${error instanceof TableauInputError ? error.field : String(error)}`
  }
}

describe('the table of fields and operators', () => {
  it('lets through the documented pairs and no other, at run time too', () => {
    const fields = [...Object.keys(documented), 'endedAt', 'id', 'toString', '__proto__', '']
    for (const field of fields) {
      for (const operator of operators) {
        const clause = smuggled({ field, operator, value: valueFor(field, operator) })
        const known = Object.hasOwn(documented, field) && documented[field]?.includes(operator) === true
        expect(outcomeOf(clause)).toBe(known ? `${field}:${operator}` : `refused: filter.${field}`)
      }
    }
  })

  it('lets through the documented pairs and no other, for the compiler', () => {
    expectTypeOf<{ field: 'title'; operator: 'has'; value: string }>().toExtend<JobsFilterClause>()
    expectTypeOf<{ field: 'title'; operator: 'gt'; value: string }>().not.toExtend<JobsFilterClause>()
    expectTypeOf<{ field: 'status'; operator: 'in'; value: string[] }>().not.toExtend<JobsFilterClause>()
    expectTypeOf<{ field: 'notes'; operator: 'eq'; value: string }>().not.toExtend<JobsFilterClause>()
    expectTypeOf<{ field: 'endedAt'; operator: 'eq'; value: string }>().not.toExtend<JobsFilterClause>()
    expectTypeOf<{ field: 'priority'; operator: 'eq'; value: string }>().not.toExtend<JobsFilterClause>()
  })
})

describe('values', () => {
  it.each<[JobsFilterClause, string]>([
    [{ field: 'createdAt', operator: 'gt', value: '2018-04-18T11:00:56z' }, 'createdAt:gt:2018-04-18T11:00:56Z'],
    [{ field: 'completedAt', operator: 'lte', value: '2018-04-18T04:00:56.999-0700' }, 'completedAt:lte:2018-04-18T11:00:56Z'],
    [{ field: 'progress', operator: 'lte', value: 0 }, 'progress:lte:0'],
    [{ field: 'jobType', operator: 'eq', value: 'refresh_extracts' }, 'jobType:eq:refresh_extracts'],
    [{ field: 'jobType', operator: 'in', value: ['run_flow', 'a,b]'] }, 'jobType:in:[run_flow,a*b*]'],
    [{ field: 'title', operator: 'has', value: 'Superstore' }, 'title:has:Superstore'],
    [{ field: 'title', operator: 'eq', value: 'T(L-F,SZ&V-MY) - PC' }, 'title:eq:T(L-F*SZ*V-MY) - PC'],
    [{ field: 'title', operator: 'eq', value: 'x,status:eq:Failed' }, 'title:eq:x*status*eq*Failed'],
    [{ field: 'notes', operator: 'has', value: 'nightly' }, 'notes:has:nightly'],
  ])('%o is written %s', (clause, text) => {
    expect(writeJobsFilter([clause])).toBe(text)
  })

  it.each([
    { field: 'createdAt', operator: 'gt', value: 'yesterday' },
    { field: 'createdAt', operator: 'gt', value: '2024-02-31T00:00:00Z' },
    { field: 'createdAt', operator: 'gt', value: 5 },
    { field: 'priority', operator: 'eq', value: 1.5 },
    { field: 'priority', operator: 'eq', value: '1,status:eq:Failed' },
    { field: 'title', operator: 'eq', value: '' },
    { field: 'title', operator: 'eq', value: 'a\u0000b' },
    { field: 'title', operator: 'eq', value: ['a'] },
    { field: 'jobType', operator: 'in', value: [] },
    { field: 'jobType', operator: 'in', value: 'run_flow' },
    { field: 'jobType', operator: 'in', value: ['a', 1] },
    // No row shows notes, so a wider match could not be narrowed again.
    { field: 'notes', operator: 'has', value: 'a:b' },
    { field: 'args', operator: 'has', value: '*' },
  ])('%o is refused', (clause) => {
    expect(thrownBy(() => writeJobsFilter([smuggled(clause)]))).toMatchObject({ field: `filter.${clause.field}`, outcome: 'not-sent' })
  })
})

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', '&', ':', '[', ']', '*', '%', '+', '=', '#', '?', 'é', '🚀'), minLength: 1, maxLength: 8 })
const clauseOf = fc.oneof(
  fc.record({ field: fc.constantFrom('title', 'subtitle'), operator: fc.constantFrom('eq', 'has'), value: text }),
  fc.record({ field: fc.constantFrom('status', 'jobType'), operator: fc.constant('eq'), value: text }),
  fc.record({ field: fc.constant('jobType'), operator: fc.constant('in'), value: fc.array(text, { minLength: 1, maxLength: 3 }) }),
  fc.record({ field: fc.constantFrom('priority', 'progress'), operator: fc.constantFrom(...comparisons), value: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ field: fc.constantFrom('createdAt', 'startedAt'), operator: fc.constantFrom(...comparisons), value: fc.constant('2024-05-01T10:00:00Z') }),
)

/** Reads a filter as the grammar has it: clauses by commas outside brackets, each `field:op:rest`. */
const clausesOf = (filter: string): [string, string, string][] =>
  [...filter.matchAll(/(?:\[[^\]]*\]|[^,])+/g)].map(([clause]) => {
    const [field = '', operator = '', ...rest] = clause.split(':')
    return [field, operator, rest.join(':')]
  })

const wildcard = (value: string): RegExp => new RegExp(`^${value.replaceAll(/[\\^$.|?+(){}[\]]/g, String.raw`\$&`).replaceAll('*', '.*')}$`, 'su')

/** A server that takes `*` for anything, as Tableau does. */
const serverMatches = (job: Job, [field, operator, value]: [string, string, string]): boolean => {
  const shown = field === 'jobType' ? job.jobType : field === 'title' ? job.title : field === 'subtitle' ? job.subtitle : job.status
  if (shown === undefined) return false
  if (operator === 'eq') return wildcard(value).test(shown)
  if (operator === 'in') return value.slice(1, -1).split(',').some((item) => wildcard(item).test(shown))
  return wildcard(`*${value.toLowerCase()}*`).test(shown.toLowerCase())
}

describe('the grammar', () => {
  const runs = Number(process.env['FILTER_RUNS'] ?? 5000)

  it(`holds as many clauses as were asked for, and the same ones (${runs} runs)`, () => {
    let tried = 0
    fc.assert(
      fc.property(fc.array(clauseOf, { minLength: 1, maxLength: 4 }), (clauses) => {
        const query = new URLSearchParams({ pageSize: '1', filter: writeJobsFilter(clauses.map(smuggled)) })
        const received = new URLSearchParams(query.toString())
        tried += clauses.length
        expect([...received.keys()]).toStrictEqual(['pageSize', 'filter'])
        const read = clausesOf(received.get('filter') ?? '')
        expect(read.map(([field, operator]) => [field, operator])).toStrictEqual(clauses.map(({ field, operator }) => [field, operator]))
      }),
      { numRuns: runs },
    )
    expect(tried).toBeGreaterThan(runs)
  })

  it(`never asks for less than what was meant, and the redone match gives exactly that (${runs} runs)`, () => {
    const shown = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', '&', ':', '[', ']', '*', '%', '+', 'é'), maxLength: 4 })
    const textClause = fc.oneof(
      fc.record({ field: fc.constantFrom('title', 'subtitle'), operator: fc.constantFrom('eq', 'has'), value: text }),
      fc.record({ field: fc.constant('jobType'), operator: fc.constant('in'), value: fc.array(text, { minLength: 1, maxLength: 3 }) }),
    )
    let narrowed = 0
    fc.assert(
      fc.property(textClause, shown, shown, (raw, title, jobType) => {
        const clause = smuggled(raw)
        const job: Job = { id: '1', status: 'Failed', jobType: `${jobType}x`, createdAt: '2024-05-01T10:00:00Z', title, subtitle: jobType }
        const [sent = ['', '', ''] as [string, string, string]] = clausesOf(writeJobsFilter([clause]))
        const found = serverMatches(job, sent)
        const kept = found && jobsFilterRedo([clause]).every((redo) => matchesJob(job, redo) === true)
        expect(kept).toBe(matchesJob(job, clause))
        if (found && !kept) narrowed += 1
      }),
      { numRuns: runs },
    )
    expect(narrowed).toBeGreaterThan(0)
  })
})

describe('matchesJob', () => {
  const job: Job = { id: '1', status: 'Failed', jobType: 'run_flow', priority: 5, createdAt: '2024-05-01T10:00:00Z', endedAt: '2024-05-01T11:00:00Z', title: 'Sales' }

  it.each<[JobsFilterClause, boolean | undefined]>([
    [{ field: 'createdAt', operator: 'gte', value: '2024-05-01T10:00:00Z' }, true],
    [{ field: 'createdAt', operator: 'gt', value: '2024-05-01T10:00:00Z' }, false],
    [{ field: 'completedAt', operator: 'lt', value: '2024-05-01T11:00:01Z' }, true],
    [{ field: 'startedAt', operator: 'lt', value: '2099-01-01T00:00:00Z' }, false],
    [{ field: 'priority', operator: 'lte', value: 5 }, true],
    [{ field: 'priority', operator: 'eq', value: 6 }, false],
    [{ field: 'status', operator: 'eq', value: 'Failed' }, true],
    [{ field: 'jobType', operator: 'eq', value: 'run' }, false],
    [{ field: 'title', operator: 'has', value: 'ALE' }, true],
    [{ field: 'title', operator: 'eq', value: 'sales' }, false],
    [{ field: 'subtitle', operator: 'has', value: 'a' }, false],
    [{ field: 'notes', operator: 'has', value: 'a' }, undefined],
    [{ field: 'progress', operator: 'eq', value: 0 }, undefined],
  ])('%o → %s', (clause, matches) => {
    expect(matchesJob(job, clause)).toBe(matches)
  })
})
