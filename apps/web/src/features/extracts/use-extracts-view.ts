import type { ExtractRow } from '@refreshboard/api-types'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import type { RowRange } from '../../components/list-table/use-rows.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { extractsWindow, windowSize, type HeldWindow } from './extracts.queries.ts'
import type { ExtractsSearch } from './extracts.search.ts'

const windowOf = (row: number): number => Math.floor(Math.max(0, row) / windowSize) * windowSize

const offsetsOf = ({ first, last }: RowRange): number[] => {
  const offsets: number[] = []
  for (let offset = windowOf(first); offset <= Math.max(first, last); offset += windowSize) offsets.push(offset)
  return offsets
}

/** What matches, by row: windows are read as they come into sight and read again while they are. */
export const useExtractsView = ({ search, range }: { search: ExtractsSearch; range: RowRange }) => {
  const live = useIsLive()
  const { q, kind, extract, encrypted, scheduled, sort } = search
  const at = (offset: number) => ({ ...extractsWindow({ filter: { q, kind, extract, encrypted, scheduled }, sort, offset }), enabled: live })
  const offsets = offsetsOf(range)
  const head = useQuery({ ...at(offsets[0] ?? 0), placeholderData: keepPreviousData })
  const windows = useQueries({ queries: offsets.map(at) })
  const { data, isPlaceholderData } = head
  const held = windows.map((window) => window.data).filter((window): window is HeldWindow => window !== undefined)
  // While other filters are being read, the rows of before stay in sight.
  const shown = held.length === 0 && data !== undefined ? [data] : held
  const error = head.error ?? windows.find((window) => window.error !== null)?.error ?? null
  return {
    /** The window at the top of the view; absent before the first answer. */
    data,
    rowAt: (index: number): ExtractRow | undefined => {
      const window = shown.find(({ offset }) => offset === windowOf(index))
      return window?.rows[index - window.offset]
    },
    error: live ? error : null,
    /** Other filters are being read; the rows are still those of before. */
    changing: isPlaceholderData && held.length === 0 && offsets.includes(data?.offset ?? -1),
    fetching: head.isFetching,
    /** Reads again at once. */
    retry: () => {
      void head.refetch()
      for (const window of windows) if (window.error !== null) void window.refetch()
    },
  }
}
