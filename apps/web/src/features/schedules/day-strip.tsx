import { clockOfMinute, dateInWords } from '../../components/week/week-days.ts'
import { slotMinutes, type DayLoad } from './day-load.ts'
import { plural } from './schedule-words.ts'
import classes from './day-strip.module.css'

interface DayStripProps {
  load: DayLoad
  /** This schedule's own starts on that day, in minutes of its wall clock. */
  own: readonly number[]
  /** The zone, for people: `server time, Los Angeles`. */
  zoneWords: string
}

const dayMinutes = 24 * 60
/** More starts than this are drawn without their heads, which would cover each other. */
const manyStarts = 12

const slotInWords = (minute: number): string => `${clockOfMinute(minute)}–${clockOfMinute(minute + slotMinutes)}`

const ownInWords = (load: DayLoad, own: readonly number[]): string | undefined => {
  const [first] = own
  if (first === undefined) return undefined
  const touched = load.slots.filter(({ minute }) => own.some((at) => at >= minute && at < minute + slotMinutes))
  const worst = touched.reduce((most, slot) => (slot.tasks > most.tasks ? slot : most), touched[0] ?? { minute: first, starts: 0, tasks: 0 })
  if (worst.starts === 0) return own.length === 1 ? 'Nothing else starts in the half hour in which this one does.' : 'Nothing else starts in the half hours in which this one does.'
  return `In ${own.length === 1 ? 'the' : 'the fullest'} half hour in which this one starts, ${slotInWords(worst.minute)}, ${plural(worst.tasks, 'task')} of others ${worst.tasks === 1 ? 'starts' : 'start'} too.`
}

/** What else starts on the day, and on top of it this schedule's own starts. */
export const DayStrip = ({ load, own, zoneWords }: DayStripProps) => {
  const { day, slots, fullest } = load
  // Where no tasks are counted at least the starts are seen.
  const counted = load.tasks > 0
  const heightOf = ({ tasks, starts }: { tasks: number; starts: number }) => (counted ? tasks : starts)
  const most = Math.max(1, ...slots.map(heightOf))
  const others = load.schedules === 0 ? 'No other schedule starts anything that day.' : `${plural(load.schedules, 'other schedule')} ${load.schedules === 1 ? 'starts' : 'start'} ${plural(load.tasks, 'task')} that day${fullest === undefined ? '' : `, most of them at ${slotInWords(fullest.minute)}: ${plural(fullest.tasks, 'task')}`}.`
  const mine = ownInWords(load, own)
  return (
    <figure className={classes['strip']}>
      <div className={classes['picture']} aria-hidden>
        <svg viewBox={`0 0 ${dayMinutes} 100`} preserveAspectRatio="none" className={classes['svg']}>
          {[0, 6, 12, 18, 24].map((hour) => (
            <line key={hour} x1={hour * 60} x2={hour * 60} y1={0} y2={100} className={classes['hour']} />
          ))}
          {slots.map((slot) => {
            const height = slot.starts === 0 ? 0 : Math.max(4, (heightOf(slot) / most) * 84)
            return <rect key={slot.minute} x={slot.minute + 2} width={slotMinutes - 4} y={100 - height} height={height} className={classes['bar']} />
          })}
        </svg>
        {own.map((minute) => (
          <span key={minute} className={classes['own']} data-thin={own.length > manyStarts || undefined} style={{ left: `${(minute / dayMinutes) * 100}%` }} />
        ))}
      </div>
      <div className={classes['axis']} aria-hidden>
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hour === 24 ? '24:00' : clockOfMinute(hour * 60)}</span>
        ))}
      </div>
      <figcaption className={classes['told']}>
        <strong>{dateInWords(day.date)}</strong>, {zoneWords}. {others} {mine}
        {load.unknown > 0 && ` ${plural(load.unknown, 'schedule')} whose times are not known ${load.unknown === 1 ? 'is' : 'are'} not in it.`}
      </figcaption>
    </figure>
  )
}
