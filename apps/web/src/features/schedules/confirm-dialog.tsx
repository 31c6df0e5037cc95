import { Button } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useOnline } from '../../lib/online.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { dismissWrite, useWriteState, type WriteState } from '../../lib/writes.ts'
import { isUnderWay } from './schedule-writes.ts'
import { WriteButton } from '../../components/write-button.tsx'
import { WriteNote } from '../../components/write-note.tsx'
import classes from '../../components/dialog-buttons.module.css'

type Done = Extract<WriteState, { phase: 'done' }>

interface ConfirmDialogProps {
  title: string
  /** What will happen. */
  children: ReactNode
  action: string
  danger?: boolean
  /** The button that leaves everything as it is. */
  keep: string
  /** What is written to; forget what is over about it before the dialog is opened. */
  target: string
  /** For the note about it: `the schedule was deleted`. */
  what: string
  /** Sends it; the dialog makes sure that it is asked once. */
  onSend: () => Promise<unknown>
  onDone: (done: Done) => void
  onClose: () => void
}

/** Says what will happen, sends it once, shows a refusal itself and stays, and tells what could not be found out. */
export const ConfirmDialog = ({ title, children, action, danger = false, keep, target, what, onSend, onDone, onClose }: ConfirmDialogProps) => {
  const state = useWriteState(target)
  const online = useOnline()
  const live = useIsLive()
  const told = useRef(onDone)
  useEffect(() => {
    told.current = onDone
  })
  useEffect(() => {
    if (state?.phase === 'done') told.current(state)
  }, [state])

  const gone = state?.phase === 'not-done' && state.failure.code === 'not_found'
  const over = gone || state?.phase === 'checking' || state?.phase === 'unconfirmed'
  const close = () => {
    if (state?.phase === 'not-done') dismissWrite(target)
    onClose()
  }
  return (
    <Dialog title={title} onClose={close} active={live}>
      <div className={classes['text']}>{children}</div>
      <div className={classes['notice']}>
        {state?.phase === 'not-done' ? <FailureNotice failure={state.failure} /> : !online && <output>This computer is offline: it cannot be sent now.</output>}
        <WriteNote state={state} what={what} />
      </div>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={close} data-autofocus>
          {over ? 'Close' : keep}
        </Button>
        {!over && (
          <WriteButton {...(danger ? { color: 'red' } : {})} busy={isUnderWay(state)} failure={state?.phase === 'not-done' ? state.failure : undefined} onClick={() => void onSend()}>
            {action}
          </WriteButton>
        )}
      </div>
    </Dialog>
  )
}
