import type { Task } from '@refreshboard/api-types'
import { describeRecurrence, fromCloudRecurrence } from '@refreshboard/recurrence'
import type { ElsewhereRow } from '../../components/elsewhere-note.tsx'
import type { Difference } from '../../components/save-dialog.tsx'
import { changedFields, recurrenceOf, type TaskValues } from './task-values.ts'
import { refreshTypeWords, scheduleName } from '../../lib/task-words.ts'

type Field = 'refreshType' | 'recurrence'

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

/** What saving would change, in words. */
export const differencesOf = (base: Task, values: TaskValues, timesOpen: boolean): Difference<Field>[] =>
  changedFields(base, values, timesOpen).map((field) => ({ field, label: labels[field], before: toldOf(base, field), after: typedOf(values, field) }))

/** What somebody else has changed in the meantime, beside what is typed. */
export const changedElsewhere = (before: Task, now: Task, values: TaskValues, timesOpen: boolean): ElsewhereRow[] =>
  (['refreshType', 'recurrence'] as const)
    .filter((field) =>
      field === 'refreshType'
        ? before.refreshType !== now.refreshType
        : before.schedule?.frequency !== now.schedule?.frequency || JSON.stringify(before.schedule?.recurrence) !== JSON.stringify(now.schedule?.recurrence),
    )
    .map((field) => ({ field, label: labels[field], before: toldOf(before, field), now: toldOf(now, field), mine: field === 'recurrence' && !timesOpen ? toldOf(now, field) : typedOf(values, field) }))
