import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Dropdown } from './dropdown.tsx'
import { formatInstant } from '../lib/time.ts'
import type { TimeRange } from './time-fields.tsx'
import classes from './time-filter.module.css'

interface TimeFilterProps extends TimeRange {
  zone: { name: string; label: string }
  /** Tableau's clock, milliseconds since 1970. */
  now: () => number
  onChange: (range: TimeRange) => void
}

const hour = 60 * 60_000
const presets = [
  { label: 'Last hour', ms: hour },
  { label: 'Last 6 hours', ms: 6 * hour },
  { label: 'Last 24 hours', ms: 24 * hour },
  { label: 'Last 7 days', ms: 7 * 24 * hour },
] as const

const minute = 60_000

const summary = ({ from, to }: TimeRange, zone: string, now: number): string => {
  const told = (at: string) => formatInstant(Date.parse(at), zone, now).replace(/:00$/, '')
  if (from !== undefined && to !== undefined) return `${told(from)} – ${told(to)}`
  if (from !== undefined) return `Since ${told(from)}`
  return to === undefined ? 'Time' : `Before ${told(to)}`
}

const TimeFields = lazy(async () => ({ default: (await import('./time-fields.tsx')).TimeFields }))

/** When something happened: a preset, or from and to in the chosen zone. */
export const TimeFilter = ({ from, to, zone, now, onChange }: TimeFilterProps) => {
  const active = from !== undefined || to !== undefined
  const told = summary({ from, to }, zone.name, now())
  return (
    <Dropdown kind="panel" look={active ? 'light' : 'default'} ariaLabel={`Time: ${active ? told : 'any'}`} label={told}>
      {(close) => {
        const choose = (range: TimeRange) => {
          close()
          onChange(range)
        }
        return (
          <div className={classes['body']}>
            {presets.map(({ label, ms }) => (
              <Button
                key={label}
                variant="subtle"
                size="compact-sm"
                justify="flex-start"
                onClick={() => choose({ from: new Date(Math.floor((now() - ms) / minute) * minute).toISOString(), to: undefined })}
              >
                {label}
              </Button>
            ))}
            {active && (
              <Button variant="subtle" size="compact-sm" justify="flex-start" onClick={() => choose({ from: undefined, to: undefined })}>
                Any time
              </Button>
            )}
            <Suspense fallback={<div className={classes['fieldsRoom']} />}>
              <TimeFields key={`${from} ${to}`} from={from} to={to} zone={zone} onChange={choose} />
            </Suspense>
          </div>
        )
      }}
    </Dropdown>
  )
}
