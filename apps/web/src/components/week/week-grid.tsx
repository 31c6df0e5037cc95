import { useElementSize } from '@mantine/hooks'
import { useMemo, useState, type KeyboardEvent } from 'react'
import type { TableauClock } from '../job-cells.tsx'
import type { WeekRow } from './week-rows.ts'
import { clockOfMinute, dateInWords, type CalendarDay } from './week-days.ts'
import type { WeekFires } from './week-fires.ts'
import { layOut, loadOf, tasksIn, type Block } from './week-layout.ts'
import { WeekDayColumn } from './week-day-column.tsx'
import { PileDialog } from './week-pile.tsx'
import { plural } from '../../lib/count.ts'
import classes from './week-grid.module.css'

interface WeekGridProps {
  /** What starts; absent while the schedules are being read. */
  week: WeekFires | undefined
  days: readonly CalendarDay[]
  zone: string
  clock: TableauClock | undefined
  /** Today's date in the zone. */
  today: string
}

/** As wide as a block has to be to be hit, and to show its time. */
const laneWidth = 40
/** The column of hours, and in each day the marks on the left and the load on the right. */
const gutterWidth = 52
const edgeWidth = 64
const fewestLanes = 3
const mostLanes = 8

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** The stop that an arrow key leads to from one of `stops`. */
const stopAfter = (key: string, stops: readonly HTMLElement[], current: HTMLElement): HTMLElement | undefined => {
  const at = stops.indexOf(current)
  const dayOf = ({ dataset }: HTMLElement) => Number(dataset['day'])
  const minuteOf = ({ dataset }: HTMLElement) => Number(dataset['minute'])
  const inSight = (to: HTMLElement | undefined) => (to !== undefined && dayOf(to) === dayOf(current) ? to : undefined)
  const nearest = (side: readonly HTMLElement[], day: number | undefined) =>
    side.filter((stop) => dayOf(stop) === day).toSorted((a, b) => Math.abs(minuteOf(a) - minuteOf(current)) - Math.abs(minuteOf(b) - minuteOf(current)))[0]
  switch (key) {
    case 'ArrowDown':
      return inSight(stops[at + 1])
    case 'ArrowUp':
      return inSight(stops[at - 1])
    case 'ArrowRight': {
      const later = stops.filter((stop) => dayOf(stop) > dayOf(current))
      return nearest(later, later[0] === undefined ? undefined : dayOf(later[0]))
    }
    case 'ArrowLeft': {
      const earlier = stops.filter((stop) => dayOf(stop) < dayOf(current))
      const last = earlier.at(-1)
      return nearest(earlier, last === undefined ? undefined : dayOf(last))
    }
    case 'Home':
      return stops[0]
    case 'End':
      return stops.at(-1)
    default:
      return undefined
  }
}

/** Days side by side, hours from top to bottom: one stop for the tab key, then arrow keys. */
export const WeekGrid = ({ week, days, zone, clock, today }: WeekGridProps) => {
  const { ref, width } = useElementSize()
  const [focused, setFocused] = useState<string>()
  const [pile, setPile] = useState<{ block: Block; day: CalendarDay }>()
  // Before the first measurement the window tells nearly as well, and nothing jumps.
  const room = width === 0 ? (window.innerWidth - gutterWidth) / days.length - edgeWidth : width
  const lanes = Math.max(fewestLanes, Math.min(mostLanes, Math.floor(room / laneWidth)))
  const laid = useMemo(() => week?.days.map((day) => ({ ...day, blocks: layOut(day.fires, lanes), load: loadOf([...day.fires, ...day.often.flatMap(({ fires }) => fires)]) })), [week, lanes])
  const rowOf = useMemo(() => new Map<string, WeekRow>(week?.rows.map((row) => [row.id, row])), [week])
  // How wide a full bar is: the same for all days, or they could not be compared.
  const most = useMemo(() => Math.max(1, ...(laid ?? []).flatMap(({ load }) => load.map(({ tasks }) => tasks))), [laid])

  const firstStop = laid?.findIndex(({ blocks }) => blocks.length > 0) ?? -1
  const current = focused ?? `${firstStop}:0`
  const known = laid?.some(({ blocks }, day) => blocks.some((_, index) => `${day}:${index}` === current)) === true
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget } = event
    if (!(target instanceof HTMLElement) || target.dataset['stop'] === undefined) return
    const to = stopAfter(event.key, [...currentTarget.querySelectorAll<HTMLElement>('[data-stop]')], target)
    if (to === undefined) return
    event.preventDefault()
    to.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move between the links in it
    <div className={classes['grid']} style={{ '--days': days.length }} onKeyDown={keys}>
      <div className={classes['head']}>
        <span />
        {days.map(({ date, change }, index) => {
          const fires = laid?.[index]
          return (
            <div key={date} className={classes['dayHead']} data-today={date === today || undefined}>
              <span className={classes['date']}>{dateInWords(date)}</span>
              {change !== undefined && <span className={classes['change']}>clock change</span>}
              <span className={classes['sum']}>{fires === undefined ? '' : plural(tasksIn([...fires.fires, ...fires.often.flatMap(({ fires }) => fires)]), week?.of === 'task' ? 'run' : 'task')}</span>
            </div>
          )
        })}
      </div>
      <div className={classes['body']}>
        <div className={classes['hours']} aria-hidden>
          {hours.map((hour) => (
            <span key={hour} className={classes['hour']} style={{ top: `${(hour / 24) * 100}%` }}>
              {clockOfMinute(hour * 60)}
            </span>
          ))}
        </div>
        {days.map((day, index) => (
          <WeekDayColumn
            key={day.date}
            areaRef={index === 0 ? ref : undefined}
            day={day}
            index={index}
            laid={laid?.[index]}
            of={week?.of ?? 'schedule'}
            rowOf={rowOf}
            most={most}
            zone={zone}
            clock={day.date === today ? clock : undefined}
            isToday={day.date === today}
            current={known ? current : `${firstStop}:0`}
            onFocus={setFocused}
            onPile={(block) => setPile({ block, day })}
          />
        ))}
      </div>
      {pile !== undefined && <PileDialog of={week?.of ?? 'schedule'} block={pile.block} day={pile.day} rowOf={rowOf} zone={zone} onClose={() => setPile(undefined)} />}
    </div>
  )
}
