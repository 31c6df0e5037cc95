import type { Permission, Task } from '@refreshboard/api-types'
import { hashKey } from '@tanstack/react-query'
import { useMemo, type RefObject } from 'react'
import { mostSelected, rowWithFocus, useSelection } from '../../components/bulk/selection.ts'
import { taskIdsBetween, type TaskItem } from './task-list.ts'
import type { TasksTableHandle } from './tasks-table.tsx'
import type { TasksSearch } from './tasks.search.ts'

interface TasksSelectionInput {
  search: TasksSearch
  /** The tasks that match; absent before the first answer. */
  shown: readonly Task[] | undefined
  /** The rows as they stand in the list. */
  items: readonly TaskItem[] | undefined
  runNow: Permission
  table: RefObject<TasksTableHandle | null>
  onAddress: (selected: string) => void
}

/** The tasks that are selected: by their boxes, by keys, or all that match the filters, also those in folded groups. */
export const useTasksSelection = ({ search, shown, items, runNow, table, onAddress }: TasksSelectionInput) => {
  const matching = useMemo(() => shown?.map(({ id }) => id) ?? [], [shown])
  const listed = useMemo(() => new Set(matching), [matching])
  const { q, project, owner, schedule, content, trouble } = search
  const filter = hashKey([q, project, owner, schedule, content, trouble])
  const { selection, reading, has, toggle, add, set, clear, finish } = useSelection({
    of: 'tasks',
    address: search.selected,
    filter,
    order: hashKey([filter, search.group, search.sort]),
    onAddress,
    between: (from, to) => taskIdsBetween(items ?? [], from.id, to.id),
    matching: (most) => matching.slice(0, most),
  })
  const chosen = selection === 'all' ? matching : [...selection]
  const all = () => set(new Set(matching.slice(0, mostSelected)))
  const taskAt = (index: number) => {
    const item = items?.[index]
    return item?.kind === 'task' ? [{ id: item.task.id, index }] : []
  }
  const focused = () => items?.findIndex(({ key }) => key === rowWithFocus('item')) ?? -1
  const extend = (by: 1 | -1) => {
    const at = focused()
    const [row] = taskAt(at)
    if (row !== undefined) add([row, ...taskAt(at + by)])
    table.current?.step(by)
  }
  return {
    selection,
    toggle,
    allSelected: matching.length > 0 && matching.every(has),
    selectAll: (every: boolean) => (every ? all() : clear()),
    keys: {
      x: () => {
        for (const row of taskAt(focused())) toggle(row)
      },
      J: () => extend(1),
      K: () => extend(-1),
    },
    bar: {
      of: 'tasks' as const,
      chosen: { ids: chosen },
      count: chosen.length,
      total: matching.length,
      reading,
      elsewhere: shown === undefined ? 0 : chosen.filter((id) => !listed.has(id)).length,
      runNow,
      onAll: all,
      onClear: clear,
      onDone: finish,
    },
  }
}
