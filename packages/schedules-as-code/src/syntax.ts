import type { YamlFinding } from '@refreshboard/api-types'
import { CST, isAlias, isCollection, isNode, isPair, isScalar, isSeq, Lexer, LineCounter, parseDocument, Parser, visit, type Document, type Node, type Pair, type YAMLError } from 'yaml'

type Path = readonly PropertyKey[]

const maxFaults = 200

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
export const pathWords = (path: Path): string => path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${shortened(String(part))}`)).join('')

/** A field of any length can be written. */
const shortened = (field: string): string => (field.length > 80 ? `${field.slice(0, 80)}…` : field)

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

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '')

/** What encloses a place in a text, from the top, as far as it could be read: of a field's name or value, the field. */
const pathAt = (document: Document, offset: number): Path => {
  const path: PropertyKey[] = []
  for (let node: unknown = document.contents; isCollection(node); ) {
    const at = node.items.findLastIndex((item) => (startOf(isPair(item) ? item.key : item) ?? Number.POSITIVE_INFINITY) <= offset)
    const item = node.items[at]
    if (item === undefined || (node.range?.[1] ?? 0) < offset) break
    path.push(isPair(item) ? keyOf(item) : at)
    node = isPair(item) ? item.value : item
    if ((startOf(node) ?? 0) > offset) break
  }
  return path
}

/** Where an error belongs: a field that begins where none can is told with what is around it. */
const pathOfError = (document: Document, { code, pos: [offset] }: YAMLError): Path => {
  if (code === 'MULTIPLE_DOCS') return []
  return pathAt(document, offset).slice(0, code === 'BLOCK_AS_IMPLICIT_KEY' ? -1 : undefined)
}

type Ancestors = readonly (Document | Node | Pair)[]

const pathOfNode = (node: unknown, ancestors: Ancestors): Path =>
  ancestors.flatMap((parent, at): PropertyKey[] => {
    if (isPair(parent)) return [keyOf(parent)]
    return isSeq(parent) ? [parent.items.indexOf(ancestors[at + 1] ?? node)] : []
  })

/** Something that is wrong, at an offset of the text. */
type Fault = [offset: number, path: Path, rule: string, message: string]

/** What YAML has beyond plain data is refused, not resolved: with aliases a short text could stand for one of any length. */
const refusalsIn = (document: Document): Fault[] => {
  const refusals: Fault[] = []
  const refuse = (node: Node, ancestors: Ancestors, rule: string, message: string): void => void refusals.push([startOf(node) ?? 0, pathOfNode(node, ancestors), rule, message])
  visit(document, {
    Node: (_key, node, ancestors) => {
      // In the order of the text: more are not told.
      if (refusals.length >= maxFaults) return visit.BREAK
      if (isAlias(node) || node.anchor !== undefined) refuse(node, ancestors, 'yaml-anchor', 'Anchors and aliases (“&” and “*”) are not read: write it out.')
      else if (node.tag !== undefined) refuse(node, ancestors, 'yaml-tag', `Tags such as “${node.tag}” are not read: a text goes in quotes.`)
      return undefined
    },
    Pair: (_key, pair, ancestors) => {
      if (isScalar(pair.key) && pair.key.value === '<<') refuse(pair.key, [...ancestors, pair], 'yaml-merge', 'Merge keys (“<<”) are not read: write the fields out.')
    },
  })
  return refusals
}

/** A text that says that it is YAML 1.1 means other values than are read here: 8 with `010`. */
const directivesIn = (text: string): Fault[] => {
  if (!/^\uFEFF?%/m.test(text)) return []
  const faults: Fault[] = []
  for (const token of new Parser().parse(text)) {
    if (token.type !== 'directive' || /^%YAML[ \t]+1\.2\s*$/.test(token.source) || faults.length >= maxFaults) continue
    faults.push([token.offset, [], 'yaml-directive', `The text is read as YAML 1.2, and no directive but “%YAML 1.2” is read: leave “${shortened(token.source.trim())}” out.`])
  }
  return faults
}

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
      ...directivesIn(text),
      ...document.errors
        .filter(({ code }) => code !== 'BAD_DIRECTIVE')
        .toSorted((a, b) => a.pos[0] - b.pos[0])
        .slice(0, maxFaults)
        .map((error): Fault => [error.pos[0], pathOfError(document, error), ...errorWords(error)]),
      ...refusalsIn(document),
    ].toSorted(([a], [b]) => a - b)
    if (faults.length > 0) {
      return {
        value: undefined,
        places,
        faults: faults.slice(0, maxFaults).map(([offset, path, rule, message]) => {
          const { line, col } = lines.linePos(offset)
          return { line: Math.max(1, line), column: Math.max(1, col), path: pathWords(path), rule, message }
        }),
      }
    }
    return { value: document.toJS({ maxAliasCount: 0 }), places, faults: [] }
  } catch (error) {
    if (error instanceof RangeError) return { value: undefined, places: none, faults: [tooDeep] }
    throw error
  }
}
