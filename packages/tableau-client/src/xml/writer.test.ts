import { DOMParser, type Element } from '@xmldom/xmldom'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { XmlElement } from './element.ts'
import { createXmlReader, defaultLimits } from './reader.ts'
import { isXmlText, type RequestElement, writeRequest, XmlWriteError } from './writer.ts'

/** Elements and attributes of a document, the values in document order. */
interface Inventory {
  elements: number
  values: string[]
}

/** As our own reader sees it. */
const byOurs = (xml: string): Inventory => {
  const reader = createXmlReader(defaultLimits, { name: 'tsRequest', namespace: '' })
  reader.write(Buffer.from(xml))
  const found: Inventory = { elements: 0, values: [] }
  const visit = (element: XmlElement): void => {
    found.elements += 1
    found.values.push(...Object.values(element.attributes))
    element.children.forEach(visit)
  }
  const root = reader.end()
  if (root !== undefined) visit(root)
  return found
}

/** As a reader sees it that shares nothing with ours. */
const byXmldom = (xml: string): Inventory => {
  const document = new DOMParser({
    onError: (_level, message) => {
      throw new Error(message)
    },
    // XML 1.0 § 2.11; the default is XML 1.1's rule, which also changes U+0085 and U+2028.
    normalizeLineEndings: (text) => text.replaceAll(/\r\n?/g, '\n'),
  }).parseFromString(xml, 'text/xml')
  const found: Inventory = { elements: 0, values: [] }
  const visit = (element: Element): void => {
    found.elements += 1
    for (let index = 0; index < element.attributes.length; index += 1) found.values.push(element.attributes.item(index)?.value ?? '')
    for (let index = 0; index < element.childNodes.length; index += 1) {
      const node = element.childNodes.item(index)
      // Attribute values are the only place for text, so anything but an element is an injection.
      if (node?.nodeType !== 1) throw new Error(`a node of type ${node?.nodeType ?? 'none'}`)
    }
    for (let index = 0; index < element.children.length; index += 1) {
      const next = element.children.item(index)
      if (next !== null) visit(next)
    }
  }
  if (document.documentElement !== null) visit(document.documentElement)
  return found
}

const request = (first: string, second: string, third: string): RequestElement => ({
  name: 'credentials',
  attributes: { name: first, password: second, absent: undefined },
  children: [{ name: 'site', attributes: { contentUrl: third } }, { name: 'user' }],
})

type Texts = readonly [string, string, string]
const ours = (...texts: Texts): string => writeRequest(request(...texts))

/** What a reader makes of a request with these texts, or the field that was refused. */
const readBack = (write: (...texts: Texts) => string, read: (xml: string) => Inventory, texts: Texts): Inventory | string => {
  try {
    return read(write(...texts))
  } catch (error) {
    if (error instanceof XmlWriteError) return error.field
    throw error
  }
}

// Any code point, lone surrogates and control characters included, and what XML is made of, more often.
const any = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)), maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'<>&"\'/=!-[]?;#x \t\r\n\u0000\u0001\u0085\u2028\uFFFE\uD800\uDC00'.split(''), ']]>', '&#10;', '<!--', 'é', '🚀'), maxLength: 30 }),
)

/** Throws where two readers do not find the texts, or more than them, in what was written; tells whether it was written at all. */
const assertGivenBack = (write: (...texts: Texts) => string, texts: Texts): boolean => {
  const illegal = texts.findIndex((text) => !isXmlText(text))
  const expected = illegal === -1 ? { elements: 4, values: texts } : ['credentials@name', 'credentials@password', 'site@contentUrl'][illegal]
  expect(readBack(write, byOurs, texts)).toStrictEqual(expected)
  expect(readBack(write, byXmldom, texts)).toStrictEqual(expected)
  return illegal === -1
}

describe('writeRequest', () => {
  it('writes a fixed tree without namespace and declaration', () => {
    expect(writeRequest(request('a', 'b', 'c'))).toBe(
      '<tsRequest><credentials name="a" password="b"><site contentUrl="c"/><user/></credentials></tsRequest>',
    )
    expect(writeRequest()).toBe('<tsRequest/>')
  })

  it('writes plain ASCII', () => {
    expect(writeRequest({ name: 'site', attributes: { contentUrl: 'é\u2028🚀"\t\r\n' } })).toBe(
      '<tsRequest><site contentUrl="&#xE9;&#x2028;&#x1F680;&quot;&#x9;&#xD;&#xA;"/></tsRequest>',
    )
  })

  const runs = Number(process.env['XML_RUNS'] ?? 3000)

  it(`gives back any text to two readers, in the same number of elements and attributes (${runs} texts)`, { timeout: 600_000 }, () => {
    let written = 0
    let refused = 0
    fc.assert(
      fc.property(any, any, any, (...texts) => {
        if (assertGivenBack(ours, texts)) written += texts.length
        else refused += texts.length
      }),
      { numRuns: Math.ceil(runs / 3) },
    )
    expect(written + refused).toBeGreaterThanOrEqual(runs)
    expect(written).toBeGreaterThan(runs / 10)
    expect(refused).toBeGreaterThan(runs / 10)
  })

  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  it.each<[string, (text: string) => string]>([
    ['escapes nothing', (text) => text],
    ['escapes what everybody knows of', escaped],
    ['escapes that and drops what XML cannot hold', (text) => escaped(text).replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')],
  ])('would fail that if it were a template that %s', (_what, escape) => {
    const template = (...texts: Texts): string => {
      const [first, second, third] = texts.map(escape)
      return `<tsRequest><credentials name="${first}" password="${second}"><site contentUrl="${third}"/><user/></credentials></tsRequest>`
    }
    const naive = fc.check(
      fc.property(any, any, any, (...texts) => void assertGivenBack(template, texts)),
      { numRuns: 1000 },
    )
    expect(naive.failed).toBe(true)
  })

  it('takes exactly the characters of XML 1.0', () => {
    const legal = (code: number): boolean =>
      code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x1_0000
    const wrong: number[] = []
    for (let code = 0; code <= 0x10_ffff; code += 1) if (isXmlText(`a${String.fromCodePoint(code)}b`) !== legal(code)) wrong.push(code)
    expect(wrong).toStrictEqual([])
  })

  it.each(['a b', 'a:b', '', '1a', 'a>', 'é'])('has no way to write %o as a name', (name) => {
    expect(() => writeRequest({ name })).toThrow(TypeError)
    expect(() => writeRequest({ name: 'a', attributes: { [name]: '' } })).toThrow(TypeError)
  })
})
