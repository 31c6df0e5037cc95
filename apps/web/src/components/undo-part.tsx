import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { failureOf } from '../lib/api-error.ts'
import { useShortcuts } from '../lib/shortcuts.ts'
import { useIsLive } from '../lib/session-store.ts'
import { isUnderWay, useWriteState, whenKnown, type Done, type WriteState } from '../lib/writes.ts'
import { refusalText, toldOf } from './told-of.ts'
import type { UndoOffer } from './undo.ts'
import classes from './toasts.module.css'

/** For so long an undo is offered, in seconds. */
const offeredFor = 30

interface UndoPartProps {
  offer: UndoOffer
  /** The time is over. */
  onOver: () => void
  /** What became of it, in place of what was said. */
  onTold: (title: string, text: string, kept: boolean) => void
}

/** What Tableau did not keep of it is no undoing, and stays to be read; so does what somebody else changed in the same moment. */
const tellDone = (what: string, { evidence, result }: Done, onTold: UndoPartProps['onTold']): void => {
  const short = (result?.differs ?? []).length > 0
  onTold(`${short ? 'Not fully undone' : 'Undone'}: ${what}`, toldOf(evidence, result), short || (result?.moved ?? []).length > 0)
}

const tell = ({ what, onUndone }: UndoOffer, state: WriteState | undefined, onTold: UndoPartProps['onTold']): void => {
  switch (state?.phase) {
    case 'done':
      onUndone?.()
      tellDone(what, state, onTold)
      break
    case 'not-done':
      onTold(`Not undone: ${what}`, refusalText(state.failure), true)
      break
    case 'unconfirmed':
      onTold(`It could not be confirmed whether it was undone: ${what}`, state.evidence, true)
      break
    case 'sending':
    case 'checking':
    case undefined:
      break
  }
}

/**
 * Sends the opposite, and follows it to its end whether or not its toast is still there. False where it was not sent, and there is
 * nothing to tell: the session had ended, which its dialog says.
 */
const undo = async (offer: UndoOffer, onTold: UndoPartProps['onTold']): Promise<boolean> => {
  try {
    await offer.send()
    const state = await whenKnown(offer.target)
    tell(offer, state, onTold)
    return state !== undefined
  } catch (error) {
    onTold(`Not undone: ${offer.what}`, refusalText(failureOf(error)), true)
    return true
  }
}

/** “Undo” below what was said, with the seconds that are left. They stand still under the pointer, while the focus is in it, and while the session has ended. */
export const UndoPart = ({ offer, onOver, onTold }: UndoPartProps) => {
  const [left, setLeft] = useState(offeredFor)
  const part = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const busy = isUnderWay(useWriteState(offer.target))
  const [asked, setAsked] = useState(false)
  const live = useIsLive()
  useShortcuts({ u: () => button.current?.focus() })
  useEffect(() => {
    // While the session has ended nobody can press it: the time goes on for who signs in again.
    if (asked || !live) return undefined
    const timer = setInterval(() => {
      const card = part.current?.closest('[data-toast]')
      if (card?.matches(':hover') === true || card?.contains(document.activeElement) === true) return
      setLeft((seconds) => seconds - 1)
    }, 1000)
    return () => clearInterval(timer)
  }, [asked, live])
  const press = async () => {
    setAsked(true)
    if (!(await undo(offer, onTold))) setAsked(false)
  }
  useEffect(() => {
    if (left <= 0) onOver()
  }, [left, onOver])
  return (
    <div ref={part} className={classes['undo']}>
      <Button
        ref={button}
        size="compact-sm"
        variant="default"
        loading={asked && busy}
        aria-label={`Undo ${offer.what}`}
        onClick={(event) => {
          // Neither the second half of a double click nor another press is a second intention.
          if (event.detail > 1 || asked) return
          void press()
        }}
      >
        Undo
      </Button>
      {/* Told once, by the words below: every second would be too much to listen to. */}
      {!asked && (
        <span aria-hidden className={classes['left']}>
          {left} s left
        </span>
      )}
      <span className={classes['said']}>It can be undone for {offeredFor} seconds; the key u goes there.</span>
    </div>
  )
}
