const ns = 'xmlns="http://tableau.com/api"'
const row = '<backgroundJob id="2eef4225-aa0c-41c4-8662-a76d89ed7336" status="Success" createdAt="2018-05-22T13:00:29Z" jobType="cleanup_jobs"/>'
const good = `<tsResponse ${ns}><pagination pageNumber="1" pageSize="100" totalAvailable="1"/><backgroundJobs>${row}</backgroundJobs></tsResponse>`
const body = (inner: string): string => `<tsResponse ${ns}><backgroundJobs>${inner}</backgroundJobs></tsResponse>`
const withDoctype = (subset: string, inner = row): string => `<?xml version="1.0"?><!DOCTYPE tsResponse [${subset}]>${body(inner)}`
const lots = 1_000_000

const laughs = Array.from({ length: 9 }, (_none, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join('')

const utf16 = (littleEndian: boolean, mark: boolean): Buffer => {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}<?xml version="1.0" encoding="UTF-16"?>${good}`, 'utf16le')
  return littleEndian ? bytes : bytes.swap16()
}

/** Bytes put where a title stands. */
const withBytes = (...bytes: number[]): Buffer =>
  Buffer.concat([Buffer.from(`<tsResponse ${ns}><backgroundJobs note="`), Buffer.from(bytes), Buffer.from(`">${row}</backgroundJobs></tsResponse>`)])

/**
 * Replies that no Tableau sends, name → bytes: bombs, smuggled entities, foreign roots and encodings, broken and endless
 * structure. Every one holds a job that a careless reader would find.
 */
export const hostileReplies = (): Readonly<Record<string, string | Buffer>> => ({
  // Document types and entities.
  'billion laughs': withDoctype(`<!ENTITY l0 "lol">${laughs}`, `<a>&l9;</a>${row}`),
  'billion laughs in an attribute': withDoctype(`<!ENTITY l0 "lol">${laughs}`, `<a b="&l9;"/>${row}`),
  'quadratic blow-up': withDoctype(`<!ENTITY a "${'x'.repeat(100_000)}">`, `<a>${'&a;'.repeat(100_000)}</a>${row}`),
  'parameter entity': withDoctype('<!ENTITY % a "<!ENTITY b \'x\'>">%a;'),
  'nested parameter entities': withDoctype('<!ENTITY % a "x"><!ENTITY % b "%a;%a;"><!ENTITY % c "%b;%b;">%c;'),
  'external entity': withDoctype('<!ENTITY a SYSTEM "file:///etc/passwd">', `<a>&a;</a>${row}`),
  'external entity over http': withDoctype('<!ENTITY a SYSTEM "http://169.254.169.254/latest/meta-data/">', `<a>&a;</a>${row}`),
  'external parameter entity': withDoctype('<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd">%a;'),
  'external subset': `<!DOCTYPE tsResponse SYSTEM "http://127.0.0.1:1/x.dtd">${good}`,
  'public subset': `<!DOCTYPE tsResponse PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">${good}`,
  'harmless doctype': `<!DOCTYPE tsResponse>${good}`,
  'lower-case doctype': `<!doctype tsResponse>${good}`,
  'two doctypes': `<!DOCTYPE tsResponse><!DOCTYPE tsResponse>${good}`,
  'doctype after a comment': `<!-- a --><!DOCTYPE tsResponse [<!ENTITY a "b">]>${good}`,
  'doctype inside the root': body(`<!DOCTYPE a>${row}`),
  'doctype after the root': `${good}<!DOCTYPE a>`,
  'endless doctype': `<!DOCTYPE tsResponse [${'<!ENTITY a "b">'.repeat(60_000)}`,
  'defaulted attribute': withDoctype('<!ATTLIST backgroundJob status CDATA "Success">'),
  'entity of no one': body(`<a>&nbsp;</a>${row}`),
  'entity without an end': body(`<a>&amp</a>${row}`),
  'empty entity': body(`<a>&;</a>${row}`),
  'bare ampersand': body(`<a b="Sales & Returns"/>${row}`),
  'conditional section': body(`<![INCLUDE[${row}]]>`),
  // Character references.
  'a million references in a text': body(`<a>${'&#65;'.repeat(lots)}</a>${row}`),
  'a million references in an attribute': body(`<a b="${'&#65;'.repeat(lots)}"/>${row}`),
  'reference to NUL': body(`<a b="&#0;"/>${row}`),
  'reference to a control character': body(`<a b="&#x1F;"/>${row}`),
  'reference to a surrogate': body(`<a b="&#xD83D;&#xDE80;"/>${row}`),
  'reference beyond Unicode': body(`<a b="&#x110000;"/>${row}`),
  'reference beyond every number': body(`<a b="&#${'9'.repeat(400)};"/>${row}`),
  'reference without digits': body(`<a b="&#;"/>${row}`),
  // Too much of everything.
  '200,000 attributes': body(`<a ${Array.from({ length: 200_000 }, (_none, index) => `b${index}=""`).join(' ')}/>${row}`),
  '65 attributes': body(`<a ${Array.from({ length: 65 }, (_none, index) => `b${index}=""`).join(' ')}/>${row}`),
  '200,001 elements': body('<a/>'.repeat(200_001) + row),
  'a million elements': body('<a/>'.repeat(lots) + row),
  '33 levels': body(`${'<a>'.repeat(31)}${'</a>'.repeat(31)}${row}`),
  'a hundred thousand levels': body(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}${row}`),
  'a name of a megabyte': body(`<${'a'.repeat(lots)}/>${row}`.replace('/>', '>')),
  'a text of a megabyte': body(`<a>${'x'.repeat(lots)}</a>${row}`),
  'an attribute of a megabyte': body(`<a b="${'x'.repeat(lots)}"/>${row}`),
  'a CDATA section of a megabyte': body(`<a><![CDATA[${'x'.repeat(lots)}]]></a>${row}`),
  'seventeen megabytes of blanks': `${good}${' '.repeat(17 * 1024 * 1024)}`,
  // Another root, another namespace, another language.
  'wrong root': good.replaceAll('tsResponse', 'tsRequest'),
  'wrong case of the root': good.replaceAll('tsResponse', 'TSResponse'),
  'no namespace': good.replace(` ${ns}`, ''),
  'empty namespace': good.replace(ns, 'xmlns=""'),
  'namespace of before 9.3': good.replace('http://tableau.com/api', 'http://tableausoftware.com/api'),
  'namespace with a slash too many': good.replace('tableau.com/api', 'tableau.com/api/'),
  'namespace bound to another prefix': good.replace('xmlns=', 'xmlns:t='),
  'prefix of no one': good.replaceAll('tsResponse', 't:tsResponse'),
  'prefix of no one inside': body(`<t:a/>${row}`),
  'reply inside another root': `<html>${good}</html>`,
  'XHTML around a reply': `<html xmlns="http://www.w3.org/1999/xhtml"><body>${good}</body></html>`,
  'SOAP': `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${good}</s:Body></s:Envelope>`,
  JSON: `{"error":{"code":"401002","summary":"Unauthorized Access","detail":"none"}}`,
  'plain text': 'Service Unavailable',
  // What strictness is about.
  'duplicate attribute': body(row.replace(' status', ' status="Failed" status')),
  'attribute without quotes': body(row.replace('"Success"', 'Success')),
  'attribute without a value': body(row.replace('status="Success"', 'status="Success" bold')),
  'attributes without a blank between': body(row.replace('" status', '"status')),
  'less-than in an attribute': body(`<a b="<c/>"/>${row}`),
  'crossed tags': body(`<a><b></a></b>${row}`),
  'tag left open': body(`<a>${row}`),
  'closing tag too many': `${good}</tsResponse>`,
  'another case in the closing tag': good.replace('</tsResponse>', '</tsresponse>'),
  'two roots': good + good,
  'text before the root': `OK ${good}`,
  'text after the root': `${good}OK`,
  'NUL after the root': `${good}\u0000`,
  'comment after the root': `${good}<!-- a -->`,
  'instruction after the root': `${good}<?a b?>`,
  'CDATA after the root': `${good}<![CDATA[a]]>`,
  'script after the root': `${good}<script src="//evil.example/x.js"></script>`,
  'comment with two dashes': body(`<!-- a -- b -->${row}`),
  'end of CDATA in a text': body(`<a>]]></a>${row}`),
  'declaration in the middle': body(`<?xml version="1.0"?>${row}`),
  'declaration after a blank': ` <?xml version="1.0"?>${good}`,
  'XML 1.1': `<?xml version="1.1"?>${good}`,
  'XML 2.0': `<?xml version="2.0"?>${good}`,
  'control character': body(`<a b="\u0001"/>${row}`),
  'noncharacter': body(`<a b="\uFFFE"/>${row}`),
  // Bytes.
  'declared ISO-8859-1': `<?xml version="1.0" encoding="ISO-8859-1"?>${good}`,
  'declared UTF-7': `<?xml version="1.0" encoding="UTF-7"?>${good}`,
  'UTF-16, little end first': utf16(true, true),
  'UTF-16, big end first': utf16(false, true),
  'UTF-16 without a mark': utf16(true, false),
  'UTF-32': Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(Array.from(good).flatMap((character) => [character.charCodeAt(0), 0, 0, 0]))]),
  'Latin-1 bytes': withBytes(0xe9),
  'overlong slash': withBytes(0xc0, 0xaf),
  'encoded surrogate': withBytes(0xed, 0xa0, 0x80),
  'byte beyond Unicode': withBytes(0xf4, 0x90, 0x80, 0x80),
  'character cut by the end': Buffer.concat([Buffer.from(good), Buffer.from([0xf0, 0x9f])]),
  'stray continuation byte': withBytes(0x80),
  'two byte order marks': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf]), Buffer.from(good)]),
  'gzip without saying so': Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3]),
})

/** The reply that all of {@link hostileReplies} are made of, itself a good one. */
export const harmlessReply = good
