import { Button, type ButtonProps } from '@mantine/core'
import { useId } from 'react'
import type { Failure } from '../lib/api-error.ts'
import { useZone } from '../lib/zone.ts'
import { useHold } from './hold.ts'
import { IconClock } from './icons.ts'

interface WriteButtonProps extends Pick<ButtonProps, 'color'> {
  children: string
  /** While it is not known yet what became of it. */
  busy: boolean
  /** How it was refused the last time. */
  failure?: Failure | undefined
  /** Why it cannot be used, and the element that says so; it then stays reachable by keyboard. */
  reason?: string | undefined
  reasonId?: string | undefined
  /** It sends the form that it stands in. */
  submit?: boolean
  autoFocus?: boolean
  onClick?: () => void
}

/** Sends one intention: neither a double click nor a held key is a second one, and it waits for as long as Tableau asked. */
export const WriteButton = ({ children, busy, failure, reason, reasonId, submit = false, autoFocus = false, onClick, ...look }: WriteButtonProps) => {
  const hold = useHold(failure, useZone().name)
  const holdId = useId()
  const off = reason !== undefined || hold !== undefined
  return (
    <>
      <Button
        {...look}
        type={submit ? 'submit' : 'button'}
        loading={busy}
        leftSection={hold === undefined ? undefined : <IconClock size={16} aria-hidden />}
        aria-label={hold === undefined ? undefined : `${hold.words}: ${children}`}
        aria-disabled={off || undefined}
        aria-describedby={hold === undefined ? reasonId : holdId}
        {...(off ? { 'data-disabled': true, title: hold?.reason ?? reason } : {})}
        {...(autoFocus ? { 'data-autofocus': true } : {})}
        onKeyDown={(event) => {
          if (event.repeat) event.preventDefault()
        }}
        onClick={(event) => {
          // The second half of a double click is no second intention, however fast the first was answered.
          if (event.detail > 1 || off || busy) event.preventDefault()
          else onClick?.()
        }}
      >
        {hold?.words ?? children}
      </Button>
      {hold !== undefined && (
        <span id={holdId} hidden>
          {hold.reason}
        </span>
      )}
    </>
  )
}
