import { DOMParser } from '@xmldom/xmldom'
import type { Element } from '@xmldom/xmldom'
import { refusals } from './errors.ts'
import { isLegalXmlText } from './xml-out.ts'

/** One element of a request, by its local name. */
export interface RequestElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly RequestElement[]
}

/** The most bytes a request body may have. */
export const maxBodyBytes = 256 * 1024
export const maxDepth = 16
export const maxElements = 2000
export const maxAttributes = 64

// Requests carry no namespace in the documentation and in most clients; some send Tableau's. Both are right.
const acceptedNamespaces = new Set(['', 'http://tableau.com/api', 'http://tableausoftware.com/api'])

/** XML 1.0 § 2.11. xmldom's own rule is that of XML 1.1, which also changes U+0085 and U+2028, as in a password. */
export const normalizeLineEndings = (text: string): string => text.replaceAll(/\r\n?/g, '\n')

/** Stops at whatever xmldom complains of, but for U+FFFD: the bytes were valid UTF-8, so somebody meant that character. */
export const refuse = (level: 'warning' | 'error' | 'fatalError', message: string): void => {
  if (level === 'warning' && message.startsWith('Unicode replacement character')) return
  throw new Error(message)
}

const malformed = (detail: string) => refusals.badRequest(`Payload is either malformed or incomplete: ${detail}`)

/**
 * Reads a request body whatever its content type says, and gives back the root `tsRequest`. Strict: UTF-8, well-formed,
 * no document type, any prefix, capped. Everything else is refused with 400000.
 */
export const readRequestBody = (body: Uint8Array): RequestElement => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw malformed('the body is not UTF-8.')
  }
  if (text.trim() === '') throw malformed('the body is empty.')
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw malformed('a document type is not allowed.')
  let root: Element | null
  try {
    root = new DOMParser({ onError: refuse, locator: false, normalizeLineEndings }).parseFromString(text, 'application/xml').documentElement
  } catch {
    throw malformed('the body is not well-formed XML.')
  }
  if (root === null) throw malformed('the body is not well-formed XML.')
  const budget = { elements: maxElements }
  const request = toRequestElement(root, 1, budget)
  if (request.name !== 'tsRequest') throw malformed('the root must be tsRequest.')
  return request
}

const toRequestElement = (node: Element, depth: number, budget: { elements: number }): RequestElement => {
  budget.elements -= 1
  if (depth > maxDepth || budget.elements < 0 || node.attributes.length > maxAttributes) throw malformed('the body is too deep or too large.')
  if (!acceptedNamespaces.has(node.namespaceURI ?? '')) throw malformed(`the namespace of ${node.nodeName} is not Tableau's.`)
  const attributes = new Map<string, string>()
  for (const attribute of node.attributes) {
    if (!isLegalXmlText(attribute.value)) throw malformed('an attribute holds a character that XML does not allow.')
    attributes.set(attribute.localName ?? attribute.name, attribute.value)
  }
  const children: RequestElement[] = []
  for (const child of node.childNodes) {
    // nodeType 1 is an element (DOM Living Standard § 4.4); xmldom's types do not narrow by it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    if (child.nodeType === 1) children.push(toRequestElement(child as Element, depth + 1, budget))
  }
  return { name: node.localName ?? node.nodeName, attributes, children }
}

/** The first child of that name. */
export const childOf = (parent: RequestElement, name: string): RequestElement | undefined => parent.children.find((child) => child.name === name)
