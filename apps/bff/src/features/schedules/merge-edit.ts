import type { Schedule, ScheduleChanges, UpdateSchedule } from '@refreshboard/api-types'
import { sameServerTimes } from '@refreshboard/recurrence'
import { differencesIn, type Differences } from '../../writes/edit-result.ts'
import { mergedFields } from '../../writes/merge-fields.ts'
import { missingOf, nameOf, wordsOf, type Values } from './schedule-values.ts'

type Field = keyof ScheduleChanges

const fields = ['name', 'state', 'priority', 'executionOrder', 'recurrence'] as const

/** Frequency and times are one field: neither means anything without the other. */
const isAsSeen = (field: Field, seen: Values, now: Schedule, timesAreTold: boolean): boolean => {
  if (field === 'recurrence') {
    const sameTimes = seen.recurrence === undefined || !timesAreTold || sameServerTimes(seen.recurrence, now.recurrence)
    return sameTimes && (seen.frequency === undefined || seen.frequency === now.frequency)
  }
  if (field === 'executionOrder' && !timesAreTold) return true
  return seen[field] === undefined || seen[field] === now[field]
}

/** Times in words; where only the frequency was seen, that. */
const told = (field: Field, values: Values): string => wordsOf(field === 'recurrence' && values.recurrence === undefined ? 'frequency' : field, values)

const only = (changes: ScheduleChanges, kept: readonly Field[]): ScheduleChanges => Object.fromEntries(Object.entries(changes).filter(([field]) => kept.some((one) => one === field)))

/** What is left to send of an edit, and what somebody else had changed meanwhile; sentences. */
export interface MergedEdit {
  readonly changes: ScheduleChanges
  readonly merged: readonly string[]
}

/**
 * Lays an edit on the schedule as it is now, field by field: what only the person changed is sent, what only somebody else changed
 * stays, what both changed alike is not sent again. What both changed differently collides: `changed_elsewhere`, and nothing is sent.
 * `timesAreTold` is false on a server before API 3.8, whose list holds neither times nor order: what is not told is not compared.
 */
export const mergeEdit = ({ changes, seen }: UpdateSchedule, now: Schedule, timesAreTold: boolean): MergedEdit => {
  const mine = fields.filter((field) => changes[field] !== undefined)
  const missing = missingOf(changes, now, timesAreTold)
  const isUntold = (field: Field): boolean => !timesAreTold && (field === 'recurrence' || field === 'executionOrder')
  const left = mine.filter((field) => missing.includes(field) || isUntold(field))
  const theirs = fields.filter((field) => !isAsSeen(field, seen, now, timesAreTold))
  const merged = mergedFields({ mine, left, theirs, nameOf, before: (field) => told(field, seen), now: (field) => told(field, now) })
  return { changes: only(changes, left), merged }
}

/** What was read after a save that is neither what was sent nor as it was before. */
export const differencesAfter = (sent: ScheduleChanges, before: Schedule, saved: Schedule, timesAreTold: boolean): Differences => {
  const missing = missingOf(sent, saved, timesAreTold)
  const moved = fields.filter((field) => sent[field] === undefined && !isAsSeen(field, before, saved, timesAreTold))
  return differencesIn({ missing, moved, nameOf, before: (field) => told(field, before), saved: (field) => told(field, saved) })
}
