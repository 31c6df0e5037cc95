import type { Task } from '@refreshboard/api-types'
import { describeRecurrence, fromCloudRecurrence, sameCloudTimes } from '@refreshboard/recurrence'
import type { ElsewhereRow, Whose } from '../../components/elsewhere-note.tsx'
import type { Difference } from '../../components/save-dialog.tsx'
import { changedFields, recurrenceOf, type TaskValues } from './task-values.ts'
import { cadenceOf, refreshTypeWords, scheduleName } from '../../lib/task-words.ts'

export type Field = 'refreshType' | 'recurrence'

const labels = { refreshType: 'Refresh', recurrence: 'Repeats' } as const

/** A field of a read task in words. */
const toldOf = ({ refreshType, schedule }: Task, field: Field): string => {
  if (field === 'refreshType') return refreshType === undefined ? 'not told' : refreshTypeWords(refreshType)
  return schedule === undefined ? 'no times' : scheduleName(schedule)
}

/** The same of what was typed. */
const typedOf = (values: TaskValues, field: Field): string => {
  if (field === 'refreshType') return refreshTypeWords(values.refreshType)
  const recurrence = recurrenceOf(values)
  return recurrence === undefined ? 'not complete' : describeRecurrence(fromCloudRecurrence(recurrence))
}

/** Two that read the same are told by what Tableau calls them: “Mon at 05:00” is a Weekly, or a Daily on one day. */
const toldApart = (difference: Difference<Field>, base: Task, values: TaskValues): Difference<Field> =>
  difference.field === 'recurrence' && difference.before === difference.after && base.schedule !== undefined
    ? { ...difference, before: `${difference.before} (${cadenceOf(base.schedule)})`, after: `${difference.after} (${values.frequency})` }
    : difference

/** What saving would change, in words. */
export const differencesOf = (base: Task, values: TaskValues, timesOpen: boolean): Difference<Field>[] =>
  changedFields(base, values, timesOpen).map((field) => toldApart({ field, label: labels[field], before: toldOf(base, field), after: typedOf(values, field) }, base, values))

const isAnother = (field: Field, a: Task, b: Task): boolean =>
  field === 'refreshType' ? a.refreshType !== b.refreshType : a.schedule?.frequency !== b.schedule?.frequency || !sameCloudTimes(a.schedule?.recurrence, b.schedule?.recurrence)

/** Two readings of a task, what was typed between them, and of which fields theirs was taken. */
export interface Elsewhere {
  before: Task
  now: Task
  /** As it stood in the form. */
  typed: TaskValues
  /** What of it was typed here, and is not what is there now. */
  collides: readonly Field[]
  taken: readonly Field[]
}

/** What somebody else has changed in the meantime, beside what is typed. `timesOpen`: whether its times are being changed here at all. */
export const changedElsewhere = ({ before, now, collides, taken }: Elsewhere, values: TaskValues, timesOpen: boolean): ElsewhereRow<Field>[] =>
  (['refreshType', 'recurrence'] as const)
    .filter((field) => isAnother(field, before, now))
    .map((field) => ({
      field,
      label: labels[field],
      before: toldOf(before, field),
      now: toldOf(now, field),
      mine: field === 'recurrence' && !timesOpen ? toldOf(now, field) : typedOf(values, field),
      whose: collides.includes(field) ? ((taken.includes(field) ? 'theirs' : 'mine') satisfies Whose) : undefined,
    }))
