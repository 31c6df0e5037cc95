import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { BrokenPart } from '../../components/broken-part.tsx'
import { DataAge } from '../../components/data-age.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { tableauNow } from '../../components/job-cells.tsx'
import type { RowRange, RowsHandle } from '../../components/list-table/use-rows.ts'
import { ReadAgo } from '../../components/read-ago.tsx'
import { failureOf, failureOfProblem, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { formatCount } from '../../lib/count.ts'
import { useOnline } from '../../lib/online.ts'
import { densityPreference } from '../../lib/preferences.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { ExtractsEmpty } from './extracts-messages.tsx'
import { siteNow, type HeldWindow } from './extracts.queries.ts'
import { hasFilter, noFilter, openIn, opening, parseExtractsSearch, type ExtractsFilter, type ExtractsSearch } from './extracts.search.ts'
import { ExtractsTable } from './extracts-table.tsx'
import { ExtractsToolbar } from './extracts-toolbar.tsx'
import { SiteEncryption } from './site-encryption.tsx'
import { useExtractsView } from './use-extracts-view.ts'
import frame from '../../components/list-page.module.css'
import classes from './extracts-page.module.css'

const ContentDrawer = lazy(async () => ({ default: (await import('./content-drawer.tsx')).ContentDrawer }))

const rowHeights = { regular: 36, compact: 28 } as const
const cardHeight = 60
const shapes = 40

/** What is wrong with the figures: the last read of this page, or the BFF's last read of Tableau. One of them, never both. */
const failureIn = (error: Error | null, data: HeldWindow | undefined, online: boolean): Failure | undefined => {
  // The shell says that the computer is offline.
  if (!online) return undefined
  if (error !== null && !isSessionEnd(error)) return failureOf(error)
  return data?.age.failure === undefined ? undefined : failureOfProblem(data.age.failure)
}

const tasksWords = { site: undefined, own: 'Tableau shows you your own tasks only.', none: 'What refreshes them could not be read.' } as const

/** What limits the whole list: said once, above it. */
const Limits = ({ data }: { data: HeldWindow | undefined }) => {
  const { manageExtracts } = useSession().can
  const tasks = data === undefined ? undefined : tasksWords[data.tasksOf]
  return (
    <div className={classes['limits']}>
      {!manageExtracts.allowed && <span>To create and delete extracts: {manageExtracts.reason}</span>}
      {tasks !== undefined && <span>{tasks}</span>}
      <output>{data?.complete === false ? 'Tableau’s lists are still being read …' : ''}</output>
    </div>
  )
}

/** The site, and how it encrypts its extracts. */
const Site = () => {
  const live = useIsLive()
  const { data, error, refetch } = useQuery({ ...siteNow(), enabled: live })
  return <SiteEncryption site={data} failure={error === null || isSessionEnd(error) ? undefined : failureOf(error)} onRetry={() => void refetch()} />
}

/** Every workbook and data source of the site: whether an extract stands behind it, how it is stored and what refreshes it. */
export const ExtractsPage = () => {
  useTitle('Extracts')
  const [params] = useSearchParams()
  const search = useMemo(() => parseExtractsSearch(params), [params])
  const navigate = useNavigate()
  const zone = useZone().name
  const online = useOnline()
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 })
  const { data, rowAt, error, changing, fetching, retry } = useExtractsView({ search, range })
  const table = useRef<RowsHandle>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const density = densityPreference.use()
  const cards = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false })
  const clock = useMemo(() => (data === undefined ? undefined : { base: Date.parse(data.age.tableauNow), receipt: data.receipt }), [data])
  const { flavor } = useSession().server
  const tasksOf = data?.tasksOf
  const context = useMemo(() => ({ flavor, zone, now: tableauNow(clock), tasksOf }), [flavor, zone, clock, tasksOf])
  const filtered = hasFilter(search)

  const go = (next: Partial<ExtractsSearch>, replace = false) => void navigate(paths.extracts({ ...search, ...next }), { replace, preventScrollReset: true })
  // Another view starts at its top.
  const fresh = (next: Partial<ExtractsSearch>, replace = false) => {
    table.current?.toTop()
    go(next, replace)
  }
  const filter = (patch: Partial<ExtractsFilter>, replace = false) => fresh(patch, replace)
  const setRangeOnce = useCallback((next: RowRange) => setRange((before) => (before.first === next.first && before.last === next.last ? before : next)), [])

  const open = openIn(search)
  const rows: number[] = []
  for (let index = range.first; index <= range.last; index += 1) rows.push(index)
  const openAt = open === undefined ? undefined : rows.find((index) => rowAt(index)?.content.id === open.id)
  const close = () => {
    go(opening(undefined))
    if (openAt !== undefined) table.current?.focusRow(openAt)
  }
  useShortcuts({
    '/': (event) => {
      event.preventDefault()
      searchField.current?.focus()
      searchField.current?.select()
    },
    j: () => table.current?.step(1),
    k: () => table.current?.step(-1),
    Escape: () => (open === undefined ? undefined : close()),
  })

  const failure = failureIn(error, data, online)
  return (
    <div className={frame['page']}>
      <div className={frame['list']}>
        <div className={frame['frame']}>
          <h1 className={frame['title']}>
            Extracts <span className={frame['count']}>{data === undefined ? '' : filtered ? `${formatCount(data.total)} of ${formatCount(data.all)}` : formatCount(data.all)}</span>
          </h1>
          <DataAge held={data} />
          <Limits data={data} />
        </div>
        <Site />
        <ExtractsToolbar searchRef={searchField} search={search} data={data} onFilter={filter} onSort={(sort) => fresh({ sort })} />
        {data !== undefined && data.total === 0 && !changing && data.complete ? (
          <ExtractsEmpty filtered={filtered} onClear={() => fresh(noFilter)} />
        ) : (
          <ExtractsTable
            ref={table}
            total={data?.total ?? shapes}
            rowAt={rowAt}
            search={search}
            rowHeight={cards ? cardHeight : rowHeights[density]}
            context={context}
            dim={changing}
            loaded={data !== undefined}
            onRange={setRangeOnce}
            onSort={(sort) => fresh({ sort })}
          />
        )}
        {failure !== undefined && (
          <FailureNotice failure={failure} look="bar" onRetry={retry} retrying={fetching}>
            {data !== undefined && <ReadAgo held={data} />}
          </FailureNotice>
        )}
      </div>
      {open !== undefined && (
        <BrokenPart what="The drawer" resetKey={open.id}>
          <Suspense fallback={<div className={frame['drawerRoom']} />}>
            <ContentDrawer key={open.id} item={open} row={openAt === undefined ? undefined : rowAt(openAt)?.content} clock={clock} zone={zone} onClose={close} />
          </Suspense>
        </BrokenPart>
      )}
    </div>
  )
}
