import { SaxesParser, type SaxesTagPlain, type XMLDecl } from 'saxes'
import { type XmlElement, XmlReadError } from './element.ts'

/** Tableau's namespace since 9.3; a reply in the older `http://tableausoftware.com/api` is refused. */
const tableauNamespace = 'http://tableau.com/api'

export interface XmlLimits {
  /** Decoded, after any compression. */
  readonly bytes: number
  readonly depth: number
  readonly attributesPerElement: number
  readonly elements: number
  /**
   * UTF-16 units of character data directly inside one element, of one attribute value and, give or take a chunk, of
   * anything else between two tags or attributes (a name, a comment, a document type).
   */
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
}

/** Namespaces in scope: prefix → URI. */
type Scope = ReadonlyMap<string, string>

const emptyScope: Scope = new Map()
// Most elements of a large reply have neither attributes nor children of their own; these are never written to.
const noChildren: OpenElement[] = []
const noAttributes: Readonly<Record<string, string>> = {}

/** The parser is fed with this much at a time, so that one step stays short whatever size the chunks are. */
const stepBytes = 64 * 1024

const tooLarge = (message: string): XmlReadError => new XmlReadError(message, { tooLarge: true })

const checkDeclaration = ({ version, encoding }: XMLDecl): void => {
  if (version !== undefined && version !== '1.0') throw new XmlReadError('the reply is not XML 1.0')
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) throw new XmlReadError('the reply is not declared to be UTF-8')
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
  // saxes drops one byte order mark, so the decoder keeps its hands off; bytes of UTF-16 are not valid UTF-8.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const open: OpenElement[] = []
  const scopes: Scope[] = []
  let root: OpenElement | undefined
  /** Where the root ended, in characters from the start. */
  let rootEnd: number | undefined
  let bytes = 0
  let characters = 0
  let elements = 0
  let attributes = 0
  let declared: [prefix: string, uri: string][] | undefined
  /** Characters since the parser last had something to tell. */
  let silent = 0

  const addText = (text: string): void => {
    silent = 0
    const element = open.at(-1)
    if (element === undefined) return
    element.text += text
    if (element.text.length > limits.text) throw tooLarge('the reply has too long a text')
  }

  // Seven handlers at most: with an eighth, V8 turns the parser into a slow object and reading takes five times as long
  // (`bench/parse.ts` notices). So the declaration is looked at when the root opens, and what follows the root in `feed`.
  parser.on('doctype', () => {
    throw new XmlReadError('the reply has a document type')
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('attribute', ({ name, value }) => {
    silent = 0
    attributes += 1
    if (attributes > limits.attributesPerElement) throw tooLarge('the reply has an element with too many attributes')
    if (value.length > limits.text) throw tooLarge('the reply has too long an attribute')
    if (name === 'xmlns') (declared ??= []).push(['', value])
    else if (name.startsWith('xmlns:')) (declared ??= []).push([name.slice(6), value])
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    silent = 0
    elements += 1
    if (elements > limits.elements) throw tooLarge('the reply has too many elements')
    if (open.length >= limits.depth) throw tooLarge('the reply is nested too deeply')
    const parent = open.at(-1)
    if (parent === undefined) checkDeclaration(parser.xmlDecl)
    const outer = scopes.at(-1) ?? emptyScope
    const scope = declared === undefined ? outer : new Map([...outer, ...declared])
    const colon = tag.name.indexOf(':')
    const uri = scope.get(colon === -1 ? '' : tag.name.slice(0, colon)) ?? ''
    if (uri === '' && colon !== -1) throw new XmlReadError('the reply uses a prefix without a namespace')
    const name = colon === -1 ? tag.name : tag.name.slice(colon + 1)
    const element: OpenElement = { name, attributes: attributes === 0 ? noAttributes : tag.attributes, children: noChildren, text: '' }
    if (parent === undefined) {
      if (name !== expected.name || uri !== expected.namespace) {
        throw new XmlReadError(`the reply is not a <${expected.name}> of Tableau's`)
      }
      root = element
    } else if (uri === expected.namespace) {
      if (parent.children === noChildren) parent.children = [element]
      else parent.children.push(element)
    }
    open.push(element)
    scopes.push(scope)
    attributes = 0
    declared = undefined
  })
  parser.on('closetag', () => {
    silent = 0
    open.pop()
    scopes.pop()
    if (open.length === 0) rootEnd = parser.position
  })

  const feed = (text: string): void => {
    silent += text.length
    parser.write(text)
    if (silent > limits.text + stepBytes) throw tooLarge('the reply has too long a text, name or comment')
    // saxes allows comments and instructions there, which nobody but an attacker adds.
    if (rootEnd !== undefined && /[^ \t\r\n]/.test(text.slice(Math.max(0, rootEnd - characters)))) {
      throw new XmlReadError('the reply goes on after its end')
    }
    characters += text.length
  }

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
      for (let at = 0; at < chunk.length; at += stepBytes) {
        guarded(() => feed(decoder.decode(chunk.subarray(at, at + stepBytes), { stream: true })))
      }
    },
    end: () => {
      if (bytes === 0) return undefined
      guarded(() => {
        feed(decoder.decode())
        parser.close()
      })
      if (root === undefined) throw new XmlReadError('the reply has no root element')
      return root
    },
  }
}
