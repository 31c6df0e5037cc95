import { useMediaQuery } from '@mantine/hooks'
import { maxBulkItems } from '@refreshboard/api-types'
import { hashKey, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useId, useMemo, useRef } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { BulkRoom } from '../../components/bulk/bulk-room.tsx'
import { rowWithFocus, useSelection } from '../../components/bulk/selection.ts'
import { BrokenPart } from '../../components/broken-part.tsx'
import { DataAge } from '../../components/data-age.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { GatedButton } from '../../components/gated-button.tsx'
import { IconPlus } from '../../components/icons.ts'
import { ApiError, failureOf, failureOfProblem, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { useOnline } from '../../lib/online.ts'
import { densityPreference } from '../../lib/preferences.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { ReadAgo } from '../../components/read-ago.tsx'
import { formatCount } from './schedule-words.ts'
import { rowsOf, shownRows } from './schedule-rows.ts'
import { canWriteSchedules } from './schedules-can.ts'
import { SchedulesEmpty, SchedulesNotAllowed } from './schedules-messages.tsx'
import { clockOf, schedulesList, type HeldSchedules } from './schedules.queries.ts'
import { hasFilter, parseSchedulesSearch, type SchedulesFilter, type SchedulesSearch } from './schedules.search.ts'
import { whereSchedulesAre } from './schedules-room.tsx'
import { SchedulesTable, type SchedulesTableHandle } from './schedules-table.tsx'
import { weekRowOf } from './week-rows.ts'
import { SchedulesToolbar } from './schedules-toolbar.tsx'
import frame from '../../components/list-page.module.css'
import classes from './schedules-page.module.css'

const WeekView = lazy(async () => ({ default: (await import('../../components/week/week-view.tsx')).WeekView }))

const rowHeights = { regular: 36, compact: 28 } as const
const cardHeight = 60

const views = { table: 'Table', week: 'Week' } as const

/** What is wrong with the list: this page's last read, or the BFF's last read of Tableau. One of them, never both. */
const failureIn = (error: Error | null, data: HeldSchedules | undefined, online: boolean): Failure | undefined => {
  // The shell says that the computer is offline.
  if (!online) return undefined
  if (error !== null && !isSessionEnd(error)) return failureOf(error)
  return data?.age.failure === undefined ? undefined : failureOfProblem(data.age.failure)
}

const NewSchedule = () => {
  const can = canWriteSchedules(useSession())
  const reasonId = useId()
  const reason = can === true ? undefined : can
  return (
    <div className={classes['action']}>
      <Link to={paths.schedulesAsCode()} className={classes['other']}>
        As code
      </Link>
      {reason !== undefined && (
        <span id={reasonId} className={classes['reason']}>
          {reason}
        </span>
      )}
      <GatedButton size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} reason={reason} reasonId={reasonId} to={paths.newSchedule()}>
        New schedule
      </GatedButton>
    </div>
  )
}

/** How far the details have come, and why no more can be known. */
const DetailsNote = ({ details }: { details: HeldSchedules['details'] }) => {
  if (details.unavailable !== undefined) return <div className={classes['note']}>{details.unavailable}</div>
  if (details.known >= details.wanted) return null
  return (
    <output className={classes['progress']}>
      times read {formatCount(details.known)} of {formatCount(details.wanted)}
    </output>
  )
}

