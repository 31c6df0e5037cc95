/** A finished piece of XML. Only this module makes one, so nothing unescaped gets into a reply. */
export interface Xml {
  readonly xml: string
}

type AttributeValue = string | number | boolean | undefined

const nameForm = /^[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/
const plainText = /^[\u0020-\u0021\u0023-\u0025\u0028-\u003b\u003d\u003f-\u007e]*$/
// Everything that XML 1.0 does not allow in a document (§ 2.2 Characters); with the u flag a lone surrogate is one code point.
// oxlint-disable-next-line no-control-regex -- naming the forbidden characters is the point
const illegalCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Whether XML 1.0 can carry the text at all. */
export const isLegalXmlText = (value: string): boolean => !illegalCharacter.test(value)

/**
 * Escapes for attribute and text alike. TAB, LF and CR become character references, because a reader turns them into
 * blanks in attributes and CR into LF in text. Throws a RangeError for what XML 1.0 cannot carry.
 */
export const escapeXml = (value: string): string => {
  if (plainText.test(value)) return value
  if (!isLegalXmlText(value)) throw new RangeError('The text holds a character that XML 1.0 does not allow.')
  return value.replaceAll(/[&<>"'\t\n\r]/g, (character) => escapes[character] ?? character)
}

const knownNames = new Set<string>()

/** Throws for what cannot be a name; names repeat, so each is looked at once. */
const checkName = (name: string): void => {
  if (knownNames.has(name)) return
  if (!nameForm.test(name)) throw new RangeError(`“${name}” is not a name in XML.`)
  knownNames.add(name)
}

/** One element. An undefined attribute is left out; a string child is text. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  ...children: readonly (Xml | string | undefined)[]
): Xml => {
  checkName(name)
  const tag = ['<', name]
  for (const key of Object.keys(attributes)) {
    const value = attributes[key]
    if (value === undefined) continue
    checkName(key)
    tag.push(' ', key, '="', typeof value === 'string' ? escapeXml(value) : String(value), '"')
  }
  // Joined, a tag is one flat string, which a list of a thousand rows copies at once; the children are not copied here.
  const open = tag.join('')
  let inner = ''
  for (const child of children) if (child !== undefined) inner += typeof child === 'string' ? escapeXml(child) : child.xml
  return { xml: inner === '' ? `${open}/>` : `${open}>${inner}</${name}>` }
}

/** Several finished pieces side by side. */
export const fragment = (pieces: readonly Xml[]): Xml => ({ xml: pieces.map((piece) => piece.xml).join('') })

/** A whole reply: declaration, `tsResponse` in Tableau's namespace, schema location of the API version. */
export const tsResponse = (apiVersion: string, ...children: readonly (Xml | undefined)[]): string => {
  const root = element(
    'tsResponse',
    {
      xmlns: 'http://tableau.com/api',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': schemaLocation(apiVersion),
    },
    ...children,
  )
  return `<?xml version='1.0' encoding='UTF-8'?>${root.xml}`
}

const schemaLocation = (apiVersion: string): string =>
  apiVersion.startsWith('2.')
    ? `http://tableau.com/api http://tableau.com/api/ts-api-${apiVersion}.xsd`
    : `http://tableau.com/api https://help.tableau.com/samples/en-us/rest_api/ts-api_${apiVersion.replace('.', '_')}.xsd`
