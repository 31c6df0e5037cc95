import type { AddToSchedule, Content, Schedule, Task } from '@refreshboard/api-types'
import type { Failure } from '../../lib/api-error.ts'
import { contentName } from '../../lib/task-words.ts'

interface AddWords {
  title: string
  lead: string
  /** The type of the schedules that do it. */
  scheduleType: Schedule['type']
  missing: { content: string; schedule: string }
  button: string
  /** After “Sales” and by what. */
  done: { title: string; text: (what: string, where: string) => string }
}

/** Adding is said by what the schedule then does. */
export const addWords: Record<AddToSchedule['kind'], AddWords> = {
  extractRefresh: {
    title: 'Add to a schedule',
    lead: 'The schedule refreshes the content from then on. It is always a full refresh; incremental can be set in Tableau’s own pages only.',
    scheduleType: 'Extract',
    missing: { content: 'Choose the workbook or data source that is to be refreshed.', schedule: 'Choose the schedule that refreshes it.' },
    button: 'Add to schedule',
    done: { title: 'Added to the schedule', text: (what, where) => `“${what}” is refreshed by ${where} from now on.` },
  },
  dataAcceleration: {
    title: 'Accelerate a workbook',
    lead: 'Tableau prepares the data of the workbook in advance whenever the schedule runs, so that its views open sooner. Only workbooks can be accelerated, and by schedules of their own type.',
    scheduleType: 'DataAcceleration',
    missing: { content: 'Choose the workbook that is to be accelerated.', schedule: 'Choose the schedule that accelerates it.' },
    button: 'Add to schedule',
    done: { title: 'Added to the schedule', text: (what, where) => `“${what}” is accelerated by ${where} from now on.` },
  },
}

/** What Tableau’s refusal means for adding, where its own words do not say it. */
export const refusalWords = ({ code, tableau }: Failure): string | undefined => {
  // Add to Server Schedule answers an unknown schedule so.
  if (tableau?.code === '500000') return 'Tableau answers so when it does not know the schedule: it may have been deleted since it was read. Choose another one.'
  if (tableau?.code === '403032') return 'Administrators, the owner of the content and the leaders of its project can add it. Ask one of them.'
  if (tableau?.code === '409087') return 'Administrators of the site and of the server can accelerate workbooks. Ask one of them.'
  return code === 'not_found' ? 'The workbook or data source may have been deleted, or you may not see it any more. Choose another one.' : undefined
}

/** The task that refreshes this content on this schedule already. */
export const taskOn = (tasks: readonly Task[], content: Pick<Content, 'id'>, scheduleId: string): Task | undefined =>
  tasks.find((task) => task.content?.id === content.id && task.schedule?.id === scheduleId)

/** Why this content cannot be chosen. */
export const contentFault = (content: Content, kind: AddToSchedule['kind'] = 'extractRefresh'): string | undefined => {
  if (kind === 'dataAcceleration') return content.kind === 'workbook' ? undefined : `“${contentName(content)}” is a data source: only a workbook can be accelerated.`
  return content.hasExtracts === false ? `“${contentName(content)}” has no extract: it reads its data live, so there is nothing to refresh.` : undefined
}
