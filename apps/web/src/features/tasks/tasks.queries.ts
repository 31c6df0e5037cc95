import { getDatasource, getSchedule, getTaskJob, getTimeZone, getWorkbook, listSchedules, listScheduleTasks, listTasks, type OutputOf } from '@refreshboard/api-types'
import type { Query } from '@tanstack/react-query'
import { listEveryMs } from '../../components/data-age.tsx'
import { ApiError } from '../../lib/api-error.ts'
import { isOver } from '../../lib/job-words.ts'
import { pollDelay, receiptNow, sinceReceipt, type Receipt } from '../../lib/live.ts'
import { queryKeyOf, readOf } from '../../lib/query.ts'

/** All tasks as the cache holds them: with when they came. */
export type HeldTasks = OutputOf<typeof listTasks> & { receipt: Receipt }

const namesEveryMs = 1000

const nextRead = ({ state: { data, error, status } }: Query<HeldTasks>): number | false => {
  if (status !== 'error') return data?.named === false ? namesEveryMs : listEveryMs
  const retryAt = error instanceof ApiError ? error.problem?.retryAt : undefined
  return pollDelay({
    paused: false,
    everyMs: listEveryMs,
    complete: true,
    failed: true,
    retryAt: retryAt === undefined ? undefined : Date.parse(retryAt),
    sinceGoodMs: data === undefined ? 0 : sinceReceipt(data.receipt),
    now: Date.now(),
  })
}

/** Every task that the person may see, read again while somebody looks; each second until the names are there. */
export const allTasks = () => ({
  ...readOf(listTasks, undefined, {
    as: 'held',
    keep: (output, client): HeldTasks => {
      // The zone of a site of Tableau Cloud may be found by its tasks: every time of the page follows at once.
      if (output.timeZone !== undefined) client.setQueryData(queryKeyOf(getTimeZone, undefined), { timeZone: output.timeZone })
      return { ...output, receipt: receiptNow() }
    },
  }),
  refetchInterval: nextRead,
})

const jobEveryMs = 5000

/** The latest job of a task, followed to its end and then looked for as often as the list is read. */
export const jobOfTask = (taskId: string) => ({
  ...readOf(getTaskJob, { params: { id: taskId } }),
  refetchInterval: ({ state: { data, status } }: Query<OutputOf<typeof getTaskJob>>): number =>
    status !== 'error' && data?.known === true && data.job !== undefined && !isOver(data.job) ? jobEveryMs : listEveryMs,
})

const wordsFreshMs = 60_000

/** One schedule, whose times the drawer tells in words. */
export const scheduleOf = (id: string) => ({ ...readOf(getSchedule, { params: { id } }, { as: 'words' }), staleTime: wordsFreshMs })

/** The tasks of one schedule: the only place that tells full from incremental. */
export const tasksOfSchedule = (id: string) => ({ ...readOf(listScheduleTasks, { params: { id } }, { as: 'types' }), staleTime: wordsFreshMs })

export type HeldSchedules = OutputOf<typeof listSchedules> & { receipt: Receipt }

/** Every schedule, asked for again each second until the times of all are known. */
export const allSchedules = () => ({
  ...readOf(listSchedules, undefined, { as: 'choices', keep: (output): HeldSchedules => ({ ...output, receipt: receiptNow() }) }),
  refetchInterval: ({ state: { data, status } }: Query<HeldSchedules>): number =>
    status !== 'error' && data !== undefined && data.details.unavailable === undefined && data.details.known < data.details.wanted ? namesEveryMs : listEveryMs,
})

export const workbookOf = (id: string) => ({ ...readOf(getWorkbook, { params: { id } }), staleTime: wordsFreshMs })

export const datasourceOf = (id: string) => ({ ...readOf(getDatasource, { params: { id } }), staleTime: wordsFreshMs })
