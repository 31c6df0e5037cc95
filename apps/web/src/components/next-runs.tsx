import { zoneCity } from '@refreshboard/recurrence'
import { useNow } from '../lib/now.ts'
import { localZone, zoneAbbreviation } from '../lib/time.ts'
import { formatUntil } from '../lib/until.ts'
import { partsIn } from '../lib/wall-parts.ts'
import { tableauNow, type TableauClock } from './job-cells.tsx'
import type { ServerZone } from '../lib/server-zone.ts'
import classes from './next-runs.module.css'

/** How many runs are told. */
export const runsShown = 10

/** `Tue 24 Nov 05:00 PST`, with the year where it is another one. */
const runInWords = (at: number, zone: string, now: number): string => {
  const { weekday, day, month, year, hour, minute } = partsIn(at, zone)
  return `${weekday} ${day} ${month}${year === partsIn(now, zone).year ? '' : ` ${year}`} ${hour}:${minute} ${zoneAbbreviation(at, zone)}`
}

interface NextRunsProps {
  /** Milliseconds since 1970; `undefined` when they are not known. */
  runs: readonly number[] | undefined
  /** Why there are none. */
  reason: string
  server: ServerZone
  clock: TableauClock | undefined
}

const Until = ({ at, clock }: { at: number; clock: TableauClock | undefined }) => {
  useNow()
  return <>{formatUntil(at - tableauNow(clock))}</>
}

/** The next runs in the server's zone and in this computer's, side by side. */
export const NextRuns = ({ runs, reason, server, clock }: NextRunsProps) => {
  const mine = localZone()
  const now = tableauNow(clock)
  // One zone is told once.
  const both = server.known && server.name !== mine
  return (
    <div className={classes['room']}>
      {runs === undefined || !server.known || runs.length === 0 ? (
        <p>{server.known ? (runs?.length === 0 ? 'It runs no more.' : reason) : `Unknown zone. ${server.note}`}</p>
      ) : (
        <table className={classes['runs']}>
          <thead>
            <tr>
              <th scope="col">{server.words.charAt(0).toUpperCase() + server.words.slice(1)}</th>
              {both && <th scope="col">My time, {zoneCity(mine)}</th>}
              <th scope="col">From now</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((at) => (
              <tr key={at}>
                <td>{runInWords(at, server.name, now)}</td>
                {both && <td>{runInWords(at, mine, now)}</td>}
                <td className={classes['dim']}>
                  <Until at={at} clock={clock} />
                </td>
              </tr>
            ))}
            {runs.length < runsShown && (
              <tr>
                <td colSpan={both ? 3 : 2} className={classes['dim']}>
                  No run after that, as far as five years ahead.
                </td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </div>
  )
}
