import type { ServerTimeZone } from '@refreshboard/api-types'
import { isRefusal, TableauUnsupportedError } from '@refreshboard/tableau-client'
import type { Clock } from '../../clock.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { assertOffered, assertServerSchedules, hasDataAcceleration, hasServerSchedules, tellsScheduleTimes } from '../../session/server-features.ts'
import type { SessionFacts } from '../../session/sessions.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { Shelf, Shelves } from '../../shelves/shelves.ts'
import { taskZone, type TimeZones } from '../../shelves/time-zones.ts'
import type { Locks } from '../../writes/locks.ts'
import { requestOf, writeReply } from '../../writes/write-request.ts'
import type { Writes } from '../../writes/writes.ts'
import { createIntention } from './create.ts'
import { deleteIntention } from './delete.ts'
import { readScheduleList, scheduleZone } from './schedule-list.ts'
import { updateIntention } from './update.ts'

interface SchedulesDeps {
  timeZones: TimeZones
  shelves: Shelves
  writes: Writes
  locks: Locks
  clock: Clock
}

type SchedulesHandlers = Pick<Handlers, 'listSchedules' | 'createSchedule' | 'getTimeZone' | 'getSchedule' | 'updateSchedule' | 'deleteSchedule'>

/** The zone is asked for by itself; more schedules tell it better. */
const zoneMs = 2000

/** Not everybody may list schedules, and not every server has them. */
const tellsNoZone = (error: unknown): boolean =>
  error instanceof TableauUnsupportedError || (error instanceof ProblemError && error.code === 'unsupported_here') || isRefusal(error)

const readZone = async (timeZones: TimeZones, { schedules, tasks }: Shelf, facts: SessionFacts, tableau: TableauSession): Promise<ServerTimeZone | undefined> => {
  const known = timeZones.known(facts)
  if (known) return known
  if (!hasServerSchedules(facts).allowed) return timeZones.of(facts, taskZone(tasks, await tasks.read(tableau)))
  if (!tellsScheduleTimes(facts)) return undefined
  try {
    return timeZones.of(facts, scheduleZone(schedules, await schedules.read(tableau, { details: true, waitMs: zoneMs })))
  } catch (error) {
    if (tellsNoZone(error)) return undefined
    throw error
  }
}

export const schedulesHandlers = ({ timeZones, shelves, writes, locks, clock }: SchedulesDeps): SchedulesHandlers => ({
  listSchedules: signedIn(async ({ session, tableau, requestId }) => {
    assertServerSchedules(session.facts)
    return { body: await readScheduleList({ clock, timeZones }, shelves.of(session.principal), { facts: session.facts, tableau, requestId }) }
  }),
  getTimeZone: signedIn(async ({ session, tableau }) => {
    const timeZone = await readZone(timeZones, shelves.of(session.principal), session.facts, tableau)
    return { body: timeZone === undefined ? {} : { timeZone } }
  }),
  getSchedule: signedIn(async ({ input, session, tableau }) => {
    assertServerSchedules(session.facts)
    const { schedule } = await shelves.of(session.principal).schedules.readOne(tableau, input.params.id)
    return { body: schedule }
  }),
  createSchedule: signedIn(async ({ input, session, tableau, ...context }) => {
    assertServerSchedules(session.facts)
    if (input.body.type === 'DataAcceleration') assertOffered(hasDataAcceleration(session.facts))
    return writeReply(await writes.perform(tableau, createIntention(shelves.of(session.principal).schedules, input.body, requestOf(context))))
  }),
  updateSchedule: signedIn(async ({ input: { params, body }, session, tableau, ...context }) => {
    assertServerSchedules(session.facts)
    return writeReply(await writes.perform(tableau, updateIntention(shelves.of(session.principal).schedules, locks, params.id, body, requestOf(context))))
  }),
  deleteSchedule: signedIn(async ({ input, session, tableau, ...context }) => {
    assertServerSchedules(session.facts)
    return writeReply(await writes.perform(tableau, deleteIntention(shelves.of(session.principal), input.params.id, requestOf(context))))
  }),
})
