import { createHash } from 'node:crypto'
import type { IntentionKey, WriteResult } from '@refreshboard/api-types'
import type { ProblemError } from '../http/problem-error.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { parsedJson } from '../storage/json.ts'
import { operationOf, type WriteName } from './write-laws.ts'

/** What reading an item back shows: settled, or only what it looks like so far (a sentence). */
export type Seen =
  | { state: 'done'; evidence: string; result?: WriteResult }
  | { state: 'not_done'; evidence: string; problem: ProblemError }
  | { state: 'unconfirmed'; evidence: string }
  | { state: 'checking'; evidence: string }

/**
 * Looks at the item once. `before` is what `send` remembered of it before it sent, as JSON gave it back; undefined when
 * nothing was remembered.
 */
export type ReadBack = (tableau: TableauSession, before: unknown) => Promise<Seen>

/** What Tableau answered to a write: a sentence, and what it made. */
export interface Sent {
  readonly evidence: string
  readonly result?: WriteResult
}

/** Writes down, durably, what was seen before sending; JSON. Call it before the call that has the effect. */
export type Remember = (before: unknown) => Promise<void>

/** What a person wants of Tableau, once. */
export interface Intention {
  readonly key: IntentionKey
  readonly write: WriteName
  /** What is written to, such as a job's id: enough to read it back. */
  readonly target: string
  /** The whole input, without any secret: it is stored. The same key with another one is a mistake. */
  readonly input: unknown
  readonly requestId: string
  /** The bulk run that it belongs to. */
  readonly bulkId?: string
  /** Sends it; resolves with what was seen. Called at most once. A ProblemError means that nothing was sent. */
  readonly send: (tableau: TableauSession, remember: Remember) => Promise<Sent>
  readonly readBack: ReadBack
}

/** Under which key something is asked for, by which request, and in which run, if in one. */
export type IntentionRequest = Pick<Intention, 'key' | 'requestId' | 'bulkId'>

/** Stands for what an intention would do: the same key with another is a mistake. */
export const inputHashOf = (intention: Pick<Intention, 'write' | 'input'>): string =>
  createHash('sha256').update(JSON.stringify([operationOf(intention.write), intention.input])).digest('hex')

/** A record holds no longer text than this of an input, or of what was seen before sending. */
const maxTextBytes = 8192

/** JSON for a record; null when there is nothing or too much. */
export const storedText = (value: unknown): string | null => {
  if (value === undefined) return null
  const text = JSON.stringify(value)
  return Buffer.byteLength(text) > maxTextBytes ? null : text
}

/** What {@link storedText} wrote, to be parsed by its schema; undefined for null. */
export const fromStoredText = (text: string | null): unknown => (text === null ? undefined : parsedJson(text))
