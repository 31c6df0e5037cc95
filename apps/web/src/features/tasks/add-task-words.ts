import type { Content, Task } from '@refreshboard/api-types'
import type { Failure } from '../../lib/api-error.ts'
import { contentName } from './task-words.ts'

/** What Tableau’s refusal means for adding, where its own words do not say it. */
export const refusalWords = ({ code, tableau }: Failure): string | undefined => {
  // Add to Server Schedule answers an unknown schedule so.
  if (tableau?.code === '500000') return 'Tableau answers so when it does not know the schedule: it may have been deleted since it was read. Choose another one.'
  if (tableau?.code === '403032') return 'Administrators, the owner of the content and the leaders of its project can add it. Ask one of them.'
  return code === 'not_found' ? 'The workbook or data source may have been deleted, or you may not see it any more. Choose another one.' : undefined
}

/** The task that refreshes this content on this schedule already. */
export const taskOn = (tasks: readonly Task[], content: Pick<Content, 'id'>, scheduleId: string): Task | undefined =>
  tasks.find((task) => task.content?.id === content.id && task.schedule?.id === scheduleId)

/** Why this content cannot be chosen. */
export const contentFault = (content: Content): string | undefined =>
  content.hasExtracts === false ? `“${contentName(content)}” has no extract: it reads its data live, so there is nothing to refresh.` : undefined
