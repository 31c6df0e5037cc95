import { CloseButton, Portal } from '@mantine/core'
import { lazy, Suspense, useCallback, useEffect, useRef } from 'react'
import { failureOf, isSessionEnd } from '../lib/api-error.ts'
import { onIdentityChange } from '../lib/session-store.ts'
import { createStore, useStore } from '../lib/store.ts'
import { BrokenPart } from './broken-part.tsx'
import type { UndoOffer } from './undo.ts'
import classes from './toasts.module.css'

const UndoPart = lazy(async () => ({ default: (await import('./undo-part.tsx')).UndoPart }))

interface Toast {
  id: number
  title: string
  text: string
  undo?: UndoOffer | undefined
  /** It stays until it is dismissed. */
  kept?: boolean
}

/** For so many there is room; what is kept, or can still be undone or is being undone, stays beyond it. */
const most = 3
const toasts = createStore<readonly Toast[]>([])
let lastId = 0

// What was done by somebody else is not told to who comes next, and not theirs to undo.
onIdentityChange(() => toasts.set([]))

const dismiss = (id: number) => toasts.set(toasts.get().filter((toast) => toast.id !== id))

/** Says it where another toast was, which it answers; at the end where that one is gone. */
const add = (said: Omit<Toast, 'id'>, insteadOf?: number): void => {
  lastId += 1
  const toast = { id: lastId, ...said }
  const shown = toasts.get()
  if (shown.some(({ id }) => id === insteadOf)) toasts.set(shown.map((other) => (other.id === insteadOf ? toast : other)))
  else {
    // Only what would go by itself makes room: what was promised does not.
    const goes = shown.length < most ? undefined : shown.find(({ undo, kept }) => undo === undefined && kept !== true)
    toasts.set([...shown.filter((other) => other !== goes), toast])
  }
}

/** Says that something was done whose page is left by then; `undo` puts it back, for a while. `kept`: until it is dismissed. */
export const toast = (title: string, text: string, undo?: UndoOffer, kept = false): void => add({ title, text, undo, kept })

/** Says that a bare action failed: one that has neither a form nor a dialog of its own. The end of a session is shown by its dialog, not twice. */
export const toastFailure = (what: string, error: unknown): void => {
  if (isSessionEnd(error)) return
  const failure = failureOf(error)
  const id = failure.requestId === undefined ? '' : ` Request id ${failure.requestId}.`
  toast(what, `${failure.title} ${failure.detail ?? failure.next}${id}`)
}

const shownMs = 12_000

const ToastCard = ({ toast: { id, title, text, undo, kept } }: { toast: Toast }) => {
  const close = useCallback(() => dismiss(id), [id])
  const stays = undo !== undefined || kept === true
  useEffect(() => {
    if (stays) return undefined
    const timer = setTimeout(close, shownMs)
    return () => clearTimeout(timer)
  }, [close, stays])
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Where there are more than fit, what was just said is in sight.
    const stack = card.current?.parentElement
    if (card.current !== null && stack instanceof HTMLElement) stack.scrollTop = card.current.offsetTop
  }, [])
  return (
    <div ref={card} className={classes['toast']} data-toast>
      <div>
        <strong>{title}</strong>
        <div>{text}</div>
        {undo !== undefined && (
          <BrokenPart what="Undo">
            <Suspense fallback={<div className={classes['undo']} />}>
              <UndoPart offer={undo} onOver={close} onTold={(told, why, stay) => add({ title: told, text: why, kept: stay }, id)} />
            </Suspense>
          </BrokenPart>
        )}
      </div>
      <CloseButton aria-label="Dismiss" onClick={close} />
    </div>
  )
}

/** Where toasts appear; read out politely. */
export const Toasts = () => {
  const shown = useStore(toasts)
  return (
    <Portal>
      <div className={classes['stack']} aria-live="polite">
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
    </Portal>
  )
}
