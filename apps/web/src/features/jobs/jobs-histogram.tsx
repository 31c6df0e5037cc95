import { useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useIsLive } from '../../lib/session-store.ts'
import { formatInstant } from '../../lib/time.ts'
import { histogramOf } from './jobs.queries.ts'
import type { JobsFilter } from './jobs.search.ts'
import classes from './jobs-histogram.module.css'

interface JobsHistogramProps {
  filter: JobsFilter
  zone: string
  paused: boolean
  onRange: (range: { from: string; to: string }) => void
}

/** From one slot to another, in either direction. */
interface Brush {
  anchor: number
  end: number
}

const count = new Intl.NumberFormat('en-US')

/** Jobs per slot of the last day, failed on top. Drag over it, or walk it with the arrow keys, to filter by time. */
export const JobsHistogram = ({ filter, zone, paused, onRange }: JobsHistogramProps) => {
  const live = useIsLive()
  const { data } = useQuery({ ...histogramOf(filter), enabled: live, refetchInterval: paused ? false : 30_000 })
  const [cursor, setCursor] = useState<number>()
  const [brush, setBrush] = useState<Brush>()
  if (data === undefined || data.slots.length === 0) return <div className={classes['strip']} />

  const { slots, slotMs } = data
  const last = slots.length - 1
  const most = Math.max(1, ...slots.map(({ failed, other }) => failed + other))
  const clamp = (index: number) => Math.max(0, Math.min(last, index))
  const startOf = (index: number) => Date.parse(slots[clamp(index)]?.at ?? '')
  const told = (index: number): string => {
    const slot = slots[clamp(index)]
    if (slot === undefined) return ''
    const now = startOf(last)
    return `${formatInstant(startOf(index), zone, now).replace(/:00$/, '')} – ${formatInstant(startOf(index) + slotMs, zone, now).replace(/:00$/, '')}: ${count.format(slot.failed + slot.other)} jobs, ${count.format(slot.failed)} failed`
  }
  const apply = ({ anchor, end }: Brush) => {
    const [from, to] = [Math.min(anchor, end), Math.max(anchor, end)]
    onRange({ from: new Date(startOf(from)).toISOString(), to: new Date(startOf(to) + slotMs).toISOString() })
  }
  const slotAt = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return clamp(Math.floor(((event.clientX - left) / width) * slots.length))
  }
  const keys = (event: KeyboardEvent) => {
    const at = cursor ?? last
    const moves: Partial<Record<string, number>> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }
    const to = moves[event.key]
    if (to !== undefined) {
      event.preventDefault()
      setCursor(clamp(to))
      setBrush({ anchor: event.shiftKey ? (brush?.anchor ?? at) : clamp(to), end: clamp(to) })
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      apply(brush ?? { anchor: at, end: at })
    }
  }

  // What is chosen at present, or being chosen.
  const chosen = brush ?? {
    anchor: filter.from === undefined ? 0 : Math.floor((Date.parse(filter.from) - startOf(0)) / slotMs),
    end: filter.to === undefined ? last : Math.ceil((Date.parse(filter.to) - startOf(0)) / slotMs) - 1,
  }
  const [low, high] = [Math.min(chosen.anchor, chosen.end), Math.max(chosen.anchor, chosen.end)]
  const filtered = brush !== undefined || filter.from !== undefined || filter.to !== undefined
  return (
    <div className={classes['strip']}>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input has no room for bars
        role="slider"
        tabIndex={0}
        aria-label={`Jobs per ${Math.round(slotMs / 60_000)} minutes. Arrow keys walk, Shift extends, Enter filters`}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={cursor ?? last}
        aria-valuetext={told(cursor ?? last)}
        className={classes['bars']}
        onKeyDown={keys}
        onBlur={() => {
          setCursor(undefined)
          setBrush(undefined)
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setBrush({ anchor: slotAt(event), end: slotAt(event) })
        }}
        onPointerMove={(event) => {
          setCursor(slotAt(event))
          if (brush !== undefined && event.buttons === 1) setBrush({ ...brush, end: slotAt(event) })
        }}
        onPointerUp={() => {
          if (brush !== undefined) apply(brush)
          setBrush(undefined)
        }}
        onPointerCancel={() => setBrush(undefined)}
        onPointerLeave={() => setCursor(undefined)}
      >
        <svg viewBox={`0 0 ${slots.length} 100`} preserveAspectRatio="none" aria-hidden className={classes['svg']}>
          {slots.map(({ at, failed, other }, index) => {
            const red = failed === 0 ? 0 : Math.max((failed / most) * 100, 5)
            const grey = Math.min((other / most) * 100, 100 - red)
            const dim = filtered && (index < low || index > high)
            return (
              <g key={at} className={classes['slot']} data-dim={dim || undefined} data-cursor={index === cursor || undefined}>
                <rect x={index} width={1} y={0} height={100} className={classes['back']} />
                <rect x={index + 0.1} width={0.8} y={100 - grey} height={grey} className={classes['other']} />
                <rect x={index + 0.1} width={0.8} y={100 - grey - red} height={red} className={classes['failed']} />
              </g>
            )
          })}
        </svg>
      </div>
      <div className={classes['told']} aria-hidden>
        {cursor === undefined ? `Created per ${Math.round(slotMs / 60_000)} min, last day · failed on top` : told(cursor)}
      </div>
    </div>
  )
}
