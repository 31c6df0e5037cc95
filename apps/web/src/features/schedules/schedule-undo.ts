import { updateSchedule, updateScheduleSchema, type Schedule, type ScheduleChanges, type UpdateSchedule } from '@refreshboard/api-types'
import { fromServerRecurrence, sameServerTimes, toServerRecurrence } from '@refreshboard/recurrence'
import { undoBy, type UndoOffer } from '../../components/undo.ts'
import { invalidates } from './schedule-writes.ts'

/** What puts a change back, or why nothing does. */
type Opposite = { body: UpdateSchedule } | { why: string }

const fields = ['name', 'state', 'priority', 'executionOrder'] as const
const names = { name: 'name', state: 'state', priority: 'priority', executionOrder: 'order of its tasks' } as const

/** The edit that puts every changed field back to what was read before, on the condition that nobody has changed it since. */
export const oppositeOf = (before: Schedule, changes: ScheduleChanges): Opposite => {
  const changed = fields.filter((field) => changes[field] !== undefined)
  const untold = changed.find((field) => before[field] === undefined)
  if (untold !== undefined) return { why: `Tableau does not tell what the ${names[untold]} was before.` }
  const times = changes.recurrence === undefined ? undefined : before.recurrence === undefined ? ({ writable: false, reason: 'Tableau does not tell what they were.' } as const) : toServerRecurrence(before.recurrence)
  if (times?.writable === false) return { why: `The times before cannot be written back. ${times.reason}` }
  const parsed = updateScheduleSchema.safeParse({
    changes: { ...Object.fromEntries(changed.map((field) => [field, before[field]])), ...(times === undefined ? {} : { recurrence: times.value }) },
    seen: {
      ...Object.fromEntries(changed.map((field) => [field, changes[field]])),
      ...(changes.recurrence === undefined ? {} : { frequency: changes.recurrence.frequency, recurrence: fromServerRecurrence(changes.recurrence) }),
    },
  })
  if (!parsed.success) return { why: `What was there before cannot be written back: ${parsed.error.issues[0]?.message ?? 'Tableau does not take it'}.` }
  const { recurrence, ...plain } = parsed.data.changes
  const same = changed.every((field) => plain[field] === before[field]) && (recurrence === undefined || sameServerTimes(fromServerRecurrence(recurrence), before.recurrence))
  return same ? { body: parsed.data } : { why: 'What was there before cannot be written back exactly.' }
}

/** What is said before a change that cannot be undone; nothing where it can. */
export const finalOf = (before: Schedule, changes: ScheduleChanges): string | undefined => {
  const opposite = oppositeOf(before, changes)
  return 'why' in opposite ? opposite.why : undefined
}

/**
 * The undo of a change that was just taken. `name`: what it is called now. `alike`: what somebody else had set to the same before, which
 * is theirs and stays.
 */
export const undoOf = (before: Schedule, changes: ScheduleChanges, name: string, alike: readonly string[] = []): UndoOffer | undefined => {
  const mine: ScheduleChanges = Object.fromEntries(Object.entries(changes).filter(([field]) => !alike.includes(field)))
  const opposite = Object.keys(mine).length === 0 ? { why: 'Nothing was sent.' } : oppositeOf(before, mine)
  return 'why' in opposite ? undefined : undoBy({ endpoint: updateSchedule, input: { params: { id: before.id }, body: opposite.body }, invalidates, what: `the change of “${name}”` })
}
