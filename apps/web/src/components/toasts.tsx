import { CloseButton, Portal } from '@mantine/core'
import { useEffect } from 'react'
import { failureOf, isSessionEnd } from '../lib/api-error.ts'
import { createStore, useStore } from '../lib/store.ts'
import classes from './toasts.module.css'

interface Toast {
  id: number
  title: string
  text: string
}

const toasts = createStore<readonly Toast[]>([])
let lastId = 0

const dismiss = (id: number) => toasts.set(toasts.get().filter((toast) => toast.id !== id))

/** Says that something was done whose page is left by then. */
export const toast = (title: string, text: string): void => {
  lastId += 1
  toasts.set([...toasts.get().slice(-2), { id: lastId, title, text }])
}

/** Says that a bare action failed: one that has neither a form nor a dialog of its own. The end of a session is shown by its dialog, not twice. */
export const toastFailure = (what: string, error: unknown): void => {
  if (isSessionEnd(error)) return
  const failure = failureOf(error)
  const id = failure.requestId === undefined ? '' : ` Request id ${failure.requestId}.`
  toast(what, `${failure.title} ${failure.detail ?? failure.next}${id}`)
}

const shownMs = 12_000

const ToastCard = ({ toast }: { toast: Toast }) => {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), shownMs)
    return () => clearTimeout(timer)
  }, [toast.id])
  return (
    <div className={classes['toast']}>
      <div>
        <strong>{toast.title}</strong>
        <div>{toast.text}</div>
      </div>
      <CloseButton aria-label="Dismiss" onClick={() => dismiss(toast.id)} />
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
