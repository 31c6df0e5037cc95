import type { ReactNode } from 'react'
import type { LiveState } from '../lib/live.ts'
import classes from './age-badge.module.css'
import { Tip } from './tip.tsx'

/** How old figures are: a dot, a word and an age; where the age comes from on hover and focus. */
export const AgeBadge = ({ state, text, children }: { state: LiveState | 'paused'; text: string; children: ReactNode }) => (
  <Tip text={children}>
    {(describedBy) => (
      <button type="button" className={classes['state']} data-state={state} aria-label={`Age of the data: ${text}`} aria-describedby={describedBy}>
        <span className={classes['dot']} aria-hidden />
        {text}
      </button>
    )}
  </Tip>
)
