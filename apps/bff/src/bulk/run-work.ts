import { instant } from '../clock.ts'
import { toProblemError } from '../http/error-mapper.ts'
import { nameOfError } from '../http/logger.ts'
import type { ProblemError } from '../http/problem-error.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { BulkItemRow, BulkRunRow } from '../storage/database.ts'
import { StorageError } from '../storage/storage-error.ts'
import { NoLongerWanted, type BulkAction, type BulkContext, type BulkOutcome } from './bulk-action.ts'
import { keysOf, workOf } from './bulk-rows.ts'
import type { Standing } from './bulk-store.ts'
import { createTally, type Tally } from './bulk-tally.ts'
import { createCarry } from './carry.ts'
import { halfDoneOf, notingCarry } from './half-done.ts'
import { isLost, lostOf } from './lost-track.ts'
import { isPassing } from './passing.ts'
import type { Halt, RunDeps, Wish } from './run-deps.ts'
import { RunItems } from './run-items.ts'
import { RunLanes } from './run-lanes.ts'
import { isUnderWay, RunQueue } from './run-queue.ts'
import { RunWait } from './run-wait.ts'

/** Nothing is sent that Tableau wants to be asked for later than this. */
const longestWaitMs = 60 * 60_000
const defaultWaitMs = 60_000

const sessionEnded = 'The Tableau session ended. It goes on when you sign in again and open this application.'

/** Carries the items of one run out, some at a time, until nothing is left to do or something keeps it from going on. */
export class RunWork {
  /** Whose session is used: that of whoever started it, or asked for it last. */
  context: BulkContext
  halt: Halt | undefined
  readonly run: BulkRunRow
  readonly #deps: RunDeps
  readonly #action: BulkAction<unknown>
  readonly #onWaiting: (until: number | undefined) => Promise<void>
  readonly #queue: RunQueue
  readonly #lanes: RunLanes
  readonly #items: RunItems
  readonly #tally: Tally = createTally()
  readonly #wait: RunWait
  #wish: Wish

  /** `onWaiting`: Tableau asked to wait until then; undefined when that is over. */
  constructor(deps: RunDeps, given: { run: BulkRunRow; items: readonly BulkItemRow[]; action: BulkAction<unknown>; context: BulkContext; wish: Wish; onWaiting: (until: number | undefined) => Promise<void> }) {
    this.#deps = deps
    this.run = given.run
    this.#action = given.action
    this.context = given.context
    this.#wish = given.wish
    this.#wait = new RunWait(deps.clock, given.run.retry_at)
    this.#onWaiting = given.onWaiting
    this.#items = new RunItems(deps.store, given.items)
    this.#queue = new RunQueue(given.items)
    this.#lanes = new RunLanes(given.action.atOnce, () => this.#lane())
  }

  get wish(): Wish {
    return this.#wish
  }

  /** Takes effect at the next item. Whoever waits is woken, and waits on if it is to go on; whoever left comes back then. */
  set wish(wish: Wish) {
    this.#wish = wish
    this.#wait.wake()
    if (wish === 'go') this.#lanes.refill()
  }

  /** Until when Tableau asked to wait, in milliseconds since 1970; null when that is over, or was never asked. */
  get retryAt(): number | null {
    return this.#wait.retryAt
  }

  /** Whether something would be done if it went on. */
  get hasMore(): boolean {
    return this.#queue.hasMore
  }

  /** Whether something is on its way of which it is not known what became of it. */
  get hasBegun(): boolean {
    return this.#queue.hasBegun
  }

  /** Resolves when nothing is under way any more. Never rejects. */
  async work(): Promise<void> {
    await this.#lanes.work()
  }

  async #lane(): Promise<void> {
    let row: BulkItemRow | undefined
    try {
      for (;;) {
        row = (await this.#mayGoOn()) ? this.#queue.take(this.#wish === 'go' ? 'any' : 'begun') : undefined
        if (row === undefined) return
        await this.#one(row)
      }
    } catch (error) {
      // What could not be written down is carried again under the same key.
      if (row !== undefined) this.#queue.putBack(row)
      if (!(error instanceof StorageError)) this.#deps.log.error('a bulk run failed in an unexpected way', { requestId: this.context.requestId, error: nameOfError(error) })
      this.halt ??= { state: 'halted', why: `${toProblemError(error, this.#deps.clock.now()).detail} Resume it then.` }
    }
  }

