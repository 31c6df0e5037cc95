import { useMemo } from 'react'
import { useNowAs } from '../lib/now.ts'
import { formatFull } from '../lib/time.ts'
import { formatComing, formatUntil } from '../lib/until.ts'
import { tableauNow, type TableauClock } from './job-cells.tsx'
import classes from './next-run.module.css'

interface NextRunProps {
  /** As Tableau tells it; a suspended schedule has one too. */
  at: string | undefined
  zone: string
  clock: TableauClock | undefined
  suspended?: boolean
  /** After this it runs no more. */
  endsAt?: string | undefined
}

/** When something runs next and how soon that is, going on by itself; struck where it will not. */
export const NextRun = ({ at, zone, clock, suspended = false, endsAt }: NextRunProps) => {
  // Hundreds of rows tick: only those whose words change are rendered again.
  const until = useNowAs(() => (at === undefined ? '' : formatUntil(Date.parse(at) - tableauNow(clock))))
  // Naming the zone is dear.
  const full = useMemo(() => (at === undefined ? '' : formatFull(Date.parse(at), zone)), [at, zone])
  if (at === undefined) return <span className={classes['dim']} title="Tableau tells no next run">–</span>
  const ms = Date.parse(at)
  const ended = endsAt !== undefined && ms > Date.parse(endsAt)
  const why = ended ? 'ended' : suspended ? 'suspended' : undefined
  return (
    <span className={classes['run']}>
      <time dateTime={at} title={full} className={why === undefined ? undefined : classes['off']}>
        {formatComing(ms, zone, tableauNow(clock))}
      </time>
      <span className={classes['dim']}>{why ?? until}</span>
    </span>
  )
}
