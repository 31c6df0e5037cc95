import type { HeldAge } from './data-age.tsx'
import { sinceReceipt } from '../lib/live.ts'
import { useNow } from '../lib/now.ts'
import { formatAge } from '../lib/time.ts'

/** `What you see was read 3 min ago.`, going on every second. */
export const ReadAgo = ({ held }: { held: HeldAge }) => {
  useNow()
  return <>What you see was read {formatAge(held.age.ageMs + sinceReceipt(held.receipt))}.</>
}
