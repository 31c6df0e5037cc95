import { refusals } from './errors.ts'
import type { QueryParameter } from './query-string.ts'
import { isAtLeast } from './versions.ts'
import { element } from './xml-out.ts'
import type { Xml } from './xml-out.ts'

type Attribute = string | number | boolean | undefined

/** One piece of a row. */
export interface RowField<T> {
  /** `name` is an attribute of the row, or a child of it; `owner.name` is an attribute of its child `<owner>`. */
  readonly name: string
  /** Whether it is there when the request names no fields. */
  readonly byDefault: boolean
  /** The first API version that has it. */
  readonly since?: string
  readonly read: (item: T) => Attribute | Xml
}

/**
 * `fields=_default_`, `fields=_all_`, or exactly those named, in any mixture, separated by commas. Without the parameter:
 * the default ones. A name that the rows do not have is refused with 400000.
 */
export const selectFields = <T>(known: readonly RowField<T>[], parameter: QueryParameter | undefined, version: string): readonly RowField<T>[] => {
  const fields = known.filter((field) => field.since === undefined || isAtLeast(version, field.since))
  const wanted = new Set((parameter?.value ?? '_default_').split(','))
  for (const name of wanted) {
    if (name === '_default_' || name === '_all_' || fields.some((field) => field.name === name)) continue
    throw refusals.badRequest(`The fields query contains '${name}', which is not a field of this resource.`)
  }
  if (wanted.has('_all_')) return fields
  return fields.filter((field) => wanted.has(field.name) || (field.byDefault && wanted.has('_default_')))
}

/** A row with these fields. A child of which nothing is known is left out, as the project is in a personal space. */
export const rowElement = <T>(name: string, fields: readonly RowField<T>[], item: T, ...more: readonly Xml[]): Xml => {
  const attributes: Record<string, Attribute> = {}
  const children = new Map<string, Record<string, Attribute>>()
  const elements: Xml[] = []
  for (const field of fields) {
    const value = field.read(item)
    const [parent = '', attribute] = field.name.split('.')
    if (typeof value === 'object') elements.push(value)
    else if (value === undefined) continue
    else if (attribute === undefined) attributes[parent] = value
    else children.set(parent, { ...children.get(parent), [attribute]: value })
  }
  return element(name, attributes, ...[...children].map(([child, its]) => element(child, its)), ...elements, ...more)
}
