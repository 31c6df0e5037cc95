import { create, type XMLElement } from 'xmlbuilder'

/** An element of a request. Names are constants of ours; everything that came from outside is an attribute value. */
export interface RequestElement {
  readonly name: string
  /** An attribute that is `undefined` is left out. */
  readonly attributes?: Readonly<Record<string, string | undefined>>
  readonly children?: readonly RequestElement[]
}

/** A value with a character that XML 1.0 cannot hold, not even as a reference. */
export class XmlWriteError extends Error {
  override readonly name = 'XmlWriteError'
  /** `site@contentUrl`. */
  readonly field: string

  constructor(field: string) {
    super(`${field} holds a character that XML cannot hold`)
    this.field = field
  }
}

const plainName = /^[A-Za-z][A-Za-z0-9]*$/
/** Anything but the `Char` of XML 1.0 § 2.2; with the `u` flag a lone surrogate counts as a character of its own. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/** Whether every character of a text can stand in XML 1.0. */
export const isXmlText = (text: string): boolean => !illegal.test(text)

const append = (parent: XMLElement, element: RequestElement): void => {
  if (!plainName.test(element.name)) throw new TypeError(`not an element name: ${element.name}`)
  const node = parent.ele(element.name)
  for (const [name, value] of Object.entries(element.attributes ?? {})) {
    if (!plainName.test(name)) throw new TypeError(`not an attribute name: ${name}`)
    if (value === undefined) continue
    if (!isXmlText(value)) throw new XmlWriteError(`${element.name}@${name}`)
    node.att(name, value)
  }
  for (const next of element.children ?? []) append(node, next)
}

const reference = (character: string): string => `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`

/**
 * A `<tsRequest>` with these children, without a namespace and a declaration, as all clients in the wild send it. It is
 * plain ASCII, everything else being a character reference: no charset has to be agreed on, and the line separators
 * U+0085 and U+2028 survive readers that normalise them. Throws {@link XmlWriteError}.
 */
export const writeRequest = (...children: readonly RequestElement[]): string => {
  const root = create('tsRequest', { headless: true })
  for (const element of children) append(root, element)
  return root.end().replace(/[^\u0020-\u007E]/gu, reference)
}
