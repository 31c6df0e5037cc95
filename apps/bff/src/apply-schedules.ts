import { applyAction, wantedSchema, type ApplyDeps } from './features/schedules-as-code/apply-action.ts'
import type { BulkAction } from './bulk/bulk-action.ts'
import { registered } from './bulk/bulk-action.ts'
import type { Clock } from './clock.ts'
import type { ContentDirectories } from './directory/content-directories.ts'
import { createIntention } from './features/schedules/create.ts'
import { deleteIntention as deleteScheduleIntention } from './features/schedules/delete.ts'
import { updateIntention } from './features/schedules/update.ts'
import { addIntention, addTargetOf } from './features/tasks/add.ts'
import { deleteIntention as deleteTaskIntention } from './features/tasks/delete.ts'
import type { ReadText } from './features/schedules-as-code/read-text.ts'
import { ExtractsQuestions } from './features/schedules-as-code/kept-extracts.ts'
import { extractsOf, siteTasks } from './features/tasks/schedule-tasks.ts'
import type { Shelves } from './shelves/shelves.ts'
import type { Locks } from './writes/locks.ts'

/** What schedules as code need of the features whose writes they are carried out with: one feature imports no other. */
export const applyDepsOf = ({ shelves, directories, locks, clock, readText }: { shelves: Shelves; directories: ContentDirectories; locks: Locks; clock: Clock; readText: ReadText }): ApplyDeps => ({
  readText,
  extractsQuestions: new ExtractsQuestions(clock),
  shelves,
  directories,
  clock,
  extractsOn: ({ tableau }, scheduleId) => extractsOf(tableau, scheduleId),
  siteTasks,
  intentions: {
    createSchedule: ({ principal }, input, request) => createIntention(shelves.of(principal).schedules, input, request),
    updateSchedule: ({ principal }, id, input, request) => updateIntention(shelves.of(principal).schedules, locks, id, input, request),
    deleteSchedule: ({ principal }, id, request) => deleteScheduleIntention(shelves.of(principal), id, request),
    addContent: ({ principal }, scheduleId, content, request) => {
      const body = { ...(content.kind === 'workbook' ? { workbookId: content.id } : { datasourceId: content.id }), kind: 'extractRefresh' as const }
      return addIntention(shelves.of(principal), addTargetOf(scheduleId, content, 'extractRefresh'), body, request)
    },
    deleteTask: ({ principal }, id, request) => deleteTaskIntention(shelves.of(principal).tasks, id, request),
  },
})

/** Applying a text of schedules, as the bulk runs know it. */
export const applySchedulesAction = (deps: ApplyDeps): BulkAction<unknown> => registered(applyAction(deps), wantedSchema)
