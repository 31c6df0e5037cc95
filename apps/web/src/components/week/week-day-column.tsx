import { memo, type Ref } from 'react'
import { Link } from 'react-router'
import { tableauNow, type TableauClock } from '../job-cells.tsx'
import { useNow } from '../../lib/now.ts'
import type { WeekOf, WeekRow } from './week-rows.ts'
import { formatCount } from '../../lib/count.ts'
import { clockOfMinute, dateInWords, minuteOf, type CalendarDay } from './week-days.ts'
import type { DayFires } from './week-fires.ts'
import { tasksIn, type Block, type HourLoad } from './week-layout.ts'
import { pileInWords, startInWords, timesInWords } from './week-names.ts'
import classes from './week-grid.module.css'

/** One day, laid out. */
type LaidDay = DayFires & { blocks: Block[]; load: HourLoad[] }

interface WeekDayColumnProps {
  /** Measured on one of the days: all are as wide. */
  areaRef: Ref<HTMLUListElement> | undefined
  day: CalendarDay
  index: number
  laid: LaidDay | undefined
  of: WeekOf
  rowOf: ReadonlyMap<string, WeekRow>
  /** The most tasks that start in any hour that is shown. */
  most: number
  zone: string
  clock: TableauClock | undefined
  isToday: boolean
  /** The one block that the tab key reaches, as `day:index`. */
  current: string
  onFocus: (stop: string) => void
  onPile: (block: Block) => void
}

const dayMinutes = 24 * 60
const percent = (minutes: number): string => `${(minutes / dayMinutes) * 100}%`

/** So many minutes high a block has to be to take two lines. */
const twoLines = 50

/** A block with this share of the fullest hour, one in so many, stands out. */
const heavyShare = 2

/** How many kinds of thin marks stand beside each other; more share the last place. */
const mostBands = 4

const NowLine = ({ day, clock }: { day: CalendarDay; clock: TableauClock | undefined }) => {
  useNow()
  const at = tableauNow(clock)
  if (at < day.from || at >= day.to) return null
  const minute = minuteOf(at, day)
  return (
    <div className={classes['now']} style={{ top: percent(minute) }} aria-hidden>
      <span>{clockOfMinute(minute)}</span>
    </div>
  )
}

/** A schedule that starts all the time: a thin mark for each start, in one shape. */
const Marks = ({ minutes, place, name }: { minutes: readonly number[]; place: number; name: string }) => (
  <svg className={classes['marks']} style={{ left: `${place * 8}px` }} viewBox={`0 0 8 ${dayMinutes}`} preserveAspectRatio="none" aria-hidden>
    <title>{name}</title>
    <path d={minutes.map((minute) => `M1 ${minute}h6`).join('')} className={classes['mark']} />
  </svg>
)

const Load = ({ load, most }: { load: readonly HourLoad[]; most: number }) => (
  <div className={classes['load']} aria-hidden>
    {load.map(({ tasks, starts }, hour) =>
      starts === 0 ? null : (
        <span key={clockOfMinute(hour * 60)} className={classes['hourLoad']} data-most={(tasks === most && tasks > 1) || undefined} style={{ top: percent(hour * 60) }}>
          <span className={classes['bar']} style={{ width: `${Math.max(tasks === 0 ? 0 : 6, (tasks / most) * 100)}%` }} />
          <span className={classes['number']}>{formatCount(tasks)}</span>
        </span>
      ),
    )}
  </div>
)

/** One day: what starts, where it piles up, and where its clock jumps. */
export const WeekDayColumn = memo(({ areaRef, day, index, laid, of, rowOf, most, zone, clock, isToday, current, onFocus, onPile }: WeekDayColumnProps) => {
  const bands = Math.min(mostBands, laid?.often.length ?? 0)
  const blockOf = (block: Block, at: number) => {
    const heavy = tasksIn(block.fires) * heavyShare >= most || undefined
    const [first] = block.fires
    const row = first === undefined ? undefined : rowOf.get(first.rowId)
    if (first === undefined || row === undefined) return null
    const stop = `${index}:${at}`
    const style = { top: percent(block.minute), height: percent(block.minutes), left: `${(block.lane / block.lanes) * 100}%`, width: `${(block.span / block.lanes) * 100}%` }
    const shared = { 'data-short': block.minutes < twoLines || undefined, 'data-heavy': heavy, 'data-stop': stop, 'data-day': index, 'data-minute': block.minute, tabIndex: stop === current ? 0 : -1, onFocus: () => onFocus(stop) }
    return (
      <li key={`${first.at} ${first.rowId}`} className={classes['place']} style={style}>
        {block.fires.length === 1 ? (
          <Link
            {...shared}
            to={row.to}
            className={classes['block']}
            data-suspended={first.suspended || undefined}
            aria-label={startInWords(row, first, day, zone, of)}
            title={startInWords(row, first, day, zone, of)}
          >
            <span className={classes['time']}>{clockOfMinute(first.minute)}</span> <span className={classes['name']}>{row.name}</span>
          </Link>
        ) : (
          <button
            {...shared}
            type="button"
            className={classes['block']}
            data-pile
            aria-haspopup="dialog"
            aria-label={`${dateInWords(day.date)} ${timesInWords(block.fires)}: ${pileInWords(block.fires, of)}`}
            title={pileInWords(block.fires, of)}
            onClick={() => onPile(block)}
          >
            <span className={classes['time']}>{clockOfMinute(first.minute)}</span> <span className={classes['name']}>{formatCount(block.fires.length)} {of}s</span>
          </button>
        )}
      </li>
    )
  }
  return (
    <div className={classes['day']} data-today={isToday || undefined} style={{ '--bands': bands }}>
      {day.change !== undefined && (
        <div className={classes['jump']} data-kind={day.change.kind} style={{ top: percent(day.change.fromMinute), height: percent(day.change.toMinute - day.change.fromMinute) }} aria-hidden />
      )}
      {laid?.often.map(({ row, fires }, at) => (
        <Marks key={row.id} minutes={fires.map(({ minute }) => minute)} place={Math.min(at, mostBands - 1)} name={`${row.name}: ${row.repeats}`} />
      ))}
      <ul ref={areaRef} className={classes['area']} aria-label={dateInWords(day.date)}>
        {laid?.blocks.map(blockOf)}
      </ul>
      {laid !== undefined && <Load load={laid.load} most={most} />}
      {isToday && <NowLine day={day} clock={clock} />}
    </div>
  )
})
WeekDayColumn.displayName = 'WeekDayColumn'
