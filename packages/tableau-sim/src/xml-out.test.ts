import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from './test-client.ts'
import { element, escapeXml, fragment, isLegalXmlText, tsResponse } from './xml-out.ts'

const legalText = fc.string({ unit: 'binary', maxLength: 60 }).filter(isLegalXmlText)

describe('the XML writer', () => {
  it('gives back every legal text through a parser, in attributes and in text', () => {
    fc.assert(
      fc.property(legalText, legalText, (attribute, text) => {
        const root = parse(element('a', { b: attribute }, element('c', {}, text)).xml).documentElement
        expect(root?.getAttribute('b')).toBe(attribute)
        expect(root?.textContent).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives back the line ends of XML 1.1 and U+FFFD, which are plain characters in XML 1.0', () => {
    const root = parse(element('a', { b: '\u0085\u2028\ufffd' }).xml).documentElement
    expect(root?.getAttribute('b')).toBe('\u0085\u2028\ufffd')
  })

  it('escapes markup, quotes and white space that a parser would change', () => {
    expect(escapeXml('&<>"\'\t\n\r')).toBe('&amp;&lt;&gt;&quot;&#39;&#9;&#10;&#13;')
  })

  it.each(['\u0000', '\u0008', '\u000b', '\u001f', '\ufffe', '\uffff', '\ud800', '\udfff', 'a\udc00b'])('refuses the character %j, which XML 1.0 does not allow', (text) => {
    expect(() => element('a', { b: text })).toThrow(RangeError)
    expect(() => element('a', {}, text)).toThrow(RangeError)
    expect(isLegalXmlText(text)).toBe(false)
  })

  it('takes characters outside the basic plane', () => {
    expect(element('a', { b: '📈 Köln' }).xml).toBe('<a b="📈 Köln"/>')
  })

  it.each(['', 'a b', '1a', 'a>', 'a:b:c', '-a'])('refuses %j as a name', (name) => {
    expect(() => element(name)).toThrow(RangeError)
    expect(() => element('a', { [name]: 1 })).toThrow(RangeError)
  })

  it('leaves undefined attributes and children out and closes empty elements', () => {
    expect(element('a', { b: undefined, c: 0, d: false }, undefined).xml).toBe('<a c="0" d="false"/>')
    expect(fragment([element('a'), element('b')]).xml).toBe('<a/><b/>')
  })

  it('begins a reply as Tableau does', () => {
    expect(tsResponse('3.24', element('a'))).toBe(
      "<?xml version='1.0' encoding='UTF-8'?><tsResponse xmlns=\"http://tableau.com/api\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" " +
        'xsi:schemaLocation="http://tableau.com/api https://help.tableau.com/samples/en-us/rest_api/ts-api_3_24.xsd"><a/></tsResponse>',
    )
    expect(tsResponse('2.4', element('a'))).toContain('xsi:schemaLocation="http://tableau.com/api http://tableau.com/api/ts-api-2.4.xsd"')
  })
})
