import { describe, expect, it } from 'vitest'
import { createScheduleSchema, scheduleChangesSchema } from './schedules.ts'

const problemsOf = (name: string): string[] => {
  const created = createScheduleSchema.safeParse({ name, type: 'Extract', recurrence: { frequency: 'Daily', start: '01:00:00' } })
  const changed = scheduleChangesSchema.safeParse({ name })
  return [created, changed].flatMap(({ error }) => error?.issues.map(({ message }) => message) ?? [])
}

describe('the name of a schedule', () => {
  it.each(['Nightly', 'a\tb\nc', 'é 🚀 \u0085\u2028', '"><x/>', '\u007F'])('can be %j', (name) => {
    expect(problemsOf(name)).toEqual([])
  })

  it.each(['a\u0000b', '\u0001', '\uFFFE', '\uD800', 'a\uDC00'])('cannot be %j, which XML cannot hold', (name) => {
    expect(problemsOf(name)).toEqual(['The name holds a character that cannot be sent to Tableau', 'The name holds a character that cannot be sent to Tableau'])
  })
})
