import { describe, expect, it } from 'vitest'
import { fixture, fixtureNames, thrownBy } from '../testing/answer.ts'
import { readAll } from '../testing/read-all.ts'
import { XmlReadError } from './element.ts'
import { createXmlReader } from './reader.ts'

const ns = 'xmlns="http://tableau.com/api"'
const inside = (content: string): Buffer => Buffer.from(`<tsResponse ${ns}>${content}</tsResponse>`)

describe('what is read', () => {
  it('builds elements, attributes and text', () => {
    const root = readAll(inside('<job id="1" name="a &amp;&#10;&#x1F680;"><notes>x<!-- c --> &lt;<![CDATA[<&>]]></notes></job>'))
    expect(root).toMatchObject({
      name: 'tsResponse',
      children: [{ name: 'job', attributes: { id: '1', name: 'a &\n🚀' }, children: [{ name: 'notes', text: 'x <<&>' }] }],
    })
  })

  it('knows elements by namespace and local name', () => {
    const root = readAll(Buffer.from('<t:tsResponse xmlns:t="http://tableau.com/api"><t:job/><job/><x:job xmlns:x="urn:x"><t:job/></x:job><n:job xmlns:n="http://tableau.com/api"/></t:tsResponse>'))
    expect(root?.children.map(({ name }) => name)).toStrictEqual(['job', 'job'])
  })

  it('follows a default namespace that changes below', () => {
    const root = readAll(inside('<a xmlns="urn:x"><job/></a><b xmlns=""><job/></b><job xmlns="http://tableau.com/api"/>'))
    expect(root?.children).toHaveLength(1)
  })

  it.each([
    ['a byte order mark', `\uFEFF<tsResponse ${ns}/>`],
    ['a declaration of UTF-8', `<?xml version="1.0" encoding="utf-8"?><tsResponse ${ns}/>`],
    ['a declaration without encoding', `<?xml version='1.0'?><tsResponse ${ns}/>`],
    ['blanks after the end', `<tsResponse ${ns}/>\r\n \t`],
    ['a comment and an instruction before the root', `<!-- a --><?b c?><tsResponse ${ns}/>`],
    ['a name that every object has', `<tsResponse ${ns} constructor="1" __proto__="2"/>`],
  ])('takes %s', (_what, text) => {
    expect(readAll(Buffer.from(text))?.name).toBe('tsResponse')
  })

  it('says nothing of an empty reply', () => {
    expect(readAll(Buffer.alloc(0))).toBeUndefined()
  })

  it('reads the same in chunks of 1 to 7 bytes, through split characters and tags', () => {
    for (const name of fixtureNames) {
      for (const chunk of [1, 2, 3, 5, 7]) expect(readAll(fixture(name), chunk)).toStrictEqual(readAll(fixture(name)))
    }
  })
})

describe('limits', () => {
  const limits = { bytes: 1000, depth: 4, attributesPerElement: 3, elements: 6, text: 30 }
  const read = (text: string): unknown => {
    const reader = createXmlReader(limits)
    reader.write(Buffer.from(text))
    return reader.end()
  }
  const nested = (levels: number): string => `<tsResponse ${ns}>${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}</tsResponse>`
  const empty = (count: number): string => inside('<a/>'.repeat(count)).toString()
  const attributes = (count: number): string => inside(`<a ${Array.from({ length: count }, (_none, index) => `b${index}=""`).join(' ')}/>`).toString()

  it.each([
    ['depth', nested(3), nested(4)],
    ['elements', empty(5), empty(6)],
    ['attributes', attributes(3), attributes(4)],
    ['text', inside('x'.repeat(30)).toString(), inside('x'.repeat(31)).toString()],
    ['text in pieces', inside(`${'x'.repeat(15)}<a/>${'x'.repeat(15)}`).toString(), inside(`${'x'.repeat(15)}<a/>${'x'.repeat(16)}`).toString()],
    ['a CDATA section', inside(`<![CDATA[${'x'.repeat(30)}]]>`).toString(), inside(`<![CDATA[${'x'.repeat(31)}]]>`).toString()],
    ['an attribute', inside(`<a b="${'x'.repeat(30)}"/>`).toString(), inside(`<a b="${'x'.repeat(31)}"/>`).toString()],
    ['bytes', inside(' '.repeat(0)).toString().padEnd(1000), inside('').toString().padEnd(1001)],
  ])('%s: as much as allowed, and one more', (_what, allowed, tooMuch) => {
    expect(read(allowed)).toBeDefined()
    const error = thrownBy(() => read(tooMuch))
    expect(error).toBeInstanceOf(XmlReadError)
    expect(error).toMatchObject({ tooLarge: true })
  })
})

describe('messages', () => {
  it('never quote the reply', () => {
    const secret = 'c4n4ry'
    for (const text of [`<${secret}/>`, `<tsResponse ${ns}><${secret}></a>`, `<tsResponse ${ns} a="&${secret};"/>`, `<!DOCTYPE ${secret}><a/>`, secret]) {
      expect(String(thrownBy(() => readAll(Buffer.from(text))))).not.toContain(secret)
    }
  })
})
