import type { OutputOf, listSchedules } from '@refreshboard/api-types'
import type { Clock } from '../../clock.ts'
import { dataAgeOf } from '../../http/data-age.ts'
import { toProblemError } from '../../http/error-mapper.ts'
import { isAdministrator } from '../../session/roles.ts'
import { tellsScheduleTimes } from '../../session/server-features.ts'
import { SessionEnded } from '../../session/session-ended.ts'
import type { SessionFacts } from '../../session/sessions.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import { within } from '../../shelves/patience.ts'
import type { ScheduleShelf, ScheduleView } from '../../shelves/schedule-shelf.ts'
import type { Shelf } from '../../shelves/shelves.ts'
import type { TaskShelf, TaskView } from '../../shelves/task-shelf.ts'
import { zoneSamples, type TimeZones, type ZoneSource } from '../../shelves/time-zones.ts'

type ScheduleList = OutputOf<typeof listSchedules>

/** The tasks of a large site come in one reply; the schedules do not wait longer for it. */
const tasksMs = 2000

const tasksOf = (clock: Clock, shelf: TaskShelf, tableau: TableauSession): Promise<TaskView | undefined> =>
  within(
    clock,
    shelf.read(tableau).catch((error: unknown) => {
      if (error instanceof SessionEnded) throw error
      return undefined
    }),
    tasksMs,
  )

const countsOf = (tasks: TaskView): Record<string, number> => {
  const counts = new Map<string, number>()
  for (const { schedule } of tasks.value) if (schedule?.id !== undefined) counts.set(schedule.id, (counts.get(schedule.id) ?? 0) + 1)
  return Object.fromEntries(counts)
}

const unavailableOf = (view: ScheduleView, facts: SessionFacts, now: number): string | undefined => {
  if (!tellsScheduleTimes(facts)) return `Tableau tells the times and the order of a schedule from version 3.8 of its REST API on; this server speaks ${facts.apiVersion}.`
  return view.detailsFailure === undefined ? undefined : toProblemError(view.detailsFailure, now).detail
}

/** What the schedules of a server tell of its zone. */
export const scheduleZone = (shelf: ScheduleShelf, view: ScheduleView): ZoneSource => ({ of: shelf, known: view.details.known, samples: () => zoneSamples(view.schedules, view.list.readAt) })

export const readScheduleList = async (
  { clock, timeZones }: { clock: Clock; timeZones: TimeZones },
  shelf: Shelf,
  { facts, tableau, requestId }: { facts: SessionFacts; tableau: TableauSession; requestId: string },
): Promise<ScheduleList> => {
  const [view, tasks] = await Promise.all([shelf.schedules.read(tableau, { details: tellsScheduleTimes(facts) }), tasksOf(clock, shelf.tasks, tableau)])
  const unavailable = unavailableOf(view, facts, clock.now())
  const timeZone = timeZones.of(facts, scheduleZone(shelf.schedules, view))
  return {
    schedules: [...view.schedules],
    details: { ...view.details, ...(unavailable === undefined ? {} : { unavailable }) },
    ...(tasks === undefined ? {} : { tasks: { scope: isAdministrator(facts.user.siteRole) ? 'site' : 'own', counts: countsOf(tasks) } }),
    ...(timeZone === undefined ? {} : { timeZone }),
    age: dataAgeOf({ ...view.list }, requestId, clock.now()),
  }
}
