import type { Job } from '@refreshboard/api-types'
import { TableauInputError } from '../errors.ts'
import { canonicalInstant } from '../xml/element.ts'
import { isXmlText } from '../xml/writer.ts'

const comparisons = ['eq', 'gt', 'gte', 'lt', 'lte'] as const
type Comparison = (typeof comparisons)[number]

/**
 * One condition on jobs: only the pairs of field and operator that Tableau documents. `completedAt` filters what the list
 * calls `endedAt`; `progress`, `notes` and `args` can be filtered but are in no row. Instants are ISO 8601.
 */
export type JobsFilterClause =
  | { readonly field: 'createdAt' | 'startedAt' | 'completedAt'; readonly operator: Comparison; readonly value: string }
  | { readonly field: 'priority' | 'progress'; readonly operator: Comparison; readonly value: number }
  | { readonly field: 'status' | 'jobType'; readonly operator: 'eq'; readonly value: string }
  | { readonly field: 'jobType'; readonly operator: 'in'; readonly value: readonly string[] }
  | { readonly field: 'title' | 'subtitle'; readonly operator: 'eq' | 'has'; readonly value: string }
  | { readonly field: 'notes' | 'args'; readonly operator: 'has'; readonly value: string }

type Field = JobsFilterClause['field']
type Operator = JobsFilterClause['operator']

/** Field → its operators and the kind of its values; what a cast smuggled past the type is refused by this table. */
const table: Readonly<Record<Field, { readonly operators: readonly Operator[]; readonly kind: 'instant' | 'number' | 'text' }>> = {
  createdAt: { operators: comparisons, kind: 'instant' },
  startedAt: { operators: comparisons, kind: 'instant' },
  completedAt: { operators: comparisons, kind: 'instant' },
  priority: { operators: comparisons, kind: 'number' },
  progress: { operators: comparisons, kind: 'number' },
  status: { operators: ['eq'], kind: 'text' },
  jobType: { operators: ['eq', 'in'], kind: 'text' },
  title: { operators: ['eq', 'has'], kind: 'text' },
  subtitle: { operators: ['eq', 'has'], kind: 'text' },
  notes: { operators: ['has'], kind: 'text' },
  args: { operators: ['has'], kind: 'text' },
}

/** These separate the parts of a filter, percent-encoded or not; Tableau takes `*` for any of them. */
const separators = /[,&:[\]]/g
/** With one of these the query finds more than was asked for. */
const widened = /[,&:[\]*]/

const refuse = (clause: JobsFilterClause, reason: string): TableauInputError =>
  new TableauInputError('queryJobs', `filter.${clause.field}`, reason)

const writeText = (clause: JobsFilterClause, text: unknown): string => {
  if (typeof text !== 'string' || text === '' || !isXmlText(text)) throw refuse(clause, 'must be a text that is not empty')
  // Its rows do not show the field, so nobody could redo the match.
  if (widened.test(text) && (clause.field === 'notes' || clause.field === 'args')) {
    throw refuse(clause, 'cannot be searched for a text with , & : [ ] or *')
  }
  return text.replace(separators, '*')
}

const writeValue = (clause: JobsFilterClause): string => {
  const { kind } = table[clause.field]
  if (kind === 'number') {
    if (!Number.isSafeInteger(clause.value)) throw refuse(clause, 'must be a whole number')
    return String(clause.value)
  }
  if (kind === 'instant') {
    const instant = typeof clause.value === 'string' ? canonicalInstant(clause.value) : undefined
    if (instant === undefined) throw refuse(clause, 'must be an instant in ISO 8601')
    return instant
  }
  if (clause.operator !== 'in') return writeText(clause, clause.value)
  if (!Array.isArray(clause.value) || clause.value.length === 0) throw refuse(clause, 'must be a list that is not empty')
  return `[${clause.value.map((item) => writeText(clause, item)).join(',')}]`
}

/**
 * The value of `filter=`: `field:op:value`, joined by commas (all must hold). A separator inside a text becomes `*`, which
 * Tableau takes for anything (`tableau/server-client-python#1200`); see {@link jobsFilterRedo}.
 *
 * @throws {TableauInputError} for a pair that Tableau does not offer, and for a value it cannot be asked for.
 */
export const writeJobsFilter = (clauses: readonly JobsFilterClause[]): string =>
  clauses
    .map((clause) => {
      const known = Object.hasOwn(table, clause.field) && table[clause.field].operators.includes(clause.operator)
      if (!known) throw refuse(clause, `cannot be filtered by ${clause.operator}`)
      return `${clause.field}:${clause.operator}:${writeValue(clause)}`
    })
    .join(',')

/** The clauses that the query could only ask for more widely: the caller keeps the rows that {@link matchesJob} them. */
export const jobsFilterRedo = (clauses: readonly JobsFilterClause[]): JobsFilterClause[] =>
  clauses.filter(
    (clause) =>
      table[clause.field].kind === 'text' &&
      (Array.isArray(clause.value) ? clause.value : [clause.value]).some((value) => widened.test(String(value))),
  )

const compare: Readonly<Record<Comparison, (difference: number) => boolean>> = {
  eq: (difference) => difference === 0,
  gt: (difference) => difference > 0,
  gte: (difference) => difference >= 0,
  lt: (difference) => difference < 0,
  lte: (difference) => difference <= 0,
}

/**
 * Whether a row fulfils a clause exactly (`has` without regard to case); a row without the value does not. `undefined` for fields that no row shows
 * (progress, notes, args).
 */
export const matchesJob = (job: Job, clause: JobsFilterClause): boolean | undefined => {
  switch (clause.field) {
    case 'createdAt':
    case 'startedAt':
    case 'completedAt': {
      const at = clause.field === 'completedAt' ? job.endedAt : job[clause.field]
      return at !== undefined && compare[clause.operator](Date.parse(at) - Date.parse(clause.value))
    }
    case 'priority':
      return job.priority !== undefined && compare[clause.operator](job.priority - clause.value)
    case 'status':
      return job.status === clause.value
    case 'jobType':
      return clause.operator === 'in' ? clause.value.includes(job.jobType) : job.jobType === clause.value
    case 'title':
    case 'subtitle': {
      const text = job[clause.field]
      return text !== undefined && (clause.operator === 'eq' ? text === clause.value : text.toLowerCase().includes(clause.value.toLowerCase()))
    }
    case 'progress':
    case 'notes':
    case 'args':
      break
  }
  return undefined
}
