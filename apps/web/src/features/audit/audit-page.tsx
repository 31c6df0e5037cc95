import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useRef } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { BrokenPart } from '../../components/broken-part.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconAlertTriangle, IconCheck, IconSearch } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { formatCount, plural } from '../../lib/count.ts'
import { sinceReceipt } from '../../lib/live.ts'
import { useNow } from '../../lib/now.ts'
import { useOnline } from '../../lib/online.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { formatAge } from '../../lib/time.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { AuditTable } from './audit-table.tsx'
import { AuditToolbar } from './audit-toolbar.tsx'
import { auditWindow, windowSize, type HeldAudit } from './audit.queries.ts'
import { hasFilter, noFilter, parseAuditSearch, type AuditFilter, type AuditSearch } from './audit.search.ts'
import frame from '../../components/list-page.module.css'
import classes from './audit-page.module.css'

const AuditDrawer = lazy(async () => ({ default: (await import('./audit-drawer.tsx')).AuditDrawer }))

/** Whose records these are, and whether they are all there and as they were written. */
const Standing = ({ data: { scope, chain, receipt } }: { data: HeldAudit }) => {
  const { site } = useSession()
  useNow()
  const Icon = chain.intact ? IconCheck : IconAlertTriangle
  return (
    <div className={classes['standing']}>
      <span>{scope === 'site' ? `Everybody’s changes to “${site.name}” through Refreshboard` : 'Your own changes; administrators see everybody’s'}</span>
      <span className={classes['chain']} data-broken={!chain.intact || undefined}>
        <Icon size={16} aria-hidden />
        {chain.intact
          ? `Chain intact: ${plural(chain.checked, 'entry', 'entries')} checked`
          : `The chain is broken${chain.brokenAt === undefined ? '' : ` at entry ${chain.brokenAt}`}: something was changed or taken out of the store. Do not rely on what is here; ask who keeps the store.`}
      </span>
      <span>read {formatAge(sinceReceipt(receipt))}</span>
    </div>
  )
}

const Empty = ({ filtered, onClear }: { filtered: boolean; onClear: () => void }) => (
  <Message
    icon={IconSearch}
    title={filtered ? 'No record matches' : 'Nothing was changed yet'}
    action={filtered ? <Button onClick={onClear}>Clear the filters</Button> : undefined}
  >
    {filtered ? 'There are records, but none with these filters.' : 'What is written to Tableau through Refreshboard from now on stands here: who, what, when, and what came of it.'}
  </Message>
)

/** What was written to Tableau, newest first: by whom, what exactly, and what came of it. */
export const AuditPage = () => {
  useTitle('Audit')
  const [params] = useSearchParams()
  const search = useMemo(() => parseAuditSearch(params), [params])
  const navigate = useNavigate()
  const live = useIsLive()
  const online = useOnline()
  const { name: zone, option } = useZone()
  const searchField = useRef<HTMLInputElement>(null)
  const page = useRef<HTMLDivElement>(null)
  const { before, offset, record, ...filter } = search
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({ ...auditWindow({ filter, before, offset }), enabled: live, placeholderData: keepPreviousData })
  const filtered = hasFilter(search)

  const go = (next: Partial<AuditSearch>, replace = false) => void navigate(paths.audit({ ...search, ...next }), { replace, preventScrollReset: true })
  const fresh = (patch: Partial<AuditFilter>, replace = false) => go({ ...patch, before: undefined, offset: 0 }, replace)
  const close = () => {
    const link = page.current?.querySelector<HTMLElement>(`[data-record="${record}"]`)
    go({ record: undefined })
    link?.focus()
  }
  const step = (by: 1 | -1) => {
    const links = [...(page.current?.querySelectorAll<HTMLElement>('[data-record]') ?? [])]
    const at = links.findIndex((link) => link === document.activeElement || link.closest('tr')?.contains(document.activeElement) === true)
    links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  useShortcuts({
    '/': (event) => {
      event.preventDefault()
      searchField.current?.focus()
      searchField.current?.select()
    },
    j: () => step(1),
    k: () => step(-1),
    Escape: () => (record === undefined ? undefined : close()),
  })

  const rows = data?.rows ?? []
  // Older ones stand still from the newest of the first window on.
  const older = () => go({ before: before ?? (rows[0] === undefined ? undefined : rows[0].seq + 1), offset: offset + windowSize })
  const newer = () => go(offset - windowSize <= 0 ? { before: undefined, offset: 0 } : { offset: offset - windowSize })
  const failure = !online || error === null || isSessionEnd(error) ? undefined : failureOf(error)
  return (
    <div className={frame['page']} ref={page}>
      <div className={frame['list']}>
        <div className={frame['frame']}>
          <h1 className={frame['title']}>
            Audit <span className={frame['count']}>{data === undefined ? '' : formatCount(data.total)}</span>
          </h1>
          {data !== undefined && <Standing data={data} />}
        </div>
        <AuditToolbar searchRef={searchField} filter={filter} operations={data?.operations ?? []} zone={{ name: zone, label: option.label }} onFilter={fresh} />
        <div className={classes['scroller']}>
          {data !== undefined && data.rows.length === 0 && !isPlaceholderData ? (
            <Empty filtered={filtered} onClear={() => fresh(noFilter)} />
          ) : data === undefined ? (
            failure === undefined && <output className={classes['reading']}>Reading the audit …</output>
          ) : (
            <AuditTable rows={rows} search={search} zone={zone} dim={isPlaceholderData} now={data.receipt.wall} />
          )}
        </div>
        {data !== undefined && (data.total > windowSize || offset > 0) && (
          <nav className={classes['windows']} aria-label="Windows of the audit">
            <Button size="compact-sm" variant="default" disabled={offset === 0} onClick={newer}>
              Newer
            </Button>
            <span>
              {formatCount(offset + 1)}–{formatCount(offset + rows.length)} of {formatCount(data.total)}
            </span>
            <Button size="compact-sm" variant="default" disabled={offset + rows.length >= data.total} onClick={older}>
              Older
            </Button>
          </nav>
        )}
        {failure !== undefined && (
          <FailureNotice failure={failure} look="bar" onRetry={() => void refetch()} retrying={isFetching}>
            {data !== undefined && 'What you see is the last that arrived.'}
          </FailureNotice>
        )}
      </div>
      {record !== undefined && (
        <BrokenPart what="The drawer" resetKey={String(record)}>
          <Suspense fallback={<div className={frame['drawerRoom']} />}>
            <AuditDrawer key={record} seq={record} row={rows.find(({ seq }) => seq === record)} zone={zone} onClose={close} />
          </Suspense>
        </BrokenPart>
      )}
    </div>
  )
}
