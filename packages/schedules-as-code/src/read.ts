import type { YamlFinding } from '@refreshboard/api-types'
import type { z } from 'zod'
import { contentKey, contentWords, documentSchema, maxText, type ScheduleDocument } from './document.ts'
import { lintOf } from './lint.ts'
import { nearMiss } from './near-miss.ts'
import { parseYaml, pathWords, type Places } from './syntax.ts'

type Issue = z.core.$ZodIssue

/** What was read: schedules with what is doubtful about them, or everything that is wrong. */
export type Reading = { readonly ok: true; readonly document: ScheduleDocument; readonly lint: YamlFinding[] } | { readonly ok: false; readonly faults: YamlFinding[] }

const maxFaults = 200

const fields: Readonly<Record<string, string[]>> = {
  '': ['refreshboard', 'schedules'],
  schedules: ['name', 'type', 'state', 'priority', 'order', 'repeats', 'ends', 'content'],
  'schedules.repeats.every': ['hours', 'minutes'],
  'schedules.repeats.as-read': ['frequency', 'start', 'end', 'intervals'],
  'schedules.content': ['workbook', 'datasource', 'project', 'refresh'],
}

const ruleIn = (issue: Issue): string | undefined => {
  const params = issue.code === 'custom' ? issue.params : undefined
  const rule: unknown = params?.['rule']
  return typeof rule === 'string' ? rule : undefined
}

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown => {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.getOwnPropertyDescriptor(value, part)?.value
  }
  return value
}

