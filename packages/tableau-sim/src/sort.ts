import { refusals } from './errors.ts'
import type { QueryParameter } from './query-string.ts'

export type Order<T> = (a: T, b: T) => number

type SortKey = string | number | undefined

/** What a list can be sorted by. */
export type SortKeys<T> = Readonly<Record<string, (item: T) => SortKey>>

/** As PostgreSQL orders, in which Tableau Server keeps what it lists: what is absent counts as the greatest. */
const compareKeys = (a: SortKey, b: SortKey): number => {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -1 : 1
}

/** By these texts, the first that differs. */
export const byText =
  <T>(read: (item: T) => readonly string[]): Order<T> =>
  (a, b) => {
    const others = read(b)
    for (const [index, text] of read(a).entries()) {
      const result = compareKeys(text, others[index])
      if (result !== 0) return result
    }
    return 0
  }

/**
 * `sort=field:asc|desc[,…]`; undefined without one. Equals come in the order `between`. A field that cannot be sorted by is
 * refused with 400065.
 */
export const parseSort = <T>(keys: SortKeys<T>, between: Order<T>, parameter: QueryParameter | undefined): Order<T> | undefined => {
  if (parameter === undefined) return undefined
  const orders = parameter.value.split(',').map((part): Order<T> => {
    const [, name, direction] = /^([^:]+):(asc|desc)$/.exec(part) ?? []
    const read = name !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined
    if (read === undefined) throw refusals.filter(`The sort query contains '${part}', which is not recognized for this api version.`)
    const sign = direction === 'desc' ? -1 : 1
    return (a, b) => sign * compareKeys(read(a), read(b))
  })
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b)
      if (result !== 0) return result
    }
    return between(a, b)
  }
}
