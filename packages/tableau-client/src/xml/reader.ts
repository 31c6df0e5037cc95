import { SaxesParser, type SaxesTagPlain, type XMLDecl } from 'saxes'
import { type XmlElement, XmlReadError } from './element.ts'

/** Tableau's namespace since 9.3; a reply in the older `http://tableausoftware.com/api` is refused. */
export const tableauNamespace = 'http://tableau.com/api'

export interface XmlLimits {
  /** Decoded, after any compression. */
  readonly bytes: number
  readonly depth: number
  readonly attributesPerElement: number
  readonly elements: number
  /** UTF-16 units of character data directly inside one element, and of one attribute value. */
  readonly text: number
}

/** A page of 1,000 jobs is 270 KB and 1,003 elements; a long driver message some 20 KB. */
export const defaultLimits: XmlLimits = {
  bytes: 16 * 1024 * 1024,
  depth: 32,
  attributesPerElement: 64,
  elements: 200_000,
  text: 512 * 1024,
}

export interface XmlReader {
  /** Takes the next bytes of the reply; throws {@link XmlReadError} as soon as they cannot be a reply of Tableau's. */
  write: (chunk: Uint8Array) => void
  /** The root, once the document is complete. `undefined` when there was not a single byte. */
  end: () => XmlElement | undefined
}

interface OpenElement extends XmlElement {
  children: OpenElement[]
  text: string
  /** Every namespace in scope: prefix → URI. Shared with the parent unless this element declares one. */
  readonly scope: ReadonlyMap<string, string>
}

const emptyScope: ReadonlyMap<string, string> = new Map()

const tooLarge = (message: string): XmlReadError => new XmlReadError(message, { tooLarge: true })

const checkDeclaration = ({ version, encoding }: XMLDecl): void => {
  if (version !== undefined && version !== '1.0') throw new XmlReadError('the reply is not XML 1.0')
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) throw new XmlReadError('the reply is not declared to be UTF-8')
}

/** The namespaces that an element declares, `undefined` for none, after its attributes were held against the limits. */
const checkAttributes = (attributes: Readonly<Record<string, string>>, limits: XmlLimits): [prefix: string, uri: string][] | undefined => {
  const names = Object.keys(attributes)
  if (names.length > limits.attributesPerElement) throw tooLarge('the reply has an element with too many attributes')
  let declared: [prefix: string, uri: string][] | undefined
  for (const name of names) {
    const value = attributes[name] ?? ''
    if (value.length > limits.text) throw tooLarge('the reply has too long an attribute')
    if (name === 'xmlns') (declared ??= []).push(['', value])
    else if (name.startsWith('xmlns:')) (declared ??= []).push([name.slice(6), value])
  }
  return declared
}

/**
 * Reads one reply as it arrives: well-formed XML 1.0 in UTF-8, no document type, root `tsResponse` in Tableau's
 * namespace, nothing after it, within the limits. saxes is strict and never expands an entity of a document's own; what
 * it lets pass is refused here. Nothing is said to be complete before `end`.
 *
 * saxes runs without its own namespace support, which costs more than the parsing; declarations are followed here.
 */
export const createXmlReader = (
  limits: XmlLimits = defaultLimits,
  expected: { readonly name: string; readonly namespace: string } = { name: 'tsResponse', namespace: tableauNamespace },
): XmlReader => {
  const parser = new SaxesParser({ position: false, xmlns: false })
  // `ignoreBOM: false` (the default) drops a leading byte order mark; bytes of UTF-16 are not valid UTF-8.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const open: OpenElement[] = []
  let root: OpenElement | undefined
  let rootClosed = false
  let bytes = 0
  let elements = 0

  const addText = (text: string): void => {
    const element = open.at(-1)
    if (element === undefined) return
    element.text += text
    if (element.text.length > limits.text) throw tooLarge('the reply has too long a text')
  }

  // Seven handlers at most: with an eighth, V8 turns the parser into a slow object and reading takes five times as long
  // (`bench/parse.ts` notices). So the declaration is looked at when the root opens, and attributes when an element does.
  parser.on('doctype', () => {
    throw new XmlReadError('the reply has a document type')
  })
  const refuseTail = (): void => {
    if (rootClosed) throw new XmlReadError('the reply goes on after its end')
  }
  parser.on('comment', refuseTail)
  parser.on('processinginstruction', refuseTail)
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('opentag', (tag: SaxesTagPlain) => {
    elements += 1
    if (elements > limits.elements) throw tooLarge('the reply has too many elements')
    if (open.length >= limits.depth) throw tooLarge('the reply is nested too deeply')
    const parent = open.at(-1)
    if (parent === undefined) checkDeclaration(parser.xmlDecl)
    const declared = checkAttributes(tag.attributes, limits)
    const outer = parent === undefined ? emptyScope : parent.scope
    const scope = declared === undefined ? outer : new Map([...outer, ...declared])
    const colon = tag.name.indexOf(':')
    const uri = scope.get(colon === -1 ? '' : tag.name.slice(0, colon)) ?? ''
    if (uri === '' && colon !== -1) throw new XmlReadError('the reply uses a prefix without a namespace')
    const name = colon === -1 ? tag.name : tag.name.slice(colon + 1)
    const element: OpenElement = { name, attributes: tag.attributes, children: [], text: '', scope }
    if (parent === undefined) {
      if (name !== expected.name || uri !== expected.namespace) {
        throw new XmlReadError(`the reply is not a <${expected.name}> of Tableau's`)
      }
      root = element
    } else if (uri === expected.namespace) {
      parent.children.push(element)
    }
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
    rootClosed = open.length === 0
  })

  const guarded = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      if (error instanceof XmlReadError) throw error
      // The decoder's and the parser's own messages quote the document, so they go no further.
      throw new XmlReadError(`the reply is not well-formed XML in UTF-8 (within its first ${bytes} bytes)`)
    }
  }

  return {
    write: (chunk) => {
      bytes += chunk.length
      if (bytes > limits.bytes) throw tooLarge('the reply is too large')
      guarded(() => parser.write(decoder.decode(chunk, { stream: true })))
    },
    end: () => {
      if (bytes === 0) return undefined
      guarded(() => {
        parser.write(decoder.decode())
        parser.close()
      })
      if (root === undefined) throw new XmlReadError('the reply has no root element')
      return root
    },
  }
}
