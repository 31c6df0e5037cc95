import type { InputOf } from '@refreshboard/api-types'
import { lazy, Suspense, useState } from 'react'
import type { WriteEndpoint } from '../lib/writes.ts'
import { BrokenPart } from './broken-part.tsx'
import classes from './would-send.module.css'

const Request = lazy(async () => ({ default: (await import('./would-send-request.tsx')).WouldSendRequest }))

/** A write as the BFF is asked about it; its text tells two of them apart. */
export interface Meant {
  operation: string
  params?: Record<string, string>
  body?: unknown
}

/** What a form or a dialog would write, or why it cannot be said yet. */
export type WouldBe = Meant | { notYet: string }

/** The write that {@link startWrite} would be called with. */
export const meant = <E extends WriteEndpoint>(endpoint: E, input: InputOf<E>): Meant => ({
  // The endpoint's type made sure of the parts, as for call().
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  ...(input as Omit<Meant, 'operation'> | undefined),
  operation: `${endpoint.resource}.${endpoint.operation}`,
})

/** The requests to Tableau behind a form or a dialog, folded; nothing is asked for until somebody opens it. */
export const WouldSend = ({ write, title = 'What would be sent' }: { write: WouldBe; title?: string }) => {
  const [open, setOpen] = useState(false)
  return (
    <details className={classes['fold']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes['summary']}>{title}</summary>
      {open && (
        <BrokenPart what="This part">
          <Suspense fallback={<div className={classes['room']} aria-hidden />}>
            <Request write={write} />
          </Suspense>
        </BrokenPart>
      )}
    </details>
  )
}
