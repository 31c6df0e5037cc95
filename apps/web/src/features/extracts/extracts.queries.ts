import { getDatasource, getSite, getWorkbook, listExtracts, listTasks, listWorkbookDatasources, type OutputOf } from '@refreshboard/api-types'
import type { Query } from '@tanstack/react-query'
import { listEveryMs } from '../../components/data-age.tsx'
import { ApiError } from '../../lib/api-error.ts'
import { pollDelay, receiptNow, sinceReceipt, type Receipt } from '../../lib/live.ts'
import { readOf } from '../../lib/query.ts'
import { filterQuery, type ContentRef, type ExtractsFilter, type ExtractsSort } from './extracts.search.ts'

/** Rows of one window; the table asks for those that are in sight. */
export const windowSize = 100

/** One window as the cache holds it: with its place, and when it came. */
export type HeldWindow = OutputOf<typeof listExtracts> & { offset: number; receipt: Receipt }

const nextRead = ({ state: { data, error, status } }: Query<HeldWindow>): number | false => {
  const problem = (error instanceof ApiError ? error.problem : undefined) ?? data?.age.failure
  return pollDelay({
    paused: false,
    everyMs: data === undefined && status !== 'error' ? undefined : listEveryMs,
    complete: data?.complete ?? true,
    failed: status === 'error',
    retryAt: problem?.retryAt === undefined ? undefined : Date.parse(problem.retryAt),
    sinceGoodMs: data === undefined ? 0 : sinceReceipt(data.receipt),
    now: Date.now(),
  })
}

interface WindowInput {
  filter: ExtractsFilter
  sort: ExtractsSort
  offset: number
}

/** A window of workbooks and data sources, read again while somebody looks; often until Tableau's lists were read. */
export const extractsWindow = ({ filter, sort, offset }: WindowInput) => ({
  ...readOf(
    listExtracts,
    { query: { ...filterQuery(filter), sort, offset: String(offset), limit: String(windowSize) } },
    { keep: (window): HeldWindow => ({ ...window, offset, receipt: receiptNow() }) },
  ),
  staleTime: 1000,
  refetchInterval: nextRead,
})

const workbookOf = (id: string) => readOf(getWorkbook, { params: { id } })

const datasourceOf = (id: string) => readOf(getDatasource, { params: { id } })

/** One workbook or data source as it is now. */
export const detailOf = ({ kind, id }: ContentRef): { queryKey: readonly unknown[]; queryFn: ReturnType<typeof workbookOf>['queryFn']; refetchInterval: number } => ({
  ...(kind === 'workbook' ? workbookOf(id) : datasourceOf(id)),
  refetchInterval: listEveryMs,
})

/** The data sources that a workbook uses. */
export const datasourcesOf = (workbookId: string) => ({ ...readOf(listWorkbookDatasources, { params: { id: workbookId } }), staleTime: 60_000 })

/** The site, of which its encryption mode is shown, and whether anything may be run by hand. */
export const siteNow = () => ({ ...readOf(getSite, undefined), staleTime: 1000, refetchInterval: listEveryMs })

/** Every task that this person may see: those of the open content are among them, in whatever window it stands. */
export const tasksNow = () => ({ ...readOf(listTasks, undefined, { as: 'extracts' }), staleTime: 1000, refetchInterval: listEveryMs })
