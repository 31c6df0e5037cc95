import { refusals } from './errors.ts'
import type { QueryParameter } from './query-string.ts'
import { isAtLeast } from './versions.ts'

export type Predicate<T> = (item: T) => boolean

/** What a key of a filter can be compared by. */
export interface FilterField<T> {
  readonly operators: readonly string[]
  /** @throws {TableauRefusal} 400065 for a value that is none. */
  readonly predicate: (operator: string, value: string) => Predicate<T>
}

/** The keys of one list; every list has its own. */
export type FilterTable<T> = Readonly<Record<string, FilterField<T>>>

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

const parseClause = <T>(fields: FilterTable<T>, clause: string): Predicate<T> => {
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
export const parseFilter = <T>(fields: FilterTable<T>, parameter: QueryParameter | undefined, version: string): Predicate<T> | undefined => {
  if (parameter === undefined) return undefined
  if (!isAtLeast(version, '3.7') && /%(?:3a|2c)/i.test(parameter.raw)) {
    throw refusals.filter('The filter query is not of the form field:operator:value. Colons and commas can be encoded from version 3.7 on.')
  }
  const predicates = splitClauses(parameter.value).map((clause) => parseClause(fields, clause))
  return (item) => predicates.every((holds) => holds(item))
}
