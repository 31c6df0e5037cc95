import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { BulkRoom } from '../../components/bulk/bulk-room.tsx'
import { BrokenPart } from '../../components/broken-part.tsx'
import { DataAge } from '../../components/data-age.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { tableauNow } from '../../components/job-cells.tsx'
import { failureOf, failureOfProblem, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { useOnline } from '../../lib/online.ts'
import { densityPreference } from '../../lib/preferences.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { ReadAgo } from '../../components/read-ago.tsx'
import { arrangeTasks, filterTasks } from './task-list.ts'
import { startRun } from './task-run.ts'
import { failuresOf } from '../../lib/task-words.ts'
import { canRun } from './tasks-can.ts'
import { AddButton, DataAccelerationLink, Limits, Views } from './tasks-frame.tsx'
import { NoTasks, TasksEmpty } from './tasks-messages.tsx'
import { allTasks, type HeldTasks } from './tasks.queries.ts'
import { hasFilter, noFilter, parseTasksSearch, type TasksFilter, type TasksSearch } from './tasks.search.ts'
import type { RowContext } from './tasks-row.tsx'
import { TasksTable, type TasksTableHandle } from './tasks-table.tsx'
import { TasksToolbar } from './tasks-toolbar.tsx'
import { weekRowsOf } from './week-rows.ts'
import { useGone } from './use-gone.ts'
import { useTasksSelection } from './use-tasks-selection.ts'
import frame from '../../components/list-page.module.css'

const WeekView = lazy(async () => ({ default: (await import('../../components/week/week-view.tsx')).WeekView }))
const TaskDrawer = lazy(async () => ({ default: (await import('./task-drawer.tsx')).TaskDrawer }))

const heights = { regular: { row: 36, group: 36 }, compact: { row: 28, group: 28 }, cards: { row: 62, group: 36 } } as const

const count = new Intl.NumberFormat('en-US')

/** What is wrong with the figures: the last read of this page, or the BFF's last read of Tableau. One of them, never both. */
const failureIn = (error: Error | null, data: HeldTasks | undefined, online: boolean): Failure | undefined => {
  // The shell says that the computer is offline.
  if (!online) return undefined
  if (error !== null && !isSessionEnd(error)) return failureOf(error)
  return data?.age.failure === undefined ? undefined : failureOfProblem(data.age.failure)
}

const nobodyMayRun = { allowed: false, reason: 'The tasks are still being read.' } as const

const Tasks = () => {
  const [params] = useSearchParams()
  const search = useMemo(() => parseTasksSearch(params), [params])
  const navigate = useNavigate()
  const shownZone = useZone()
  const zone = shownZone.name
  const live = useIsLive()
  const online = useOnline()
  const { data, error, isFetching, refetch } = useQuery({ ...allTasks(), enabled: live })
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const table = useRef<TasksTableHandle>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const density = densityPreference.use()
  const { flavor } = useSession().server
  const cards = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false })

  const tasks = data?.tasks
  const shown = useMemo(() => (tasks === undefined ? undefined : filterTasks(tasks, search)), [tasks, search])
  const items = useMemo(() => (shown === undefined ? undefined : arrangeTasks(shown, { group: search.group, sort: search.sort, closed })), [shown, search, closed])
  const week = useMemo(() => (flavor === 'cloud' && search.view === 'week' ? weekRowsOf(shown ?? [], search) : undefined), [flavor, shown, search])
  const clock = useMemo(() => (data === undefined ? undefined : { base: Date.parse(data.age.tableauNow), receipt: data.receipt }), [data])
  const trouble = useMemo(() => (tasks ?? []).filter((task) => failuresOf(task) > 0).length, [tasks])
  useTitle(trouble > 0 ? `${count.format(trouble)} in trouble · Tasks` : 'Tasks')
  const filtered = hasFilter(search)

  const go = useCallback(
    (next: Partial<TasksSearch>, replace = false) => void navigate(paths.tasks({ ...search, ...next }), { replace, preventScrollReset: true }),
    [navigate, search],
  )
  // Another view starts at its top.
  const fresh = (next: Partial<TasksSearch>, replace = false) => {
    table.current?.toTop()
    go(next, replace)
  }
  const runNow = data?.runNow ?? nobodyMayRun
  const selected = useTasksSelection({ search, shown, items, runNow, table, onAddress: (text) => go({ selected: text }, true) })
  const filter = (patch: Partial<TasksFilter>, replace = false) => fresh(patch, replace)

  const open = search.task === undefined ? undefined : tasks?.find(({ id }) => id === search.task)
  const gone = useGone(search.task, open, data)
  const close = () => {
    go({ task: undefined })
    if (search.task !== undefined) table.current?.focusItem(search.task)
  }
  useShortcuts({
    ...selected.keys,
    '/': (event) => {
      event.preventDefault()
      searchField.current?.focus()
      searchField.current?.select()
    },
    j: () => table.current?.step(1),
    k: () => table.current?.step(-1),
    Escape: () => (search.task === undefined ? undefined : close()),
    r: (event) => {
      const key = document.activeElement?.closest('[role="row"]')?.querySelector('[data-item]')?.getAttribute('data-item') ?? search.task
      const task = tasks?.find(({ id }) => id === key)
      // A key that is held down is no second intention.
      if (task === undefined || data === undefined || event.repeat) return
      if (online && canRun(task, data.runNow) === true) void startRun(task.id, tableauNow(clock))
      // Why not is written there.
      else go({ task: task.id })
    },
  })

  const fold = (group: string) =>
    setClosed((before) => {
      const after = new Set(before)
      if (!after.delete(group)) after.add(group)
      return after
    })
  const named = data?.named ?? true
  const select = selected.toggle
  const context = useMemo(
    (): RowContext => ({ flavor, clock, zone, runNow, named, onStarted: (key) => table.current?.focusItem(key), onMore: (task) => go({ task }), onSelect: select }),
    [flavor, clock, zone, runNow, named, go, select],
  )
  const failure = failureIn(live ? error : null, data, online)

  return (
    <div className={frame['page']}>
      <div className={frame['list']}>
        <div className={frame['frame']}>
          <h1 className={frame['title']}>
            Tasks{' '}
            <span className={frame['count']}>
              {tasks === undefined || shown === undefined ? '' : filtered ? `${count.format(shown.length)} of ${count.format(tasks.length)}` : count.format(tasks.length)}
            </span>
          </h1>
          <DataAge held={data} />
          {flavor === 'cloud' && <Views search={search} />}
          {data !== undefined && <Limits data={data} />}
          <DataAccelerationLink />
          <AddButton />
        </div>
        <TasksToolbar searchRef={searchField} search={search} tasks={tasks} onFilter={filter} onGroup={(group) => fresh({ group })} onSort={(sort) => fresh({ sort })} />
        {data !== undefined && shown?.length === 0 ? (
          <TasksEmpty filtered={filtered} filter={search} scope={data.scope} onClear={() => fresh(noFilter)} />
        ) : week !== undefined ? (
          <BrokenPart what="The week">
            <Suspense fallback={null}>
              <WeekView of="task" rows={week} search={{ day: search.day, suspended: 'hide' }} zone={shownZone} clock={clock} onSearch={({ day }) => go({ day })} />
            </Suspense>
          </BrokenPart>
        ) : (
          <TasksTable
            ref={table}
            items={items}
            search={search}
            heights={cards ? heights.cards : heights[density]}
            context={context}
            onSort={(sort) => fresh({ sort })}
            onToggle={fold}
            selection={selected.selection}
            allSelected={selected.allSelected}
            onSelectAll={selected.selectAll}
          />
        )}
        <BulkRoom {...selected.bar} pageOfRun={(id) => paths.run({ id })} runsPage={paths.runs()} />
        {failure !== undefined && (
          <FailureNotice failure={failure} look="bar" onRetry={() => void refetch()} retrying={isFetching}>
            {data !== undefined && <ReadAgo held={data} />}
          </FailureNotice>
        )}
      </div>
      {search.task !== undefined && (
        <BrokenPart what="The drawer" resetKey={search.task}>
          <Suspense fallback={<div className={frame['drawerRoom']} />}>
            <TaskDrawer key={search.task} taskId={search.task} task={open} gone={gone} data={data} clock={clock} zone={zone} onClose={close} />
          </Suspense>
        </BrokenPart>
      )}
    </div>
  )
}

/** Every extract refresh task that the person may see: what refreshes when, trouble on top. */
export const TasksPage = () => {
  const { listTasks } = useSession().can
  return listTasks.allowed ? <Tasks /> : <NoTasks reason={listTasks.reason} />
}
