import { useMediaQuery } from '@mantine/hooks'
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { IconButton } from '../icon-button.tsx'
import { IconChevronLeft, IconChevronRight, IconClock } from '../icons.ts'
import { tableauNow, type TableauClock } from '../job-cells.tsx'
import { Message } from '../message.tsx'
import { partsIn } from '../../lib/wall-parts.ts'
import type { ZoneOption } from '../../lib/zone.ts'
import { formatCount } from '../../lib/count.ts'
import { useServerZone } from '../../lib/server-zone.ts'
import { addDays, dateInWords, dayOf, weekOf } from './week-days.ts'
import { firesOn } from './week-fires.ts'
import { WeekGrid } from './week-grid.tsx'
import { WeekNotes } from './week-notes.tsx'
import type { WeekOf, WeekRow } from './week-rows.ts'
import classes from './week-view.module.css'

/** What the address holds of it: a day of the week that is shown, and whether suspended schedules are. */
interface WeekSearch {
  day?: string | undefined
  suspended: 'hide' | 'show'
}

interface WeekViewProps {
  of: WeekOf
  /** Those that match; absent before the first answer. */
  rows: readonly WeekRow[] | undefined
  search: WeekSearch
  /** The zone in which the week is told. */
  zone: { name: string; option: ZoneOption }
  clock: TableauClock | undefined
  onSearch: (next: Partial<WeekSearch>) => void
}

const rangeInWords = (first: string, last: string): string => (first === last ? dateInWords(first) : `${dateInWords(first)} – ${dateInWords(last)}`) + ` ${last.slice(0, 4)}`

/** When the schedules start in a week, or on a narrow screen on a day, so that a pile-up is seen as one. */
export const WeekView = ({ of, rows, search, zone, clock, onSearch }: WeekViewProps) => {
  const single = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false })
  const server = useServerZone()
  const today = partsIn(tableauNow(clock), zone.name).date
  const chosen = search.day ?? today
  const dates = single ? chosen : weekOf(chosen).join(' ')
  const days = useMemo(() => dates.split(' ').map((date) => dayOf(date, zone.name)), [dates, zone.name])
  const suspended = rows?.filter((row) => row.suspended).length ?? 0
  const week = useMemo(
    () => (rows === undefined ? undefined : firesOn(search.suspended === 'hide' ? rows.filter((row) => !row.suspended) : rows, days, server, of)),
    [rows, search.suspended, days, server, of],
  )

  if (!server.known) {
    return (
      <Message icon={IconClock} title="The week cannot be drawn">
        {server.note}
      </Message>
    )
  }
  const step = single ? 1 : 7
  const what = single ? 'day' : 'week'
  const [first, last] = [days[0]?.date ?? chosen, days.at(-1)?.date ?? chosen]
  const go = (date: string) => onSearch({ day: date === today ? undefined : date })
  return (
    <div className={classes['view']}>
      <div className={classes['controls']}>
        <IconButton icon={IconChevronLeft} label={`Previous ${what}`} onClick={() => go(addDays(chosen, -step))} />
        <IconButton icon={IconChevronRight} label={`Next ${what}`} onClick={() => go(addDays(chosen, step))} />
        <h2 className={classes['range']} aria-live="polite">
          {rangeInWords(first, last)}
        </h2>
        {(today < first || today > last) && (
          <Button variant="default" size="compact-sm" onClick={() => onSearch({ day: undefined })}>
            {single ? 'Today' : 'This week'}
          </Button>
        )}
        <span className={classes['dim']}>{zone.option.label}</span>
        {suspended > 0 && (
          <label className={classes['toggle']}>
            <input type="checkbox" checked={search.suspended === 'show'} onChange={(event) => onSearch({ suspended: event.currentTarget.checked ? 'show' : 'hide' })} />
            Suspended {formatCount(suspended)}
          </label>
        )}
      </div>
      <div className={classes['scroller']} aria-busy={week === undefined}>
        <WeekGrid week={week} days={days} zone={zone.name} clock={clock} today={today} />
        <WeekNotes week={week} days={days} zone={zone.name} server={server} />
      </div>
    </div>
  )
}
