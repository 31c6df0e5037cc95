import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useIsLive } from '../lib/session-store.ts'
import { Dialog } from './dialog.tsx'
import { WouldSend, type WouldBe } from './would-send.tsx'
import classes from './form.module.css'
import dialog from './dialog-buttons.module.css'

/** A field in words, as it was and as it shall be. */
export interface Difference<F extends string = string> {
  field: F
  label: string
  before: string
  after: string
}

interface SaveDialogProps {
  name: string
  differences: readonly Difference[]
  /** What saving would send to Tableau. */
  write: WouldBe
  /** Why it cannot be undone afterwards; `undefined` where an undo is offered. */
  final: string | undefined
  /** What else there is to know of the change. */
  children: ReactNode
  onSave: () => void
  onClose: () => void
}

/** What saving changes, before → after, in words. */
export const SaveDialog = ({ name, differences, write, final, children, onSave, onClose }: SaveDialogProps) => {
  const live = useIsLive()
  return (
    <Dialog title={`Save “${name}”`} onClose={onClose} active={live}>
      <table className={classes['compared']}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ field, label, before, after }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td>{before}</td>
              <td>
                <strong>{after}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {children}
      {final !== undefined && <p>This cannot be undone: {final}</p>}
      <div className={dialog['fold']}>
        <WouldSend write={write} />
      </div>
      <div className={dialog['buttons']}>
        <Button variant="default" onClick={onClose}>
          Go on editing
        </Button>
        <Button
          data-autofocus
          onClick={(event) => {
            // The second half of a double click is no second intention.
            if (event.detail <= 1) onSave()
          }}
        >
          Save changes
        </Button>
      </div>
    </Dialog>
  )
}
