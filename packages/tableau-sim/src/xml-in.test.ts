import { describe, expect, it } from 'vitest'
import { TableauRefusal } from './errors.ts'
import { childOf, readRequestBody } from './xml-in.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')

describe('the reader of request bodies', () => {
  it.each([
    ['no namespace', '<tsRequest><site contentUrl="x"/></tsRequest>'],
    ['Tableau’s namespace', '<tsRequest xmlns="http://tableau.com/api"><site contentUrl="x"/></tsRequest>'],
    ['a prefix', '<t:tsRequest xmlns:t="http://tableau.com/api"><t:site contentUrl="x"/></t:tsRequest>'],
    ['the old namespace', '<tsRequest xmlns="http://tableausoftware.com/api"><site contentUrl="x"/></tsRequest>'],
    ['a declaration and a byte order mark', '\ufeff<?xml version="1.0" encoding="utf-8"?>\n<tsRequest>\n  <site contentUrl="x"></site>\n</tsRequest>\n'],
    ['single quotes, a comment and character references', "<tsRequest><!-- hi --><site contentUrl='&#x78;'/></tsRequest>"],
    ['other elements before', '<tsRequest><other/><site contentUrl="x"/></tsRequest>'],
  ])('takes a tsRequest with %s', (_, text) => {
    const site = childOf(readRequestBody(bytes(text)), 'site')
    expect(site?.attributes.get('contentUrl')).toBe('x')
  })

  it.each([
    ['nothing', ''],
    ['blanks', '  \n '],
    ['JSON', '{"credentials":{}}'],
    ['another root', '<tsResponse/>'],
    ['a foreign namespace', '<tsRequest xmlns="http://example.com"/>'],
    ['a foreign namespace further in', '<tsRequest><site xmlns="urn:x"/></tsRequest>'],
    ['a document type', '<!DOCTYPE tsRequest [<!ENTITY a "b">]><tsRequest><site contentUrl="&a;"/></tsRequest>'],
    ['a document type in lower case', '<!doctype tsRequest><tsRequest/>'],
    ['an unknown entity', '<tsRequest><site contentUrl="&nbsp;"/></tsRequest>'],
    ['a missing end', '<tsRequest><site contentUrl="x"/>'],
    ['a wrong end', '<tsRequest><site></tsRequest></site>'],
    ['two roots', '<tsRequest/><tsRequest/>'],
    ['text after the root', '<tsRequest/>x'],
    ['an attribute without quotes', '<tsRequest><site contentUrl=x/></tsRequest>'],
    ['an attribute twice', '<tsRequest><site a="1" a="2"/></tsRequest>'],
    ['an unbound prefix', '<t:tsRequest/>'],
    ['a bare ampersand', '<tsRequest><site a="R&D"/></tsRequest>'],
    ['a forbidden character reference', '<tsRequest><site a="&#1;"/></tsRequest>'],
    ['too deep a body', `<tsRequest>${'<a>'.repeat(20)}${'</a>'.repeat(20)}</tsRequest>`],
    ['too many elements', `<tsRequest>${'<a/>'.repeat(3000)}</tsRequest>`],
    ['too many attributes', `<tsRequest ${Array.from({ length: 80 }, (_, index) => `a${index}="1"`).join(' ')}/>`],
  ])('refuses %s with 400000', (_, text) => {
    let refusal: unknown
    try {
      readRequestBody(bytes(text))
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(TableauRefusal)
    expect(refusal).toMatchObject({ status: 400, code: '400000' })
  })

  it('refuses what is not UTF-8', () => {
    expect(() => readRequestBody(Buffer.from([0x3c, 0xff, 0xfe, 0x3e]))).toThrow(TableauRefusal)
    expect(() => readRequestBody(Buffer.from('<tsRequest/>', 'utf16le'))).toThrow(TableauRefusal)
  })
})
