import { getSchedule, getTimeZone, listSchedules, listScheduleTasks, type OutputOf, type Schedule } from '@refreshboard/api-types'
import type { Query, QueryFunctionContext } from '@tanstack/react-query'
import { listEveryMs } from '../../components/data-age.tsx'
import type { TableauClock } from '../../components/job-cells.tsx'
import { ApiError } from '../../lib/api-error.ts'
import { pollDelay, receiptNow, sinceReceipt, type Receipt } from '../../lib/live.ts'
import { queryKeyOf, readOf } from '../../lib/query.ts'

/** Every schedule as the cache holds it: when it came, and how many answers in a row brought no new detail. */
export type HeldSchedules = OutputOf<typeof listSchedules> & { receipt: Receipt; still: number }

const oneSecond = 1000

const retryAtOf = (error: unknown, data: HeldSchedules | undefined): number | undefined => {
  const problem = (error instanceof ApiError ? error.problem : undefined) ?? data?.age.failure
  return problem?.retryAt === undefined ? undefined : Date.parse(problem.retryAt)
}

/** While details are still being read every second, slower where they stop coming; then as often as lists are. */
export const nextRead = (data: HeldSchedules | undefined, error: Error | null, now: number): number | false => {
  const calm = pollDelay({
    paused: false,
    everyMs: data === undefined ? undefined : listEveryMs,
    complete: true,
    failed: error !== null,
    retryAt: retryAtOf(error, data),
    sinceGoodMs: data === undefined ? 0 : sinceReceipt(data.receipt),
    now,
  })
  if (calm === false || error !== null || data === undefined || data.age.failure !== undefined) return calm
  const { known, wanted, unavailable } = data.details
  return unavailable === undefined && known < wanted ? Math.min(calm, oneSecond * Math.max(1, data.still - 4)) : calm
}

/** Every schedule of the server, read again by itself. */
export const schedulesList = () => ({
  ...readOf(listSchedules, undefined, {
    keep: (list, client): HeldSchedules => {
      // The zone is inferred from what this answer holds: every time of the page follows at once.
      if (list.timeZone !== undefined) client.setQueryData(queryKeyOf(getTimeZone, undefined), { timeZone: list.timeZone })
      const before = client.getQueryData<HeldSchedules>(queryKeyOf(listSchedules, undefined))
      return { ...list, receipt: receiptNow(), still: before === undefined || list.details.known > before.details.known ? 0 : before.still + 1 }
    },
  }),
  staleTime: oneSecond,
  refetchInterval: ({ state }: Query<HeldSchedules>) => nextRead(state.data, state.status === 'error' ? state.error : null, Date.now()),
  refetchOnWindowFocus: 'always' as const,
  refetchOnReconnect: 'always' as const,
})

/** Tableau's clock, going on by this computer's between the answers. */
export const clockOf = (data: Pick<HeldSchedules, 'age' | 'receipt'> | undefined): TableauClock | undefined =>
  data === undefined ? undefined : { base: Date.parse(data.age.tableauNow), receipt: data.receipt }

/** One schedule as it was read, and when that was. */
export interface HeldSchedule {
  schedule: Schedule
  receipt: Receipt
}

/** One schedule as it is now. */
export const scheduleOf = (id: string) => {
  const read = readOf(getSchedule, { params: { id } }, { keep: (schedule): HeldSchedule => ({ schedule, receipt: receiptNow() }) })
  return {
    ...read,
    queryFn: async (context: QueryFunctionContext): Promise<HeldSchedule> => {
      try {
        return await read.queryFn(context)
      } catch (error) {
        // A list that was read a moment before still has it, and would go on showing it until its next turn.
        if (error instanceof ApiError && error.code === 'not_found') void context.client.invalidateQueries({ queryKey: queryKeyOf(listSchedules, undefined) })
        throw error
      }
    },
  }
}

/** How soon names are looked for that were still being read. */
const namesEveryMs = 1000

/** The tasks on a schedule, as far as this person may see them. */
export const scheduleTasksOf = (id: string) => ({
  ...readOf(listScheduleTasks, { params: { id } }, { keep: (list) => ({ ...list, receipt: receiptNow() }) }),
  refetchInterval: ({ state: { data, status } }: Query<HeldScheduleTasks>): number => (status !== 'error' && data?.named === false ? namesEveryMs : listEveryMs),
})
export type HeldScheduleTasks = OutputOf<typeof listScheduleTasks> & { receipt: Receipt }
