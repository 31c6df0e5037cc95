import { DOMParser } from '@xmldom/xmldom'
import type { Element } from '@xmldom/xmldom'
import type { Reply } from './reply.ts'

type Json = string | readonly Json[] | { readonly [name: string]: Json }

/**
 * What is an array even with one member: `intervals` in every sample of the references, and the paged lists. A list of tasks on
 * Cloud is printed as an object where it has one, so it is not among them.
 */
const lists = new Set(['intervals', 'backgroundJobs', 'statusNotes', 'workbooks', 'datasources', 'projects', 'users', 'views', 'tags'])

/** Whether JSON is asked for, and XML is not. */
export const wantsJson = (accept: string | undefined): boolean => accept !== undefined && /\bapplication\/json\b/i.test(accept) && !/\b(?:application|text)\/xml\b/i.test(accept)

/**
 * A reply in JSON: the children of `tsResponse`, attributes as strings, several elements of one name as an array, an element
 * without anything as `{}`. What is not XML stays as it is.
 */
export const toJsonReply = (reply: Reply): Reply => {
  if (typeof reply.body !== 'string' || reply.contentType?.startsWith('application/xml') !== true) return reply
  const root = new DOMParser().parseFromString(reply.body, 'application/xml').documentElement
  return root === null ? reply : { ...reply, contentType: 'application/json;charset=UTF-8', body: JSON.stringify(objectOf(root)) }
}

const objectOf = (element: Element): { readonly [name: string]: Json } => {
  const members = new Map<string, Json>()
  for (const { name, value } of element.attributes) if (!name.startsWith('xmlns') && !name.startsWith('xsi:')) members.set(name, value)
  const children = childrenOf(element)
  for (const name of new Set(children.map((child) => child.nodeName))) {
    const [first, ...others] = children.filter((child) => child.nodeName === name).map(valueOf)
    if (first !== undefined) members.set(name, others.length > 0 || lists.has(element.nodeName) ? [first, ...others] : first)
  }
  return Object.fromEntries(members)
}

/** Text alone is a string; with attributes beside it the text is `value`, as in `productVersion`. */
const valueOf = (element: Element): Json => {
  const object = objectOf(element)
  if (childrenOf(element).length > 0 || element.textContent === '' || element.textContent === null) return object
  return Object.keys(object).length === 0 ? element.textContent : { value: element.textContent, ...object }
}

const childrenOf = (element: Element): Element[] => {
  const children: Element[] = []
  for (const child of element.childNodes) {
    // nodeType 1 is an element (DOM Living Standard § 4.4); xmldom's types do not narrow by it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    if (child.nodeType === 1) children.push(child as Element)
  }
  return children
}
