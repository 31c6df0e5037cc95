import { refusals } from './errors.ts'
import type { FilterField } from './filter.ts'

type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte'
const comparisons: readonly Comparison[] = ['eq', 'gt', 'gte', 'lt', 'lte']

const badValue = (field: string, value: string) => refusals.filter(`The filter query contains the value '${value}', which is not valid for the key '${field}'.`)

const isComparison = (operator: string): operator is Comparison => comparisons.some((known) => known === operator)

const compare: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
}

const numeric = <T>(field: string, parse: (value: string) => number | undefined, read: (item: T) => number | undefined): FilterField<T> => ({
  operators: comparisons,
  predicate(operator, value) {
    const wanted = parse(value)
    if (wanted === undefined || !isComparison(operator)) throw badValue(field, value)
    const holds = compare[operator]
    return (item) => {
      const actual = read(item)
      return actual !== undefined && holds(actual, wanted)
    }
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

/** An instant, by `eq gt gte lt lte`; where an item has none, no comparison holds. */
export const time = <T>(field: string, read: (item: T) => number | undefined): FilterField<T> =>
  numeric(field, parseInstant, (item) => {
    const ms = read(item)
    return ms === undefined ? undefined : wholeSeconds(ms)
  })

/** A whole number, by `eq gt gte lt lte`. */
export const whole = <T>(field: string, read: (item: T) => number | undefined): FilterField<T> => numeric(field, parseWhole, read)

/** Whether a text is the wanted one, in which `*` stands for anything (tableau/server-client-python#1200). */
const isLike = (wanted: string): ((text: string) => boolean) => {
  const [first = '', ...rest] = wanted.split('*')
  const last = rest.pop()
  if (last === undefined) return (text) => text === wanted
  return (text) => {
    let from = first.length
    for (const part of rest) {
      const at = text.indexOf(part, from)
      if (at < 0) return false
      from = at + part.length
    }
    return text.startsWith(first) && text.endsWith(last) && text.length - last.length >= from
  }
}

/** Text, by what the list offers of `eq` and `has`. */
export const textual = <T>(operators: readonly ('eq' | 'has')[], read: (item: T) => string): FilterField<T> => ({
  operators,
  predicate(operator, value) {
    const matches = isLike(operator === 'eq' ? value : `*${value.toLowerCase()}*`)
    // That `has` ignores case is inferred: people type it into search boxes.
    return operator === 'eq' ? (item) => matches(read(item)) : (item) => matches(read(item).toLowerCase())
  },
})

/** The members of `[a,b]`. */
const parseMembers = (field: string, value: string): ReadonlySet<string> => {
  const [, list] = /^\[(.*)\]$/s.exec(value) ?? []
  const members = new Set(list?.split(',').map((member) => member.trim()))
  if (list === undefined || members.has('')) throw badValue(field, value)
  return members
}

/** One or several texts of an item, by `eq` (one of them is it) and `in` (one of them is among these). */
export const oneOf = <T>(field: string, read: (item: T) => readonly string[]): FilterField<T> => ({
  operators: ['eq', 'in'],
  predicate(operator, value) {
    const wanted = (operator === 'eq' ? [value] : [...parseMembers(field, value)]).map(isLike)
    return (item) => read(item).some((text) => wanted.some((matches) => matches(text)))
  },
})

/** A text, by `eq`, `in`, and `cieq`, which does not mind case. */
export const caseless = <T>(field: string, read: (item: T) => string): FilterField<T> => {
  const exact = oneOf<T>(field, (item) => [read(item)])
  return {
    operators: [...exact.operators, 'cieq'],
    predicate(operator, value) {
      if (operator !== 'cieq') return exact.predicate(operator, value)
      const wanted = value.toLowerCase()
      return (item) => read(item).toLowerCase() === wanted
    },
  }
}

/** A name out of a closed list, by `eq` alone. */
export const choice = <T>(field: string, known: readonly string[], read: (item: T) => string): FilterField<T> => ({
  operators: ['eq'],
  predicate(_operator, value) {
    if (!known.includes(value)) throw badValue(field, value)
    return (item) => read(item) === value
  },
})

/** `true` or `false` in any case, by `eq` alone: clients in Python write `True`. */
export const flag = <T>(field: string, read: (item: T) => boolean): FilterField<T> => ({
  operators: ['eq'],
  predicate(_operator, value) {
    const wanted = value.toLowerCase()
    if (wanted !== 'true' && wanted !== 'false') throw badValue(field, value)
    return (item) => read(item) === (wanted === 'true')
  },
})
