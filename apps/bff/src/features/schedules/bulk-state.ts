import { luidSchema, scheduleSchema, type Luid, type PlanBulk, type Schedule } from '@refreshboard/api-types'
import { z } from 'zod'
import type { BulkAction, BulkContext, PlannedItem } from '../../bulk/bulk-action.ts'
import { countOf } from '../../bulk/words.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { assertPermitted, mayWriteSchedules } from '../../session/roles.ts'
import { assertServerSchedules, tellsScheduleTimes } from '../../session/server-features.ts'
import { inLanes } from '../../shelves/in-lanes.ts'
import { isScheduleGone, type ScheduleShelf } from '../../shelves/schedule-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { Locks } from '../../writes/locks.ts'
import { requestFor } from './schedule-request.ts'
import { updateIntention } from './update.ts'

type Action = 'schedules.suspend' | 'schedules.resume'
type Wanted = Extract<PlanBulk, { action: Action }>

const inputSchema = z.object({ id: luidSchema, seen: scheduleSchema.pick({ state: true }) })

/** So many schedules are read at a time. */
const readAtOnce = 8

const words = {
  'schedules.suspend': { verb: 'Suspend', state: 'Suspended', will: 'It will be suspended: nothing on it runs until it is resumed.', already: 'It is suspended already.' },
  'schedules.resume': { verb: 'Resume', state: 'Active', will: 'It will be resumed: what is on it runs again when it is due.', already: 'It is active already.' },
} as const

const damage = (now: Schedule, state: 'Active' | 'Suspended', timesAreTold: boolean): string | undefined => {
  try {
    requestFor(now, { state }, timesAreTold)
    return undefined
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return error.detail.replace(' Nothing was sent to Tableau.', '')
  }
}

interface Told {
  readonly schedule: Schedule
  readonly timesAreTold: boolean
}
interface Gone {
  readonly schedule: undefined
  readonly timesAreTold: false
}
const gone: Gone = { schedule: undefined, timesAreTold: false }

const readOne = async (shelf: ScheduleShelf, { tableau }: BulkContext, id: Luid): Promise<Told | Gone> => {
  try {
    return await shelf.readOne(tableau, id)
  } catch (error) {
    if (isScheduleGone(error)) return gone
    throw error
  }
}

/** Whether a plan can be made from what is known of a schedule: only of a Weekly one does it need the times, which no list has. */
const isEnough = ({ frequency, recurrence }: Schedule): boolean => frequency !== 'Weekly' || recurrence !== undefined

/**
 * The schedules as they are now. A thousand read one by one would take longer than anybody waits, so the list is read anew, which is a
 * few pages, and one by one only what neither it nor an earlier reading tells enough of. Each is read by itself before it is written.
 */
const readMany = async (shelf: ScheduleShelf, context: BulkContext, ids: readonly Luid[]): Promise<ReadonlyMap<Luid, Told | Gone>> => {
  const timesAreTold = tellsScheduleTimes(context.facts)
  const { rows } = await shelf.readRowsNow(context.tableau)
  const listed = new Set(rows.map(({ id }) => id))
  const seen = new Map<Luid, Told | Gone>()
  const unread: Luid[] = []
  for (const id of ids) {
    const schedule = listed.has(id) || !timesAreTold ? shelf.peek(id) : undefined
    if (schedule !== undefined && (isEnough(schedule) || !timesAreTold)) seen.set(id, { schedule, timesAreTold })
    else if (timesAreTold) unread.push(id)
  }
  await inLanes(unread, readAtOnce, async (id) => {
    seen.set(id, await readOne(shelf, context, id))
  })
  return seen
}

/** Suspends, or resumes, many schedules. */
export const bulkState = ({ shelves, locks }: { shelves: Shelves; locks: Locks }, action: Action): BulkAction<Wanted> => {
  const { verb, state, will, already } = words[action]

  const itemOf = (id: Luid, { schedule, timesAreTold }: Told | Gone): PlannedItem => {
    const common = { id, step: 'act', will } as const
    if (schedule === undefined) return { ...common, name: id, reason: 'Tableau does not know this schedule any more.', input: { id } }
    const reason = schedule.state === state ? already : damage(schedule, state, timesAreTold)
    return { ...common, name: schedule.name, about: schedule.type, ...(reason === undefined ? {} : { reason }), input: { id, seen: { state: schedule.state } } }
  }

  return {
    action,
    intentions: 1,
    atOnce: 3,
    firstErrorHalts: false,
    plan: async (context, { select }) => {
      assertServerSchedules(context.facts)
      assertPermitted(mayWriteSchedules(context.facts))
      const seen = await readMany(shelves.of(context.principal).schedules, context, select.ids)
      const items = select.ids.map((id) => itemOf(id, seen.get(id) ?? gone))
      return {
        title: `${verb} ${countOf(items, 'schedule')}`,
        warnings: [
          'All sites of the server share its schedules: what other sites have on them is concerned as well.',
          ...(state === 'Active' ? [] : ['What is due while a schedule is suspended does not run, and is not made up for.']),
        ],
        items,
      }
    },
    perform: (context, work, carry) => {
      const { id, seen } = inputSchema.parse(work.input)
      return carry(context, updateIntention(shelves.of(context.principal).schedules, locks, id, { changes: { state }, seen }, work.requestOf(0)))
    },
  }
}
