import { getWrite, writeOutcomeSchema, type Endpoint, type InputOf, type Resource, type WriteOutcome, type WriteResult } from '@refreshboard/api-types'
import { useMutation } from '@tanstack/react-query'
import { call } from './api.ts'
import { ApiError, failureOf, failureOfProblem, neverArrived, notDone, sessionEndOf, type Failure } from './api-error.ts'
import { createKeyedStore } from './keyed-store.ts'
import { reread } from './query-client.ts'
import { identity, onIdentityChange, sessionDied } from './session-store.ts'
import { wait } from './wait.ts'

/** How far one intention of a person has come, as told where it was started and where its item is shown. */
export type WriteState =
  | { phase: 'sending'; key: string; input: string }
  /** The reply was lost: what became of it is being found out. Nothing is sent again. */
  | { phase: 'checking'; key: string }
  /** Tableau took it. The list may need a moment. */
  | { phase: 'done'; evidence: string; result: WriteResult | undefined }
  /** Tableau refused it, or it never arrived. `key` stays when the same intention may be sent once more. */
  | { phase: 'not-done'; failure: Failure; error?: ApiError; key?: string; input?: string }
  /** It could not be found out. */
  | { phase: 'unconfirmed'; evidence: string }

/** What is known of a write that was done. */
export type Done = Extract<WriteState, { phase: 'done' }>

/** A write that was not done, or of which that could not be confirmed. */
export type Failed = Extract<WriteState, { phase: 'not-done' | 'unconfirmed' }>

/** Each is told once, whether or not the page that sent it is still there; never to somebody else who signed in since. */
export interface WhenKnown {
  onDone?: ((done: Done) => void) | undefined
  onFailed?: ((failed: Failed) => void) | undefined
}

/** An endpoint that writes to Tableau: it answers with an outcome. */
export type WriteEndpoint = Endpoint & { output: typeof writeOutcomeSchema }

interface Write<E extends Endpoint> extends WhenKnown {
  /** What is written to and how, such as `jobs.cancel <id>`: one at a time. */
  target: string
  endpoint: E
  input: InputOf<E>
  /** What it makes stale; read again once it is known what became of it. */
  invalidates: readonly Resource[]
}

const states = createKeyedStore<WriteState>()

onIdentityChange(() => states.clear())

/** True while it is not known yet what became of a write. */
export const isUnderWay = (state: WriteState | undefined): boolean => state?.phase === 'sending' || state?.phase === 'checking'

export const writeStateOf = (target: string): WriteState | undefined => states.get(target)

/** Follows the write to one target. */
export const useWriteState = (target: string): WriteState | undefined => states.use(target)

/** Resolves once a write is neither being sent nor being found out. */
export const whenKnown = (target: string): Promise<WriteState | undefined> =>
  new Promise((resolve) => {
    const look = () => {
      const state = states.get(target)
      if (isUnderWay(state)) return
      stop()
      resolve(state)
    }
    const stop = states.subscribe(look)
    look()
  })

const tellWhenKnown = async (target: string, { onDone, onFailed }: WhenKnown): Promise<void> => {
  const state = await whenKnown(target)
  if (state?.phase === 'done') onDone?.(state)
  else if (state?.phase === 'not-done' || state?.phase === 'unconfirmed') onFailed?.(state)
}

/** When the outcome is asked for, in milliseconds after the previous time; about 90 s in all. */
const askAfterMs = [400, 800, 1200, 1600, 2000, ...Array.from({ length: 28 }, () => 3000)]

/** For so long Tableau may take to show what it agreed to; then the state of the item tells, whatever it is. */
const doneShownMs = 60_000

const show = (target: string, state: WriteState): void => {
  states.set(target, state)
  if (state.phase !== 'done') return
  setTimeout(() => {
    if (states.get(target) === state) states.set(target, undefined)
  }, doneShownMs)
}

