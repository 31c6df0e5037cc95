import type { DataAge as Age } from '@refreshboard/api-types'
import { liveState, sinceReceipt, type Receipt } from '../lib/live.ts'
import { useNow } from '../lib/now.ts'
import { formatAge } from '../lib/time.ts'
import { AgeBadge } from './age-badge.tsx'

/** An answer's age, and when it was here. */
export interface HeldAge {
  age: Age
  receipt: Receipt
}

/** Lists that change by people's doing are read again this often, in milliseconds. */
export const listEveryMs = 30_000

/** How old a list is, going on every second whatever happens to the network. */
export const DataAge = ({ held }: { held: HeldAge | undefined }) => {
  useNow()
  if (held === undefined) return null
  const received = sinceReceipt(held.receipt)
  const ageMs = held.age.ageMs + received
  const state = liveState({ ageMs, everyMs: listEveryMs, complete: true })
  const text = state === 'live' ? formatAge(ageMs) : `${state === 'late' ? 'late' : 'not live'} · ${formatAge(ageMs)}`
  return (
    <AgeBadge state={state} text={text}>
      Refreshboard read Tableau {formatAge(ageMs)}.
      <br />
      This page heard from Refreshboard {formatAge(received)}.
    </AgeBadge>
  )
}
