import { planBulkSchema, type Luid, type PlanBulk } from '@refreshboard/api-types'

type Filter = Extract<Extract<PlanBulk, { action: 'jobs.cancel' }>['select'], { matching: unknown }>['matching']

/** What is to be done something to: some by their ids, or all jobs that match a filter. */
export type Chosen = { ids: readonly string[] } | { matching: Filter }

/** The plan to ask for, as the contract wants it. Ids were checked when they were selected. */
export const chosenAs = (action: PlanBulk['action'], chosen: Chosen, scheduleId?: Luid): PlanBulk =>
  planBulkSchema.parse({ action, select: 'ids' in chosen ? { ids: [...chosen.ids] } : { matching: chosen.matching }, ...(scheduleId === undefined ? {} : { scheduleId }) })
