import { luidSchema, scheduleSchema, type Luid, type PlanBulk, type Schedule } from '@refreshboard/api-types'
import { z } from 'zod'
import type { BulkAction, BulkContext, PlannedItem } from '../../bulk/bulk-action.ts'
import { countOf } from '../../bulk/words.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { assertPermitted, mayWriteSchedules } from '../../session/roles.ts'
import { assertServerSchedules } from '../../session/server-features.ts'
import { isScheduleGone } from '../../shelves/schedule-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { Locks } from '../../writes/locks.ts'
import { requestFor } from './schedule-request.ts'
import { updateIntention } from './update.ts'

type Action = 'schedules.suspend' | 'schedules.resume'
type Wanted = Extract<PlanBulk, { action: Action }>

const inputSchema = z.object({ id: luidSchema, seen: scheduleSchema.pick({ state: true }) })

/** So many schedules are read at a time. */
const readAtOnce = 4

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

/** Suspends, or resumes, many schedules. */
export const bulkState = ({ shelves, locks }: { shelves: Shelves; locks: Locks }, action: Action): BulkAction<Wanted> => {
  const { verb, state, will, already } = words[action]

  const itemOf = async ({ principal, tableau }: BulkContext, id: Luid): Promise<PlannedItem> => {
    const common = { id, step: 'act', will } as const
    try {
      const { schedule, timesAreTold } = await shelves.of(principal).schedules.readOne(tableau, id)
      const reason = schedule.state === state ? already : damage(schedule, state, timesAreTold)
      return { ...common, name: schedule.name, about: schedule.type, ...(reason === undefined ? {} : { reason }), input: { id, seen: { state: schedule.state } } }
    } catch (error) {
      if (!isScheduleGone(error)) throw error
      return { ...common, name: id, reason: 'Tableau does not know this schedule any more.', input: { id } }
    }
  }

  return {
    action,
    intentions: 1,
    atOnce: 3,
    firstErrorHalts: false,
    plan: async (context, { select }) => {
      assertServerSchedules(context.facts)
      assertPermitted(mayWriteSchedules(context.facts))
      const items: PlannedItem[] = []
      for (let at = 0; at < select.ids.length; at += readAtOnce) items.push(...(await Promise.all(select.ids.slice(at, at + readAtOnce).map((id) => itemOf(context, id)))))
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
