import { luidSchema, scheduleTypes, type Schedule, type Session } from '@refreshboard/api-types'
import { notUnderstood, toServerRecurrence } from '@refreshboard/recurrence'
import { typeInWords } from './schedule-words.ts'

/** `true`, or why not, in a sentence for people. It only shapes the page: Tableau decides again on every call. */
export type Can = true | string

export const canWriteSchedules = ({ can }: Pick<Session, 'can'>): Can => (can.writeSchedules.allowed ? true : can.writeSchedules.reason)

/** Types that an update may be about; Tableau runs the others for itself. Data acceleration ended with API 3.16, its schedules did not. */
const changeableTypes: readonly string[] = scheduleTypes

/** Whether anything of it can be changed. */
export const canEdit = (schedule: Schedule, session: Pick<Session, 'can'>): Can => {
  const can = canWriteSchedules(session)
  if (can !== true) return can
  if (!luidSchema.safeParse(schedule.id).success) return 'Tableau gave this schedule an id that it does not accept back.'
  if (!changeableTypes.includes(schedule.type)) return `It is a schedule of the type ${typeInWords(schedule.type)}, which is changed in Tableau’s own pages only.`
  return notUnderstood(schedule) ?? true
}

/** Whether its times can be written back; `undefined` while they are not known. */
export const timesFault = ({ recurrence }: Pick<Schedule, 'recurrence'>): string | undefined => {
  if (recurrence === undefined) return undefined
  const read = toServerRecurrence(recurrence)
  return read.writable ? undefined : read.reason
}

/** Extract refresh tasks go on Extract schedules only, data acceleration tasks on those of their own type. */
export const canAddContent = (schedule: Schedule, { can }: Pick<Session, 'can'>): Can => {
  if (!luidSchema.safeParse(schedule.id).success) return 'Tableau gave this schedule an id that it does not accept back.'
  if (schedule.type === 'DataAcceleration') return can.dataAcceleration.allowed ? true : can.dataAcceleration.reason
  if (!can.addToSchedules.allowed) return can.addToSchedules.reason
  return schedule.type === 'Extract' ? true : `It is a schedule of the type ${typeInWords(schedule.type)}: workbooks and data sources are refreshed by Extract schedules only.`
}
