import type { Job } from '@refreshboard/api-types'
import { hashKey, keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { RowRange } from '../../components/list-table/use-rows.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { jobsWindow, windowSize, type HeldWindow } from './jobs.queries.ts'
import type { JobsFilter, JobsSearch } from './jobs.search.ts'

const windowOf = (row: number): number => Math.floor(Math.max(0, row) / windowSize) * windowSize

const offsetsOf = ({ first, last }: RowRange): number[] => {
  const offsets: number[] = []
  for (let offset = windowOf(first); offset <= Math.max(first, last); offset += windowSize) offsets.push(offset)
  return offsets
}

/**
 * The jobs that match, by row: windows are read as they come into sight and read again while they are. The list stands
 * still at `upTo`; what is created later is only counted until somebody takes it in.
 */
export const useJobsView = ({ search, range, paused }: { search: JobsSearch; range: RowRange; paused: boolean }) => {
  const [upTo, setUpTo] = useState(search.upTo)
  const live = useIsLive()
  const { status, type, q, from, to, sort } = search
  const filter: JobsFilter = { status, type, q, from, to }
  const at = (offset: number) => ({ ...jobsWindow({ filter, sort, upTo, offset }, paused), enabled: live })

  const signature = hashKey([filter, sort])
  const [seen, setSeen] = useState(signature)
  const offsets = offsetsOf(range)
  const head = useQuery({ ...at(offsets[0] ?? 0), placeholderData: keepPreviousData })
  const windows = useQueries({ queries: offsets.map(at) })

  const { data, isPlaceholderData } = head
  if (signature !== seen) {
    // Another view takes in everything that is there by now, unless its address says otherwise.
    setSeen(signature)
    setUpTo(search.upTo ?? (data?.age.complete === true ? data.newest : undefined))
  }
  if (upTo === undefined && data !== undefined && !isPlaceholderData && data.age.complete && data.newest !== undefined) setUpTo(data.newest)

  const held = windows.map((window) => window.data).filter((window): window is HeldWindow => window !== undefined)
  // While other filters are being read, the rows of before stay in sight.
  const shown = held.length === 0 && data !== undefined ? [data] : held
  const rowAt = (index: number): Job | undefined => {
    const window = shown.find(({ offset }) => offset === windowOf(index))
    return window?.rows[index - window.offset]
  }

  const error = head.error ?? windows.find((window) => window.error !== null)?.error ?? null
  return {
    /** The window at the top of the view; absent before the first answer. */
    data,
    rowAt,
    error: live ? error : null,
    /** Other filters are being read; the rows are still those of before. */
    changing: isPlaceholderData && held.length === 0 && offsets.includes(data?.offset ?? -1),
    fetching: head.isFetching,
    upTo,
    /** Takes in everything that is there by now. */
    takeIn: () => setUpTo(data?.age.complete === true ? data.newest : undefined),
    /** Reads again at once. */
    retry: () => {
      void head.refetch()
      for (const window of windows) if (window.error !== null) void window.refetch()
    },
  }
}

/** Tableau's clock now, as milliseconds since 1970, going on by this computer's clock between the answers. */
export const useTableauClock = (data: HeldWindow | undefined): { base: number; receipt: HeldWindow['receipt'] } | undefined =>
  useMemo(() => (data === undefined ? undefined : { base: Date.parse(data.age.tableauNow), receipt: data.receipt }), [data])
