import type { z } from 'zod'
import type { BulkActionName, BulkItem, BulkStep, WriteResult } from '@refreshboard/api-types'
import type { ProblemError } from '../http/problem-error.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { SessionFacts } from '../session/sessions.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import type { Intention, IntentionRequest } from '../writes/intention.ts'

/** Who plans or carries out, and through whose eyes Tableau is read. */
export interface BulkContext {
  readonly principal: PrincipalKey
  readonly facts: SessionFacts
  readonly tableau: TableauSession
  readonly requestId: string
}

/** What would become of one item. One with a `reason` is left out. */
export interface PlannedItem extends Pick<BulkItem, 'id' | 'name' | 'about' | 'will' | 'changes' | 'reason'> {
  readonly step: BulkStep
  /** What `perform` needs, as JSON; no secret. It is part of what a digest stands for. */
  readonly input: unknown
}

export interface BulkPlan {
  readonly title: string
  readonly warnings: readonly string[]
  /** In the order of work. */
  readonly items: readonly PlannedItem[]
}

/** The run was paused, stopped or halted while an item waited for its turn: it stays as it was planned. */
export class NoLongerWanted extends Error {
  override readonly name = 'NoLongerWanted'
}

/** One item on its way. */
export interface BulkWork {
  readonly id: string
  readonly name: string
  /** As it was planned, given back from JSON: parse it. */
  readonly input: unknown
  /** The item's intentions by their place: the same after a restart, so that nothing is sent twice. */
  readonly requestOf: (place: number) => IntentionRequest
  /** What an earlier item of the run made. */
  readonly resultOf: (n: number) => WriteResult | undefined
  /** Throws {@link NoLongerWanted} where nothing of the item was begun and nothing more is to be: call it after a wait. */
  readonly assertWanted: () => void
  /** Whether another run, of anybody, has sent something of the same and is not through with it. */
  readonly isBegunElsewhere: () => Promise<boolean>
}

/** What stands of an item of which a part is done, and what is left to do by hand; sentences. */
export interface HalfDone {
  readonly evidence: string
  readonly reason: string
}

/** What became of one item that was not refused; a refusal is thrown. */
export interface BulkOutcome {
  readonly state: 'done' | 'unconfirmed' | 'half_done'
  readonly evidence: string
  readonly result?: WriteResult
  /** What is left to do by hand; for `half_done`. */
  readonly reason?: string
  /** Why the rest was not done; for `half_done`. It counts as a refusal does. */
  readonly problem?: ProblemError
}

/** Carries an intention out and waits until it is known what became of it; throws its problem when it was not done. */
export type Carry = (context: BulkContext, intention: Intention) => Promise<{ state: 'done' | 'unconfirmed'; evidence: string; result?: WriteResult }>

/** One thing that can be done to many. `W`: what is wanted, as the contract parsed it. */
export interface BulkAction<W> {
  readonly action: BulkActionName
  /** How many intentions one item takes at most. */
  readonly intentions: number
  /** How many items may be under way at a time; 1 keeps their order. */
  readonly atOnce: number
  /** Whether the first refusal halts the run. */
  readonly firstErrorHalts: boolean
  /** Reads, and sends nothing. Throws a ProblemError where nothing of it can be done. */
  plan(context: BulkContext, wanted: W): Promise<BulkPlan>
  perform(context: BulkContext, work: BulkWork, carry: Carry): Promise<BulkOutcome>
  /** All that `perform` would carry out, in order, where that can be known beforehand. Without it the first alone is shown. */
  readonly intentionsOf?: (context: BulkContext, work: BulkWork) => readonly Intention[]
  /**
   * In words what stands of an item after its first intention. `result`: what that made, where it is known; `why`: why the rest is not
   * done, as a sentence.
   */
  readonly halfDone?: (input: unknown, result: WriteResult | undefined, why: string) => HalfDone
}

/** An action as the runs know it: what is wanted comes back from the store as JSON, and is parsed by `wanted`. */
export const registered = <W>(action: BulkAction<W>, wanted: z.ZodType<W>): BulkAction<unknown> => ({
  ...action,
  plan: (context, given) => action.plan(context, wanted.parse(given)),
})