const ruleOf = (issue: Issue, root: unknown): string => {
  const named = ruleIn(issue)
  if (named !== undefined) return named
  const field = issue.path.at(-1)
  if (valueAt(root, issue.path) === undefined) return issue.path.includes('weekDays') ? 'weekly-needs-days' : 'missing-field'
  if (issue.code === 'too_big') return 'too-many'
  if (issue.code === 'too_small') return field === 'weekDays' ? 'weekly-needs-days' : 'too-few'
  if (issue.code === 'invalid_format') return 'time-format'
  return issue.code === 'invalid_type' ? 'wrong-type' : 'not-allowed'
}

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`)

const frequencyFields: Readonly<Record<string, string[]>> = {
  Hourly: ['frequency', 'start', 'end', 'every'],
  Daily: ['frequency', 'start'],
  Weekly: ['frequency', 'start', 'weekDays'],
  Monthly: ['frequency', 'start', 'monthDay'],
}

const insideOf = (path: readonly PropertyKey[]): string => path.filter((part) => typeof part === 'string').join('.')
const isTimes = (path: readonly PropertyKey[]): boolean => insideOf(path) === 'schedules.repeats'

/** Whether the times at a place are those under “as-read”, which tell everything by themselves. */
const isBesideAsRead = (path: readonly PropertyKey[], root: unknown): boolean => valueAt(root, [...path, 'as-read']) !== undefined

/** The fields that a place knows, for a suggestion. */
const knownFields = (path: readonly PropertyKey[], root: unknown): string[] => {
  if (isTimes(path)) {
    const frequency = valueAt(root, [...path, 'frequency'])
    return typeof frequency === 'string' ? (frequencyFields[frequency] ?? []) : ['as-read']
  }
  return fields[insideOf(path)] ?? []
}

const unknownField = (path: readonly PropertyKey[], key: string, root: unknown, { ofKey }: Places): YamlFinding => {
  const known = knownFields(path, root)
  const near = nearMiss(key, known)
  if (isTimes(path) && isBesideAsRead(path, root)) return { ...ofKey(path, key), path: pathWords([...path, key]), rule: 'unknown-field', message: `Beside “as-read” stands no other field such as “${key}”: times are written in one of the two ways.` }
  const help = near === undefined ? (known.length === 0 ? '' : ` Known here: ${known.join(', ')}.`) : ` Is “${near}” meant?`
  return { ...ofKey(path, key), path: pathWords([...path, key]), rule: 'unknown-field', message: `No field “${key}” is known here.${help}` }
}

const isTime = (path: readonly PropertyKey[]): boolean => path.includes('repeats') && (path.at(-1) === 'start' || path.at(-1) === 'end')

/** Where the schema has no words of its own, or has those of a form. */
const wordsOf = (issue: Issue, root: unknown): string => {
  if (issue.code === 'invalid_type' && isTime(issue.path) && valueAt(root, issue.path) !== undefined) return 'A time is a text such as "07:00:00"; put it in quotes'
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid input')) return issue.message
  if (issue.expected === 'array') return issue.path.at(-1) === 'weekDays' ? 'Weekly needs the days of the week, such as weekDays: [Monday, Friday]' : 'A list belongs here'
  if (issue.expected !== 'object' && issue.expected !== 'record') return 'A text belongs here; put it in quotes'
  const known = knownFields(issue.path, root)
  return known.length === 0 ? 'Fields belong here' : `Fields belong here: ${known.join(', ')}`
}

const findingsOf = (issue: Issue, root: unknown, places: Places): YamlFinding[] => {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(issue.path, key, root, places))
  const rule = ruleOf(issue, root)
  const field = issue.path.at(-1)
  const words = sentence(wordsOf(issue, root))
  const message = rule === 'missing-field' && typeof field === 'string' ? `“${field}” is missing. ${words}` : words
  return [{ ...places.of(issue.path), path: pathWords(issue.path), rule, message }]
}

/** A second row of the same schedule or content, which would otherwise win or lose silently. */
const duplicatesIn = ({ schedules }: ScheduleDocument, places: Places): YamlFinding[] => {
  const findings: YamlFinding[] = []
  const firstBy = new Map<string, number>()
  const add = (path: (string | number)[], rule: string, message: string): void => void findings.push({ ...places.of(path), path: pathWords(path), rule, message })
  for (const [at, { name, content = [] }] of schedules.entries()) {
    const first = firstBy.get(name)
    if (first === undefined) firstBy.set(name, at)
    else add(['schedules', at, 'name'], 'duplicate-name', `The schedule “${name}” stands here twice: line ${places.of(['schedules', first, 'name']).line} has it, too. Names are unique on a server.`)
    const contents = new Set<string>()
    for (const [row, one] of content.entries()) {
      const key = contentKey(one)
      if (contents.has(key)) add(['schedules', at, 'content', row], 'duplicate-content', `On the schedule “${name}” ${contentWords(one)} stands twice.`)
      contents.add(key)
    }
  }
  return findings
}

const byPlace = (findings: readonly YamlFinding[]): YamlFinding[] => findings.toSorted((a, b) => a.line - b.line || a.column - b.column || Number(b.rule === 'unknown-field') - Number(a.rule === 'unknown-field')).slice(0, maxFaults)

/** Reads a text of schedules: all of it, or everything that is wrong with it (the first 200 faults). */
export const readSchedules = (text: string): Reading => {
  if (text.length > maxText) return { ok: false, faults: [{ line: 1, column: 1, path: '', rule: 'too-long', message: `The text has ${text.length} characters; at most ${maxText} are read.` }] }
  const { value, places, faults } = parseYaml(text)
  if (faults.length > 0) return { ok: false, faults: byPlace(faults) }
  if (value === null || value === undefined) return { ok: false, faults: [{ line: 1, column: 1, path: '', rule: 'missing-field', message: 'The text is empty. It begins with “refreshboard: 1”.' }] }
  const parsed = documentSchema.safeParse(value)
  if (!parsed.success) return { ok: false, faults: byPlace(parsed.error.issues.flatMap((issue) => findingsOf(issue, value, places))) }
  const duplicates = duplicatesIn(parsed.data, places)
  if (duplicates.length > 0) return { ok: false, faults: byPlace(duplicates) }
  return { ok: true, document: parsed.data, lint: byPlace(lintOf(parsed.data).map(({ path, ...finding }) => ({ ...places.of(path), path: pathWords(path), ...finding }))) }
}
