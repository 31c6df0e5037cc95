import type { InputOf, Resource } from '@refreshboard/api-types'
import { reread } from '../lib/query-client.ts'
import { startWrite, type WriteEndpoint } from '../lib/writes.ts'

/** The write that puts back what was just changed; it goes out once. */
export interface UndoOffer {
  target: string
  send: () => Promise<unknown>
  /** What it puts back: `the change of “Nightly”`. */
  what: string
  /** Once it was put back. */
  onUndone?: () => void
}

interface Opposite<E extends WriteEndpoint> {
  endpoint: E
  input: InputOf<E>
  invalidates: readonly Resource[]
  what: string
}

let last = 0

/** Offers the opposite of what was done; each offer is an intention of its own. */
export const undoBy = <E extends WriteEndpoint>({ endpoint, input, invalidates, what }: Opposite<E>): UndoOffer => {
  last += 1
  const target = `undo ${last}`
  return {
    target,
    send: async () => {
      await startWrite({ target, endpoint, input, invalidates })
      await reread(...invalidates)
    },
    what,
  }
}
