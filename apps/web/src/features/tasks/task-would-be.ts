import { createTask, updateTask, type Task } from '@refreshboard/api-types'
import { meant, type WouldBe } from '../../components/would-send.tsx'
import type { useTaskForm } from './use-task-form.ts'

/** What sending the form as it stands would write. */
export const wouldBeOf = (base: Task | undefined, read: ReturnType<typeof useTaskForm>['read'], unchanged: string | undefined): WouldBe => {
  if (unchanged !== undefined) return { notYet: unchanged }
  if ('errors' in read) return { notYet: `What is typed cannot be sent yet: ${Object.values(read.errors)[0] ?? 'it breaks a rule.'}` }
  if ('changes' in read.body) return base === undefined ? { notYet: '' } : meant(updateTask, { params: { id: base.id }, body: read.body })
  return meant(createTask, { body: read.body })
}