  /** False when nothing more may be begun. Waits for as long as Tableau asked. */
  async #mayGoOn(): Promise<boolean> {
    const { stop, lives } = this.#deps
    for (;;) {
      if (stop.aborted || this.halt !== undefined) return false
      // What is to be finished is not finished before Tableau wants to be asked again.
      if (this.#wish !== 'go' && this.retryAt !== null) return false
      if (this.retryAt === null) break
      await this.#wait.sleep(stop)
    }
    if (this.#wish === 'go' && this.#wait.takeEnd()) await this.#onWaiting(undefined)
    if (!(await lives(this.context.tableau.sessionId))) this.halt ??= { state: 'interrupted', why: sessionEnded }
    // Asked again: the session was looked up meanwhile.
    return !stop.aborted && this.halt === undefined
  }

  async #one(row: BulkItemRow): Promise<void> {
    const { clock, stop, store } = this.#deps
    const { context } = this
    const action = this.#action
    if (isUnderWay(row) && isLost(row, clock.now())) {
      const lost = lostOf(action, row)
      await this.#items.settle(row, this.context.requestId, lost)
      this.#haltAfter(row, lost)
      return
    }
    const wasBegun = isUnderWay(row)
    const assertWanted = (): void => {
      if (!wasBegun && (this.#wish !== 'go' || this.halt !== undefined || stop.aborted)) throw new NoLongerWanted()
    }
    try {
      if (!wasBegun) await this.#items.change(row, { state: 'sending', sent_at: clock.now() })
      const carry = createCarry(this.#deps, (evidence) => this.#items.change(row, { state: 'checking', evidence }))
      const work = workOf(row, context.requestId, { resultOf: (n) => this.#items.resultOf(n), isBegunElsewhere: () => store.begunElsewhere(action.action, row), assertWanted })
      const outcome = await action.perform(context, work, notingCarry(carry, action, row, (part) => this.#items.change(row, part)))
      await this.#ended(row, outcome)
    } catch (error) {
      // Whoever comes next carries it again under the same key.
      if (stop.aborted) return
      if (error instanceof NoLongerWanted) await this.#putBack(row, 'untouched')
      else if (error instanceof SessionEnded) await this.#sessionEnded(row, error)
      else await this.#refused(row, toProblemError(error, clock.now()))
    }
  }

  async #ended(row: BulkItemRow, outcome: BulkOutcome): Promise<void> {
    await this.#items.settle(row, this.context.requestId, outcome)
    this.#haltFor(this.#countOf(outcome))
    this.#haltAfter(row, outcome)
  }

  #haltAfter(row: BulkItemRow, { state, evidence, reason, problem }: BulkOutcome): void {
    if (state !== 'done' && this.#action.firstErrorHalts) this.#haltFor(`“${row.name}”: ${[reason ?? evidence, ...(problem === undefined ? [] : [problem.detail])].join(' ')} What comes after it may depend on it, so it was not tried.`)
  }

  /** Why the run should halt after this one. What is half done would leave all others half done as well. */
  #countOf({ state, problem }: BulkOutcome): string | undefined {
    if (state === 'done') return this.#tally.went()
    return problem === undefined ? this.#tally.lost() : this.#tally.refused(problem)
  }

  #haltFor(why: string | undefined): void {
    if (why !== undefined) this.halt ??= { state: 'halted', why }
  }

  /** Back to where it was; what is partly done stays on its way. */
  async #putBack(row: BulkItemRow, standing: Exclude<Standing, 'over'>): Promise<void> {
    if (standing === 'untouched') await this.#items.change(row, { state: 'planned', evidence: null, sent_at: null })
    this.#queue.putBack(row)
  }

  async #standing(row: BulkItemRow): Promise<Standing> {
    return this.#deps.store.standing(this.context.principal, keysOf(row))
  }

  async #sessionEnded(row: BulkItemRow, error: SessionEnded): Promise<void> {
    // Another browser of the same person may have taken it over meanwhile.
    if (error.sessionId === this.context.tableau.sessionId) this.halt ??= { state: 'interrupted', why: sessionEnded }
    const standing = await this.#standing(row)
    // A write that is still being found out is carried again under its key, which sends nothing.
    await this.#putBack(row, standing === 'untouched' ? 'untouched' : 'begun')
  }

  async #refused(row: BulkItemRow, problem: ProblemError): Promise<void> {
    const { clock, log } = this.#deps
    const standing = await this.#standing(row)
    if (problem.code === 'throttled' && standing !== 'over') {
      await this.#putBack(row, standing)
      const until = problem.facts.retryAt ?? clock.now() + defaultWaitMs
      if (until - clock.now() > longestWaitMs) this.#haltFor(`Tableau asks to wait until ${instant(until)}, which is more than an hour. Resume it then.`)
      else if (this.#wait.extend(until)) await this.#onWaiting(until)
      return
    }
    if (isPassing(problem.code) && standing !== 'over') {
      await this.#putBack(row, standing)
      this.#haltFor(this.#tally.unreached(problem))
      return
    }
    if (problem.code === 'internal') log.error('an item of a bulk run failed', { requestId: this.context.requestId, error: nameOfError(problem.cause) })
    if (standing === 'begun') await this.#items.settle(row, this.context.requestId, { state: 'half_done', ...halfDoneOf(this.#action, row, 'The rest of it was not done.'), problem })
    else await this.#items.settle(row, this.context.requestId, { state: 'refused', problem })
    if (this.#action.firstErrorHalts) this.#haltFor(`“${row.name}”: ${problem.detail} What comes after it may depend on it, so it was not tried.`)
    this.#haltFor(this.#tally.refused(problem))
  }
}
