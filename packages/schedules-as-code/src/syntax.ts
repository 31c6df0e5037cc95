import type { YamlFinding } from '@refreshboard/api-types'
import { CST, isAlias, isCollection, isNode, isPair, isScalar, Lexer, LineCounter, parseDocument, visit, type Document, type Node, type YAMLError } from 'yaml'

type Path = readonly PropertyKey[]

/** Where in a text something stands. */
export interface Places {
  /** Of a value, or of the nearest one around it that there is. */
  readonly of: (path: Path) => { line: number; column: number }
  /** Of a field's name. */
  readonly ofKey: (path: Path, key: string) => { line: number; column: number }
}

export interface Parsed {
  readonly value: unknown
  readonly places: Places
  readonly faults: YamlFinding[]
}

/** `schedules[3].repeats.start`. */
export const pathWords = (path: Path): string => path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${String(part)}`)).join('')

const rulesOfErrors: Partial<Record<YAMLError['code'], [rule: string, message: string]>> = {
  DUPLICATE_KEY: ['duplicate-field', 'This field stands here twice.'],
  TAB_AS_INDENT: ['yaml-syntax', 'YAML is indented with spaces, not with tabs.'],
  MULTIPLE_DOCS: ['yaml-syntax', 'The text holds more than one YAML document.'],
  BAD_ALIAS: ['yaml-anchor', 'Anchors and aliases (“&” and “*”) are not read: write it out.'],
  BLOCK_AS_IMPLICIT_KEY: ['yaml-syntax', 'A text with “: ” in it goes in quotes; and the fields of one thing begin in the same column.'],
  MULTILINE_IMPLICIT_KEY: ['yaml-syntax', 'A field and its “:” stand on one line, and the fields of one thing begin in the same column.'],
  MISSING_CHAR: ['yaml-syntax', 'Something above is not closed: a quote, a “]” or a “}”, or a “:” or “,” is missing.'],
  BAD_INDENT: ['yaml-syntax', 'This is indented otherwise than its neighbours, or a “[” or “{” above is not closed.'],
  NON_STRING_KEY: ['unknown-field', 'The name of a field is a text.'],
}

const errorWords = ({ code, message }: YAMLError): [rule: string, message: string] => rulesOfErrors[code] ?? ['yaml-syntax', `This is no YAML: ${message.replace(/\.$/, '')}.`]

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)

const placesIn = (document: Document, lines: LineCounter): Places => {
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const nodeOf = (path: Path): unknown => (path.length === 0 ? document.contents : document.getIn(path, true))
  const of = (path: Path): { line: number; column: number } => {
    for (let length = path.length; length >= 0; length -= 1) {
      const start = startOf(nodeOf(path.slice(0, length)))
      if (start !== undefined) return at(start)
    }
    return at(0)
  }
  return {
    of,
    ofKey: (path, key) => {
      const node = nodeOf(path)
      const pair = isCollection(node) ? node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key) : undefined
      const start = isPair(pair) ? startOf(pair.key) : undefined
      return start === undefined ? of(path) : at(start)
    },
  }
}

type Refusal = [node: Node, rule: string, message: string]

/** What YAML has beyond plain data is refused, not resolved: with aliases a short text could stand for one of any length. */
const refusalsIn = (document: Document): Refusal[] => {
  const refusals: Refusal[] = []
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node) || node.anchor !== undefined) refusals.push([node, 'yaml-anchor', 'Anchors and aliases (“&” and “*”) are not read: write it out.'])
      else if (node.tag !== undefined) refusals.push([node, 'yaml-tag', `Tags such as “${node.tag}” are not read: a text goes in quotes.`])
    },
    Pair: (_key, pair) => {
      if (isScalar(pair.key) && pair.key.value === '<<') refusals.push([pair.key, 'yaml-merge', 'Merge keys (“<<”) are not read: write the fields out.'])
    },
  })
  return refusals
}

const maxFaults = 200

/** Deeper than any text of schedules. */
const maxDepth = 32

const opens = new Set<unknown>(['flow-seq-start', 'flow-map-start'])
const closes = new Set<unknown>(['flow-seq-end', 'flow-map-end'])
const nestsInLine = new Set<unknown>(['seq-item-ind', 'explicit-key-ind'])

/** Seen before anything is built: YAML's own parser takes seconds for a text of brackets alone. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  let inLine = 0
  let isScalarNext = false
  for (const token of new Lexer().lex(text)) {
    const type = isScalarNext ? 'scalar' : CST.tokenType(token)
    isScalarNext = token === CST.SCALAR
    if (opens.has(type)) depth += 1
    else if (closes.has(type)) depth -= 1
    else if (nestsInLine.has(type)) inLine += 1
    else if (type === 'newline') inLine = 0
    if (depth > maxDepth || inLine > maxDepth) return true
  }
  return false
}

const tooDeep: YamlFinding = { line: 1, column: 1, path: '', rule: 'too-deep', message: 'Lists and fields stand in one another too deeply for a text of schedules.' }

/** Plain data from YAML 1.2, and where each of its values stands. Nothing is resolved when anything is wrong. */
export const parseYaml = (text: string): Parsed => {
  const lines = new LineCounter()
  const none: Places = { of: () => ({ line: 1, column: 1 }), ofKey: () => ({ line: 1, column: 1 }) }
  try {
    if (isTooDeep(text)) return { value: undefined, places: none, faults: [tooDeep] }
    const document = parseDocument(text, { version: '1.2', schema: 'core', merge: false, uniqueKeys: true, stringKeys: true, strict: true, prettyErrors: false, lineCounter: lines, logLevel: 'error' })
    const places = placesIn(document, lines)
    const faults = [
      ...document.errors.map((error): [number, string, string] => [error.pos[0], ...errorWords(error)]),
      ...refusalsIn(document).map(([node, rule, message]): [number, string, string] => [node.range?.[0] ?? 0, rule, message]),
    ].toSorted(([a], [b]) => a - b)
    if (faults.length > 0) {
      return {
        value: undefined,
        places,
        faults: faults.slice(0, maxFaults).map(([offset, rule, message]) => {
          const { line, col } = lines.linePos(offset)
          return { line: Math.max(1, line), column: Math.max(1, col), path: '', rule, message }
        }),
      }
    }
    return { value: document.toJS({ maxAliasCount: 0 }), places, faults: [] }
  } catch (error) {
    if (error instanceof RangeError) return { value: undefined, places: none, faults: [tooDeep] }
    throw error
  }
}
