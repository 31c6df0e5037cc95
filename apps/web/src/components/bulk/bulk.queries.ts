import { getBulk, listBulk, planBulk, type BulkRun, type OutputOf, type PlanBulk } from '@refreshboard/api-types'
import type { Query } from '@tanstack/react-query'
import { readOf } from '../../lib/query.ts'
import { isOver, isUnderWay } from './bulk-words.ts'

const oneSecond = 1000
const linkEveryMs = 5000
const calmEveryMs = 60_000

const everyMs = (states: readonly BulkRun['state'][], busyMs: number): number | false => {
  if (states.some(isUnderWay)) return busyMs
  return states.every(isOver) ? false : linkEveryMs
}

/** A dry run. It sends nothing to Tableau, and is made anew each time a dialog asks for it. */
export const planOf = (wanted: PlanBulk, dialog: string) => ({
  ...readOf(planBulk, { body: wanted }, { as: dialog }),
  staleTime: Infinity,
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
})

/** One run with its items, asked for every second while it is under way, until it is over. */
export const runOf = (id: string) => ({
  ...readOf(getBulk, { params: { id } }),
  refetchInterval: ({ state: { data, status } }: Query<OutputOf<typeof getBulk>>): number | false =>
    data === undefined || status === 'error' ? linkEveryMs : everyMs([data.state], oneSecond),
  refetchOnWindowFocus: 'always' as const,
  refetchOnReconnect: 'always' as const,
})

/** Every run of this person. Asking is also what lets one go on that was interrupted, so it is asked for now and then. */
export const runsOf = () => ({
  ...readOf(listBulk, undefined),
  staleTime: oneSecond,
  refetchInterval: ({ state: { data } }: Query<OutputOf<typeof listBulk>>): number =>
    (data?.runs ?? []).some(({ state }) => isUnderWay(state)) ? linkEveryMs : calmEveryMs,
  refetchOnWindowFocus: 'always' as const,
  refetchOnReconnect: 'always' as const,
})
