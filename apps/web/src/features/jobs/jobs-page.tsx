import { useMediaQuery } from '@mantine/hooks'
import { Button } from '@mantine/core'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { BulkRoom } from '../../components/bulk/bulk-room.tsx'
import { BrokenPart } from '../../components/broken-part.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconArrowUp } from '../../components/icons.ts'
import { ApiError, failureOf, failureOfProblem, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { useOnline } from '../../lib/online.ts'
import { densityPreference } from '../../lib/preferences.ts'
import { useSession } from '../../lib/session-store.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { tableauNow } from '../../components/job-cells.tsx'
import type { RowRange, RowsHandle } from '../../components/list-table/use-rows.ts'
import { canListJobs } from './jobs-can.ts'
import type { HeldWindow } from './jobs.queries.ts'
import { hasFilter, parseJobsSearch, type JobsFilter, type JobsSearch } from './jobs.search.ts'
import { JobsTable } from './jobs-table.tsx'
import { JobsToolbar } from './jobs-toolbar.tsx'
import { LiveStatus, ReadAgo } from './live-status.tsx'
import { useJobsSelection } from './use-jobs-selection.ts'
import { useJobsView, useTableauClock } from './use-jobs-view.ts'
import frame from '../../components/list-page.module.css'
import classes from './jobs-page.module.css'

const JobsHistogram = lazy(async () => ({ default: (await import('./jobs-histogram.tsx')).JobsHistogram }))
// Who has jobs to see needs no words about none.
const JobsEmpty = lazy(async () => ({ default: (await import('./jobs-messages.tsx')).JobsEmpty }))
const JobsNotAllowed = lazy(async () => ({ default: (await import('./jobs-messages.tsx')).JobsNotAllowed }))
const JobDrawer = lazy(async () => ({ default: (await import('./job-drawer.tsx')).JobDrawer }))

const rowHeights = { regular: 36, compact: 28 } as const
const cardHeight = 60

const count = new Intl.NumberFormat('en-US')

/** What is wrong with the figures: the last read of this page, or the BFF's last read of Tableau. One of them, never both. */
const failureIn = (error: Error | null, data: HeldWindow | undefined, online: boolean): Failure | undefined => {
  // The shell says that the computer is offline.
  if (!online) return undefined
  if (error !== null && !isSessionEnd(error)) return failureOf(error)
  return data?.age.failure === undefined ? undefined : failureOfProblem(data.age.failure)
}

const Heading = ({ data, filtered }: { data: HeldWindow | undefined; filtered: boolean }) => (
  <h1 className={frame['title']}>
    Jobs{' '}
    <span className={frame['count']}>
      {data === undefined ? '' : filtered ? `${count.format(data.total)} of ${count.format(data.all)}` : count.format(data.all)}
    </span>
  </h1>
)

const NotAllowed = (props: { reason: string | undefined; failure: Failure | undefined }) => (
  <Suspense fallback={null}>
    <JobsNotAllowed {...props} />
  </Suspense>
)

const Jobs = () => {
  const [params] = useSearchParams()
  const search = useMemo(() => parseJobsSearch(params), [params])
  const navigate = useNavigate()
  const zone = useZone()
  const [range, setRange] = useState<RowRange>({ first: search.row, last: search.row })
  const [paused, setPaused] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const view = useJobsView({ search, range, paused })
  const { data, rowAt } = view
  const clock = useTableauClock(data)
  const table = useRef<RowsHandle>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const density = densityPreference.use()
  const cards = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false })
  const filtered = hasFilter(search)
  const failed = data?.counts.Failed ?? 0
  useTitle(failed > 0 ? `${count.format(failed)} failed · Jobs` : 'Jobs')

  const go = (next: Partial<JobsSearch>, replace = false) => void navigate(paths.jobs({ ...search, ...next }), { replace, preventScrollReset: true })
  // Another view starts at its top.
  const fresh = (next: Partial<JobsSearch>, replace = false) => {
    table.current?.toTop()
    go({ ...next, row: 0, upTo: undefined }, replace)
  }
  const selected = useJobsSelection({ search, upTo: view.upTo, total: data?.total ?? 0, rowAt, table, onAddress: (text) => go({ selected: text }, true) })
  const filter = (patch: Partial<JobsFilter>, replace = false) => fresh(patch, replace)
  const setRangeOnce = useCallback((next: RowRange) => setRange((before) => (before.first === next.first && before.last === next.last ? before : next)), [])
  const rest = (row: number) => {
    if (row !== search.row) go({ row, upTo: view.upTo }, true)
  }
  // A view in the middle of the list names the instant at which it stands still, or a reload would show other rows.
  const pinned = search.row === 0 || view.upTo === undefined || view.upTo === search.upTo
  useEffect(() => {
    if (!pinned) void navigate(paths.jobs({ ...search, upTo: view.upTo }), { replace: true, preventScrollReset: true })
  }, [pinned, navigate, search, view.upTo])

  const inSight: number[] = []
  for (let index = range.first; index <= range.last; index += 1) inSight.push(index)
  const rowIndex = search.job === undefined ? undefined : inSight.find((index) => rowAt(index)?.id === search.job)
  const close = () => {
    setConfirming(false)
    go({ job: undefined })
    if (rowIndex !== undefined) table.current?.focusRow(rowIndex)
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
    Escape: () => (search.job === undefined ? undefined : close()),
    c: () => {
      const at = document.activeElement?.getAttribute('data-row')
      const row = at === null || at === undefined ? undefined : rowAt(Number(at))
      const job = row?.id ?? search.job
      if (job === undefined) return
      if (job !== search.job) go({ job })
      setConfirming(true)
    },
  })

  const failure = failureIn(view.error, data, useOnline())
  const context = useMemo(() => ({ clock, zone: zone.name, now: tableauNow(clock) }), [clock, zone.name])
  if (view.error instanceof ApiError && view.error.code === 'forbidden') return <NotAllowed reason={undefined} failure={failure} />

  return (
    <div className={frame['page']}>
      <div className={frame['list']}>
        <div className={frame['frame']}>
          <Heading data={data} filtered={filtered} />
          <LiveStatus data={data} paused={paused} onPause={setPaused} />
          <div className={classes['newer']}>
            {data !== undefined && data.newer > 0 && (
              <Button
                size="compact-sm"
                variant="light"
                rightSection={<IconArrowUp size={14} aria-hidden />}
                aria-label={`${count.format(data.newer)} new jobs: show them`}
                onClick={() => {
                  view.takeIn()
                  fresh({})
                }}
              >
                +{count.format(data.newer)} new
              </Button>
            )}
          </div>
        </div>
        <JobsToolbar
          ref={searchField}
          search={search}
          data={data}
          zone={{ name: zone.name, label: zone.option.label }}
          now={() => tableauNow(clock)}
          onFilter={filter}
          onSort={(sort) => fresh({ sort })}
        />
        <div className={classes['histogram']}>
          <BrokenPart what="The strip">
            <Suspense fallback={null}>
              {data !== undefined && <JobsHistogram filter={search} zone={zone.name} paused={paused} onRange={(time) => filter(time)} />}
            </Suspense>
          </BrokenPart>
        </div>
        {data !== undefined && data.total === 0 && !view.changing && data.age.complete ? (
          <Suspense fallback={null}>
            <JobsEmpty filtered={filtered} newer={data.newer} onClear={() => fresh({ status: [], type: [], q: '', from: undefined, to: undefined })} />
          </Suspense>
        ) : (
          <JobsTable
            ref={table}
            total={data?.total ?? 40}
            rowAt={rowAt}
            search={search}
            rowHeight={cards ? cardHeight : rowHeights[density]}
            context={context}
            dim={view.changing}
            loaded={data !== undefined}
            onRange={setRangeOnce}
            onRest={rest}
            onSort={(sort) => fresh({ sort })}
            selection={selected.selection}
            onSelect={selected.toggle}
            onSelectAll={selected.selectAll}
          />
        )}
        <BulkRoom {...selected.bar} pageOfRun={(id) => paths.run({ id })} runsPage={paths.runs()} />
        {failure !== undefined && (
          <FailureNotice failure={failure} look="bar" onRetry={view.retry} retrying={view.fetching}>
            {data !== undefined && <ReadAgo data={data} />}
          </FailureNotice>
        )}
      </div>
      {search.job !== undefined && (
        <BrokenPart what="The drawer" resetKey={search.job}>
          <Suspense fallback={<div className={frame['drawerRoom']} />}>
            <JobDrawer
              key={search.job}
              jobId={search.job}
              row={rowIndex === undefined ? undefined : rowAt(rowIndex)}
              clock={clock}
              zone={zone.name}
              confirming={confirming}
              onConfirm={setConfirming}
              onClose={close}
            />
          </Suspense>
        </BrokenPart>
      )}
    </div>
  )
}

/** The landing page: every background job of the site, live. */
export const JobsPage = () => {
  const can = canListJobs(useSession())
  return can === true ? <Jobs /> : <NotAllowed reason={can} failure={undefined} />
}
