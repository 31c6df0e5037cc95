import { refusals } from './errors.ts'
import { isLegalXmlText } from './xml-out.ts'
import { maxAttributes, maxDepth, maxElements } from './xml-in.ts'
import type { RequestElement } from './xml-in.ts'

const malformed = (detail: string) => refusals.badRequest(`Payload is either malformed or incomplete: ${detail}`)

export const isJsonType = (contentType: string | undefined): boolean => contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'

/**
 * The same request in JSON, as § Create Cloud Extract Refresh Task prints it beside the XML: what is inside `tsRequest`, where a
 * plain value is an attribute, an object an element, an array several elements of one name.
 */
export const readJsonBody = (body: Uint8Array): RequestElement => {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw malformed('the body is not JSON in UTF-8.')
  }
  return toElement('tsRequest', parsed, 1, { elements: maxElements })
}

const toElement = (name: string, value: unknown, depth: number, budget: { elements: number }): RequestElement => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(`${name} must be an object.`)
  budget.elements -= 1
  const entries: [string, unknown][] = Object.entries(value)
  if (depth > maxDepth || budget.elements < 0 || entries.length > maxAttributes) throw malformed('the body is too deep or too large.')
  const attributes = new Map<string, string>()
  const children: RequestElement[] = []
  for (const [key, item] of entries) {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') {
      if (!isLegalXmlText(String(item))) throw malformed('a value holds a character that XML does not allow.')
      attributes.set(key, String(item))
    } else if (item !== null) {
      const items: unknown[] = Array.isArray(item) ? item : [item]
      children.push(...items.map((each) => toElement(key, each, depth + 1, budget)))
    }
  }
  return { name, attributes, children }
}
