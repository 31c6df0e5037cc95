import type { ReactNode } from 'react'
import type { WriteState } from '../lib/writes.ts'
import classes from './write-note.module.css'

interface WriteNoteProps {
  state: WriteState | undefined
  /** What was to be done, after “whether”: `the schedule was deleted`. */
  what: string
  /** Where it can be looked at. */
  children?: ReactNode
}

/** What is not known yet, or could not be found out, about a write. A refusal is shown where it was started. */
export const WriteNote = ({ state, what, children }: WriteNoteProps) => {
  switch (state?.phase) {
    case 'checking':
      return (
        <output className={classes['note']}>
          <strong>Checking whether {what} …</strong> The reply was lost. Refreshboard reads back what Tableau shows; nothing is sent again.
        </output>
      )
    case 'unconfirmed':
      return (
        <output className={classes['note']} data-late>
          <strong>It could not be confirmed whether {what}.</strong> {state.evidence} {children}
        </output>
      )
    case 'sending':
    case 'done':
    case 'not-done':
    case undefined:
      break
  }
  return null
}