const Schedules = () => {
  const [params] = useSearchParams()
  const search = useMemo(() => parseSchedulesSearch(params), [params])
  const navigate = useNavigate()
  const zone = useZone()
  const live = useIsLive()
  const online = useOnline()
  const density = densityPreference.use()
  const cards = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false })
  const table = useRef<SchedulesTableHandle>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const { data, error, isFetching, refetch } = useQuery({ ...schedulesList(), enabled: live })
  useTitle('Schedules')

  const rows = useMemo(() => (data === undefined ? undefined : rowsOf(data)), [data])
  const shown = useMemo(() => (rows === undefined ? undefined : shownRows(rows, search, search.sort)), [rows, search])
  const weekRows = useMemo(() => shown?.map(weekRowOf), [shown])
  const context = useMemo(() => ({ clock: clockOf(data), zone: zone.name }), [data, zone.name])

  const go = (next: Partial<SchedulesSearch>, replace = false) => void navigate(paths.schedules({ ...search, ...next }), { replace, preventScrollReset: true })
  const filter = (patch: Partial<SchedulesFilter>, replace = false) => go(patch, replace)
  const all = useMemo(() => shown?.map(({ schedule }) => schedule.id) ?? [], [shown])
  const signature = hashKey([search.q, search.type, search.state])
  const { selection, reading, toggle, add, set, clear, finish } = useSelection({
    of: 'schedules',
    address: search.selected,
    filter: signature,
    order: hashKey([signature, search.sort]),
    onAddress: (selected) => go({ selected }, true),
    between: (from, to) => {
      const [a = 0, b = 0] = [all.indexOf(from.id), all.indexOf(to.id)].toSorted((x, y) => x - y)
      return a < 0 ? [to.id] : all.slice(a, b + 1)
    },
    matching: (most) => all.slice(0, most),
  })
  const chosen = selection === 'all' ? all : [...selection]
  const selectAll = () => set(new Set(all.slice(0, maxBulkItems)))
  const extend = (by: 1 | -1) => {
    const at = all.indexOf(rowWithFocus('row') ?? '')
    if (at >= 0) add([at, at + by].flatMap((index) => all.slice(index, index + 1).map((id) => ({ id, index }))))
    table.current?.step(by)
  }
  useShortcuts({
    x: () => {
      const id = rowWithFocus('row')
      if (id !== undefined) toggle({ id, index: all.indexOf(id) })
    },
    J: () => extend(1),
    K: () => extend(-1),
    '/': (event) => {
      event.preventDefault()
      searchField.current?.focus()
      searchField.current?.select()
    },
    j: () => table.current?.step(1),
    k: () => table.current?.step(-1),
  })

  const failure = failureIn(error, data, online)
  if (error instanceof ApiError && (error.code === 'forbidden' || error.code === 'unsupported_here')) return <SchedulesNotAllowed failure={failureOf(error)} />

  const filtered = hasFilter(search)
  return (
    <div className={classes['page']}>
      <div className={frame['frame']}>
        <h1 className={frame['title']}>
          Schedules{' '}
          <span className={frame['count']}>
            {rows === undefined || shown === undefined ? '' : filtered ? `${formatCount(shown.length)} of ${formatCount(rows.length)}` : formatCount(rows.length)}
          </span>
        </h1>
        <DataAge held={data} />
        <nav aria-label="View" className={frame['views']}>
          {(['table', 'week'] as const).map((view) => (
            <Link key={view} to={paths.schedules({ ...search, view })} className={frame['view']} aria-current={view === search.view ? 'page' : undefined} preventScrollReset>
              {views[view]}
            </Link>
          ))}
        </nav>
        {data !== undefined && data.details.unavailable === undefined && <DetailsNote details={data.details} />}
        <NewSchedule />
      </div>
      <SchedulesToolbar searchRef={searchField} search={search} rows={rows} onFilter={filter} onSort={(sort) => go({ sort })} />
      {data?.details.unavailable !== undefined && <DetailsNote details={data.details} />}
      {shown !== undefined && shown.length === 0 ? (
        <SchedulesEmpty filtered={filtered} onClear={() => go({ q: '', type: [], state: [] })} />
      ) : search.view === 'week' ? (
        <BrokenPart what="The week">
          <Suspense fallback={null}>
            <WeekView of="schedule" rows={weekRows} search={search} zone={zone} clock={context.clock} onSearch={go} />
          </Suspense>
        </BrokenPart>
      ) : (
        <SchedulesTable
          ref={table}
          rows={shown}
          sort={search.sort}
          tasksLabel={data?.tasks?.scope === 'own' ? 'Your tasks' : 'Tasks'}
          rowHeight={cards ? cardHeight : rowHeights[density]}
          context={context}
          onSort={(sort) => go({ sort })}
          selection={selection}
          onSelect={toggle}
          onSelectAll={(every) => (every ? selectAll() : clear())}
        />
      )}
      <BulkRoom
        of="schedules"
        chosen={{ ids: chosen }}
        count={chosen.length}
        total={all.length}
        reading={reading}
        elsewhere={shown === undefined ? 0 : chosen.filter((id) => !all.includes(id)).length}
        pageOfRun={(id) => paths.run({ id })}
        runsPage={paths.runs()}
        onAll={selectAll}
        onClear={clear}
        onDone={finish}
      />
      {failure !== undefined && (
        <FailureNotice failure={failure} look="bar" onRetry={() => void refetch()} retrying={isFetching}>
          {data !== undefined && <ReadAgo held={data} />}
        </FailureNotice>
      )}
    </div>
  )
}

/** Every schedule of the server, as a table or a week. */
export const SchedulesPage = whereSchedulesAre(Schedules)
