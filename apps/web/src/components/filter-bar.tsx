import type { ReactNode } from 'react'
import { formatCount } from '../lib/count.ts'
import classes from './filter-bar.module.css'

/** The one bar of filters above a list. */
export const FilterBar = ({ children }: { children: ReactNode }) => (
  <section className={classes['bar']} aria-label="Filters">
    {children}
  </section>
)

/** Filters that are switched on and off, beside each other. */
export const FilterChips = ({ children }: { children: ReactNode }) => <div className={classes['chips']}>{children}</div>

interface FilterChipProps {
  icon?: ReactNode
  label: string
  /** How many match it; absent before it is known. */
  count: number | undefined
  active: boolean
  /** What there is some of calls for a look. */
  tone?: 'failed' | 'late' | undefined
  onToggle: () => void
}

/** One filter that is on or off, with how many match it. */
export const FilterChip = ({ icon, label, count, active, tone, onToggle }: FilterChipProps) => {
  const shown = count === undefined ? '' : formatCount(count)
  return (
    <button type="button" className={classes['chip']} data-tone={count === 0 ? undefined : tone} aria-pressed={active} aria-label={`${label} ${shown}`.trim()} onClick={onToggle}>
      {icon}
      {label}
      <span className={classes['count']}>{shown}</span>
    </button>
  )
}

/** For a filter that is taken off and not put on here. */
export const chipClass = classes['chip']
