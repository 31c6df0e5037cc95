import { listDataAccelerationTasks, type OutputOf } from '@refreshboard/api-types'
import type { Query } from '@tanstack/react-query'
import { listEveryMs } from '../../components/data-age.tsx'
import { receiptNow, type Receipt } from '../../lib/live.ts'
import { readOf } from '../../lib/query.ts'

/** All data acceleration tasks as the cache holds them: with when they came. */
export type HeldAccelerations = OutputOf<typeof listDataAccelerationTasks> & { receipt: Receipt }

const namesEveryMs = 1000

/** Every data acceleration task of the site, read again while somebody looks; each second until the names are there. */
export const allAccelerations = () => ({
  ...readOf(listDataAccelerationTasks, undefined, { keep: (output): HeldAccelerations => ({ ...output, receipt: receiptNow() }) }),
  refetchInterval: ({ state: { data, status } }: Query<HeldAccelerations>): number => (status !== 'error' && data?.named === false ? namesEveryMs : listEveryMs),
})
