import { refusals } from './errors.ts'
import { jobStatuses, notesOf, progressOf } from './jobs.ts'
import type { Job } from './jobs.ts'
import type { QueryParameter } from './query-string.ts'
import { isAtLeast } from './versions.ts'

export type JobPredicate = (job: Job) => boolean

type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte'
const comparisons: readonly Comparison[] = ['eq', 'gt', 'gte', 'lt', 'lte']

interface FilterField {
  readonly operators: readonly string[]
  readonly predicate: (operator: string, value: string) => JobPredicate
}

const badValue = (field: string, value: string) => refusals.filter(`The filter query contains the value '${value}', which is not valid for the key '${field}'.`)

const isComparison = (operator: string): operator is Comparison => comparisons.some((known) => known === operator)

const compare: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
}

const numeric = (field: string, parse: (value: string) => number | undefined, read: (job: Job) => number | undefined): FilterField => ({
  operators: comparisons,
  predicate(operator, value) {
    const wanted = parse(value)
    if (wanted === undefined || !isComparison(operator)) throw badValue(field, value)
    const holds = compare[operator]
    return (job) => {
      const actual = read(job)
      return actual !== undefined && holds(actual, wanted)
    }
  },
})

const textual = (operators: readonly ('eq' | 'has')[], read: (job: Job) => string): FilterField => ({
  operators,
  predicate(operator, value) {
    if (operator === 'eq') return (job) => read(job) === value
    // That `has` ignores case is inferred: people type it into search boxes.
    const wanted = value.toLowerCase()
    return (job) => read(job).toLowerCase().includes(wanted)
  },
})

/** UTC, ISO 8601 with `Z` or, as the reference's example has it, `z`. */
export const parseInstant = (value: string): number | undefined => {
  const [, year, month, day, hours, minutes, seconds, fraction] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?[zZ]$/.exec(value) ?? []
  if (year === undefined) return undefined
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes), Number(seconds)))
  // A date that does not exist (31 April, 25:00) comes back as another one.
  if (date.toISOString().slice(0, 19) !== value.slice(0, 19).toUpperCase()) return undefined
  return date.getTime() + Math.floor(Number(`0.${fraction ?? '0'}`) * 1000)
}

const parseWhole = (value: string): number | undefined => (/^-?\d{1,9}$/.test(value) ? Number(value) : undefined)

/** Rows carry whole seconds, so a filter sees whole seconds too: what a row shows can be filtered for with `eq`. */
export const wholeSeconds = (ms: number): number => Math.floor(ms / 1000) * 1000

const time = (field: string, read: (job: Job) => number | undefined): FilterField =>
  numeric(field, parseInstant, (job) => {
    const ms = read(job)
    return ms === undefined ? undefined : wholeSeconds(ms)
  })

/**
 * The filter table of Query Jobs. The field for the end is `completedAt` although the attribute is `endedAt`; `progress`,
 * `notes` and `args` can be filtered but are not in the rows.
 */
const fields: Readonly<Record<string, FilterField>> = {
  createdAt: time('createdAt', (job) => job.createdAt),
  startedAt: time('startedAt', (job) => job.startedAt),
  completedAt: time('completedAt', (job) => job.endedAt),
  priority: numeric('priority', parseWhole, (job) => job.priority),
  progress: numeric('progress', parseWhole, progressOf),
  status: {
    operators: ['eq'],
    predicate(_operator, value) {
      if (!jobStatuses.some((status) => status === value)) throw badValue('status', value)
      return (job) => job.status === value
    },
  },
  jobType: {
    operators: ['eq', 'in'],
    predicate(operator, value) {
      if (operator === 'eq') return (job) => job.jobType === value
      const [, list] = /^\[(.*)\]$/s.exec(value) ?? []
      const wanted = new Set(list?.split(',').map((item) => item.trim()))
      if (list === undefined || wanted.has('')) throw badValue('jobType', value)
      return (job) => wanted.has(job.jobType)
    },
  },
  title: textual(['eq', 'has'], (job) => job.title ?? ''),
  subtitle: textual(['eq', 'has'], (job) => job.subtitle ?? ''),
  notes: textual(['has'], notesOf),
  args: textual(['has'], (job) => job.args),
}

/** Commas separate clauses, except inside the brackets of `in`. */
const splitClauses = (expression: string): string[] => {
  const clauses: string[] = []
  let start = 0
  let bracketed = false
  for (let index = 0; index < expression.length; index += 1) {
    const character = expression[index]
    if (character === '[' && expression.startsWith(':in:', index - 4)) bracketed = true
    else if (character === ']') bracketed = false
    else if (character === ',' && !bracketed) {
      clauses.push(expression.slice(start, index))
      start = index + 1
    }
  }
  clauses.push(expression.slice(start))
  return clauses
}

const parseClause = (clause: string): JobPredicate => {
  const [, name, operator, value] = /^([^:]*):([^:]*):(.*)$/s.exec(clause) ?? []
  if (name === undefined || operator === undefined || value === undefined || value === '') {
    throw refusals.filter(`The filter query contains '${clause}', which is not of the form field:operator:value.`)
  }
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field === undefined) throw refusals.filter('The filter query contains a key which is not recognized for this api version.')
  if (!field.operators.includes(operator)) {
    throw refusals.filter(`The filter query contains the operator '${operator}', which is not supported for the key '${name}'.`)
  }
  return field.predicate(operator, value)
}

/** `field:operator:value[,…]`, all of which must hold; undefined when there is no filter. Refused with 400065. */
export const parseFilter = (parameter: QueryParameter | undefined, version: string): JobPredicate | undefined => {
  if (parameter === undefined) return undefined
  if (!isAtLeast(version, '3.7') && /%(?:3a|2c)/i.test(parameter.raw)) {
    throw refusals.filter('The filter query is not of the form field:operator:value. Colons and commas can be encoded from version 3.7 on.')
  }
  const predicates = splitClauses(parameter.value).map(parseClause)
  return (job) => predicates.every((holds) => holds(job))
}
