import { Button, TextInput } from '@mantine/core'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { Dialog } from './dialog.tsx'
import { FailureNotice } from './failure-notice.tsx'
import type { Failure } from '../lib/api-error.ts'
import { useOnline } from '../lib/online.ts'
import { useIsLive } from '../lib/session-store.ts'
import { dismissWrite, isUnderWay, useWriteState, type Done, type WhenKnown } from '../lib/writes.ts'
import { toast } from './toasts.tsx'
import { useTellLeft } from './toast-failed.ts'
import { WouldSend, type WouldBe } from './would-send.tsx'
import { WriteButton } from './write-button.tsx'
import { WriteNote } from './write-note.tsx'
import classes from './dialog-buttons.module.css'

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
  /** What it would send to Tableau. */
  write: WouldBe
  /** Why it cannot be undone afterwards; `undefined` where an undo is offered. */
  final: string | undefined
  /** What has to be typed before it can be sent, for what costs more than a click is worth. */
  typed?: string
  /** Why it cannot be sent as it is. */
  reason?: string | undefined
  /** What a refusal means, where its own words do not say it. */
  explain?: (failure: Failure) => string | undefined
  /** Sends it, with who is to be told of its end; the dialog makes sure that it is asked once. */
  onSend: (known: WhenKnown) => Promise<unknown>
  /** What a toast says of it once it was done, also where the dialog was closed before; a refusal is told then, too. */
  told?: string
  /** Once it was done and while the dialog is open. */
  onDone: (done: Done) => void
  onClose: () => void
}

const Refusal = ({ failure, explain }: { failure: Failure; explain: ConfirmDialogProps['explain'] }) => {
  const words = explain?.(failure)
  return <FailureNotice failure={failure}>{words !== undefined && <div>{words}</div>}</FailureNotice>
}

/** Says what will happen, sends it once, shows a refusal itself and stays, and tells what could not be found out. */
export const ConfirmDialog = ({ title, children, action, danger = false, keep, target, what, write, final, typed, reason, explain, onSend, told, onDone, onClose }: ConfirmDialogProps) => {
  const state = useWriteState(target)
  const online = useOnline()
  const live = useIsLive()
  const whenDone = useRef(onDone)
  useEffect(() => {
    whenDone.current = onDone
  })
  useEffect(() => {
    if (state?.phase === 'done') whenDone.current(state)
  }, [state])

  const gone = state?.phase === 'not-done' && state.failure.code === 'not_found'
  const [text, setText] = useState('')
  const reasonId = useId()
  const notYet = reason ?? (typed !== undefined && text.trim() !== typed ? `Type “${typed}” first.` : undefined)
  const over = gone || state?.phase === 'checking' || state?.phase === 'unconfirmed'
  const tellLeft = useTellLeft()
  const known: WhenKnown = told === undefined ? {} : { onDone: ({ evidence }) => toast(told, evidence), onFailed: tellLeft(title) }
  const close = () => {
    if (state?.phase === 'not-done') dismissWrite(target)
    onClose()
  }
  return (
    <Dialog title={title} onClose={close} active={live}>
      <div className={classes['text']}>
        {children}
        {final !== undefined && <p>This cannot be undone: {final}</p>}
      </div>
      {typed !== undefined && !over && (
        <TextInput
          className={classes['typed'] ?? ''}
          label={`Type “${typed}” to go on`}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          disabled={isUnderWay(state)}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {!over && (
        <div className={classes['fold']}>
          <WouldSend write={write} />
        </div>
      )}
      <div className={classes['notice']}>
        {state?.phase === 'not-done' ? <Refusal failure={state.failure} explain={explain} /> : !online && <output>This computer is offline: it cannot be sent now.</output>}
        <WriteNote state={state} what={what} />
        {notYet !== undefined && !over && (
          <div id={reasonId} className={classes['reason']}>
            {notYet}
          </div>
        )}
      </div>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={close} data-autofocus>
          {over ? 'Close' : keep}
        </Button>
        {!over && (
          <WriteButton
            {...(danger ? { color: 'red' } : {})}
            busy={isUnderWay(state)}
            failure={state?.phase === 'not-done' ? state.failure : undefined}
            reason={notYet}
            reasonId={reasonId}
            onClick={() => void onSend(known)}
          >
            {action}
          </WriteButton>
        )}
      </div>
    </Dialog>
  )
}