const settled = (outcome: WriteOutcome): WriteState | undefined => {
  switch (outcome.state) {
    case 'done':
      return { phase: 'done', evidence: outcome.evidence, result: outcome.result }
    case 'unconfirmed':
      return { phase: 'unconfirmed', evidence: outcome.evidence }
    case 'not_done':
      return { phase: 'not-done', failure: outcome.problem === undefined ? notDone(outcome.evidence) : failureOfProblem(outcome.problem) }
    case 'checking':
      break
  }
  return undefined
}

/** Asks what became of the write until it is known. Only reads: nothing is repeated. */
const findOut = async (target: string, key: string, input: string, invalidates: readonly Resource[]): Promise<void> => {
  const me = identity()
  states.set(target, { phase: 'checking', key })
  for (const ms of askAfterMs) {
    await wait(ms)
    if (identity() !== me) return
    try {
      const state = settled(await call(getWrite, { params: { key } }, { background: true }))
      if (identity() !== me) return
      if (state === undefined) continue
      show(target, state)
      await reread(...invalidates)
      return
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not_found') {
        states.set(target, { phase: 'not-done', failure: neverArrived, key, input })
        return
      }
      // Anything else says nothing about the write. A dead session is told by its dialog; the asking goes on after it.
      const ended = sessionEndOf(error)
      if (ended !== undefined) sessionDied(ended)
    }
  }
  if (identity() === me) states.set(target, { phase: 'unconfirmed', evidence: 'Refreshboard’s server did not tell what became of it. Look at the item itself.' })
}

/** True until the time to which Tableau asked to wait: neither the page nor a person sends it before. */
export const isHeld = (state: WriteState | undefined): boolean => state?.phase === 'not-done' && (state.failure.retryAt ?? 0) > Date.now()

/**
 * Sends one intention, once: while one to the same target is under way another does nothing, and a lost reply is asked
 * for, not repeated. Resolves when it is known or being found out; never rejects. Follow it with {@link useWriteState}.
 */
export const startWrite = async <E extends Endpoint>({ target, endpoint, input, invalidates, ...told }: Write<E>): Promise<WriteState | undefined> => {
  const before = states.get(target)
  if (before?.phase === 'sending' || before?.phase === 'checking' || before?.phase === 'done' || isHeld(before)) return before
  const me = identity()
  const text = JSON.stringify(input)
  // The same key again only for the same input: another input is another intention.
  const key = before?.phase === 'not-done' && before.key !== undefined && before.input === text ? before.key : crypto.randomUUID()
  states.set(target, { phase: 'sending', key, input: text })
  void tellWhenKnown(target, told)
  try {
    const outcome = writeOutcomeSchema.parse(await call(endpoint, input, { idempotencyKey: key }))
    if (identity() !== me) return undefined
    const state = settled(outcome)
    if (state === undefined) void findOut(target, key, text, invalidates)
    else show(target, state)
  } catch (error) {
    if (identity() !== me) return undefined
    const ended = sessionEndOf(error)
    if (ended !== undefined) {
      states.set(target, undefined)
      sessionDied(ended)
    } else if (error instanceof ApiError && error.received === 'unknown') void findOut(target, key, text, invalidates)
    else states.set(target, { phase: 'not-done', failure: failureOf(error), ...(error instanceof ApiError ? { error } : {}) })
  }
  return states.get(target)
}

/** {@link startWrite} as a mutation: afterwards what it makes stale is read again. */
export const useWrite = <E extends WriteEndpoint>(endpoint: E, invalidates: Resource[]) =>
  useMutation({
    mutationFn: (write: Pick<Write<E>, 'target' | 'input' | keyof WhenKnown>) => startWrite({ ...write, endpoint, invalidates }),
    meta: { invalidates },
  })

/** Forgets a write that is over and was read: a refusal, an outcome that could not be confirmed, or what was done. Not how long to wait. */
export const dismissWrite = (target: string): void => {
  const state = states.get(target)
  if (state?.phase !== 'sending' && state?.phase !== 'checking' && !isHeld(state)) states.set(target, undefined)
}
