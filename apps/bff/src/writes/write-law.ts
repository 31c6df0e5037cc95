import type { Contract, EndpointName, ErrorCode } from '@refreshboard/api-types'

/** The contract's endpoints that write to Tableau. */
export type WriteName = { [Name in EndpointName]: Contract[Name]['effect'] extends 'tableau' ? Name : never }[EndpointName]

/** What one write means at Tableau. What may be done when it is refused or its reply is lost is decided by this alone. */
export interface WriteLaw {
  /** The client's call that has the effect, one for each kind of target. An error of any other call means that nothing was sent. */
  readonly effect: readonly string[]
  /** The code by which Tableau itself refuses a second one, where it does. */
  readonly guard?: string
  /** The calls that read it back. */
  readonly readBy: readonly string[]
  /** Why no effect seen is no proof that there is none; a clause. */
  readonly unseen: string
  /** The codes that say that what was written to is no longer there, and what that means for the write. */
  readonly gone?: { readonly codes: readonly string[]; readonly means: 'done' | 'unconfirmed' }
  /** What sending it a second time would do; a clause. */
  readonly again: string
  /** Which of Tableau's refusals say for certain that nothing was done; the others are read back before they are told. */
  readonly certain: 'all' | readonly string[]
  /** The refusals after which the same key may be sent again. */
  readonly repeatable: readonly ErrorCode[]
}

export const neverArrived = 'the request most likely never arrived'
export const readFirst = 'sending it again does no harm, since it is read first and a later change is not overwritten'

/** Tableau asks to wait: it has done nothing, and one more click may send it again. */
export const afterWaiting: readonly ErrorCode[] = ['throttled']
