import type { Schedule } from '@refreshboard/api-types'
import { alikeKey } from './alike.ts'
import type { ScheduleDocument } from './document.ts'
import { grouped } from './grouped.ts'

interface Lookalikes {
  /** The names that a schedule of the text, which is not there, may be mistaken for: of what is there, or stands before it. */
  readonly of: (name: string) => readonly string[]
  /** What is there and may be meant by one that is not. */
  readonly isMeant: (schedule: Schedule) => boolean
}

/** Schedules whose names differ in capitals, blanks or the form of their letters alone: a server may have both, a person hardly means it. */
export const lookalikes = (there: readonly Schedule[], { schedules }: ScheduleDocument): Lookalikes => {
  const names = new Set(there.map(({ name }) => name))
  const byKey = grouped(there, ({ name }) => alikeKey(name))
  const missing = grouped(
    schedules.filter(({ name }) => !names.has(name)),
    ({ name }) => alikeKey(name),
  )
  return {
    of: (name) => {
      const key = alikeKey(name)
      const made = (missing.get(key) ?? []).map((one) => one.name)
      return [...(byKey.get(key) ?? []).map((one) => one.name), ...made.slice(0, Math.max(0, made.indexOf(name)))]
    },
    isMeant: ({ name }) => missing.has(alikeKey(name)),
  }
}
