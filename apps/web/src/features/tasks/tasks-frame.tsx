import type { SiteBudget } from '@refreshboard/api-types'
import { useId } from 'react'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { GatedButton } from '../../components/gated-button.tsx'
import { IconAlertTriangle, IconPlus } from '../../components/icons.ts'
import { useSession } from '../../lib/session-store.ts'
import { formatFull } from '../../lib/time.ts'
import { useZone } from '../../lib/zone.ts'
import type { HeldTasks } from './tasks.queries.ts'
import type { TasksSearch } from './tasks.search.ts'
import frame from '../../components/list-page.module.css'
import classes from './tasks-page.module.css'

const count = new Intl.NumberFormat('en-US')

const usedOf = ({ used, about }: SiteBudget['runsAnHour']): string => `${count.format(used)} of about ${count.format(about)}`

/** How much of what Tableau Cloud allows the site is used up; Tableau itself tells it only by refusing. */
const Budget = ({ budget: { since, jobCallsADay, runsAnHour } }: { budget: SiteBudget }) => {
  const zone = useZone().name
  const near = [jobCallsADay, runsAnHour].some(({ used, about }) => used >= about * 0.8)
  return (
    <span title={`By everyone who uses Refreshboard, counted since ${formatFull(Date.parse(since), zone)}. What Tableau Cloud allows is told nowhere; these figures were reported.`}>
      {near && <IconAlertTriangle size={13} aria-label="Nearly used up:" />} Site budget: {usedOf(jobCallsADay)} job calls in 24 h, {usedOf(runsAnHour)} runs by hand in 1 h
    </span>
  )
}

/** What limits the whole list: said once, above it. */
export const Limits = ({ data }: { data: HeldTasks }) => (
  <div className={classes['limits']}>
    {data.scope === 'own' && <span>Tableau shows you your own tasks only.</span>}
    {!data.runNow.allowed && <span>{data.runNow.reason}</span>}
    {data.budget !== undefined && <Budget budget={data.budget} />}
    <output>{data.named ? '' : 'Reading the names of the content …'}</output>
  </div>
)

/** On a Server content is added to a schedule; on Tableau Cloud each task has times of its own. */
export const AddButton = () => {
  const session = useSession()
  const reasonId = useId()
  const look = { size: 'compact-sm', leftSection: <IconPlus size={14} aria-hidden /> } as const
  const [can, to, label] =
    session.server.flavor === 'server' ? ([session.can.addToSchedules, paths.addTask(), 'Add to a schedule'] as const) : ([session.can.createTasks, paths.newTask(), 'New task'] as const)
  const reason = can.allowed ? undefined : can.reason
  return (
    <div className={`${classes['primary']} ${classes['action']}`}>
      {reason !== undefined && (
        <span id={reasonId} className={classes['reason']}>
          {reason}
        </span>
      )}
      <GatedButton {...look} reason={reason} reasonId={reasonId} to={to}>
        {label}
      </GatedButton>
    </div>
  )
}

const views = { table: 'Table', week: 'Week' } as const

/** Tasks of Tableau Cloud have times of their own, and so a week. */
export const Views = ({ search }: { search: TasksSearch }) => (
  <nav aria-label="View" className={frame['views']}>
    {(['table', 'week'] as const).map((view) => (
      <Link key={view} to={paths.tasks({ ...search, view })} className={frame['view']} aria-current={view === search.view ? 'page' : undefined} preventScrollReset>
        {views[view]}
      </Link>
    ))}
  </nav>
)

/** Administrators of a Server find the data acceleration tasks here, or why there are none any more. */
export const DataAccelerationLink = () => {
  const { can, server } = useSession()
  if (server.flavor === 'cloud' || !can.listJobs.allowed) return null
  return (
    <Link to={paths.dataAcceleration()} className={classes['other']}>
      Data acceleration
    </Link>
  )
}
