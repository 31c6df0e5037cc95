import type { Job } from '@refreshboard/api-types'
import { hashKey } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { mostSelected, rowWithFocus, useSelection, type RowAt } from '../../components/bulk/selection.ts'
import type { RowsHandle } from '../../components/list-table/use-rows.ts'
import { jobIds, manyJobs } from './jobs.queries.ts'
import { filterQuery, matchingOf, type JobsSearch } from './jobs.search.ts'

interface JobsSelectionInput {
  search: JobsSearch
  upTo: string | undefined
  total: number
  rowAt: (index: number) => Job | undefined
  table: RefObject<RowsHandle | null>
  onAddress: (selected: string) => void
}

/** The jobs that are selected: by their boxes, by keys, or all that match the filter, of which most are out of sight. */
export const useJobsSelection = ({ search, upTo, total, rowAt, table, onAddress }: JobsSelectionInput) => {
  const windowAt = (offset: number) => ({ filter: search, sort: search.sort, upTo, offset })
  const idsFrom = async (offset: number, limit: number) => await jobIds(windowAt(offset), Math.min(limit, mostSelected))
  const filter = hashKey([filterQuery(search)])
  const { selection, reading, toggle, add, set, clear, finish } = useSelection({
    of: 'jobs',
    address: search.selected,
    filter,
    order: hashKey([filter, search.sort, upTo]),
    onAddress,
    between: async (from, to) => await idsFrom(Math.min(from.index, to.index), Math.abs(to.index - from.index) + 1),
    matching: async (most) => await idsFrom(0, most),
  })
  const all = () => set(total > mostSelected ? idsFrom(0, mostSelected) : 'all')
  const at = (index: number): RowAt[] => {
    const id = rowAt(index)?.id
    return id === undefined ? [] : [{ id, index }]
  }
  const focused = (): RowAt | undefined => at(Number(rowWithFocus('row') ?? -1))[0]
  const extend = (by: 1 | -1) => {
    const row = focused()
    if (row === undefined) return table.current?.step(by)
    add([row, ...at(row.index + by)])
    return table.current?.focusRow(row.index + by)
  }
  return {
    selection,
    toggle,
    selectAll: (every: boolean) => (every ? all() : clear()),
    keys: {
      x: () => {
        const row = focused()
        if (row !== undefined) toggle(row)
      },
      J: () => extend(1),
      K: () => extend(-1),
    },
    bar: {
      of: 'jobs' as const,
      chosen: selection === 'all' ? { matching: matchingOf(search, upTo) } : { ids: [...selection] },
      count: selection === 'all' ? total : selection.size,
      total,
      reading,
      listed: total <= mostSelected ? manyJobs(windowAt(0), mostSelected) : undefined,
      onAll: all,
      onClear: clear,
      onDone: finish,
    },
  }
}
