import type { Luid } from '@refreshboard/api-types'
import type { ScheduleExtract } from '@refreshboard/tableau-client'
import type { Clock } from '../../clock.ts'
import type { PrincipalKey } from '../../session/principal.ts'
import { SessionEnded } from '../../session/session-ended.ts'
import { inLanes } from '../../shelves/in-lanes.ts'
import { within } from '../../shelves/patience.ts'
import { notYet } from './not-yet.ts'

/** What Tableau tells of the tasks on one schedule, by task id; undefined for who may not see it. */
export type Extracts = ReadonlyMap<string, ScheduleExtract> | undefined

/** So many schedules are asked for their tasks at once. */
const atOnce = 4
/** Where nobody has asked for so long, nothing more is read. */
const unaskedMs = 60_000
/** Who was told to ask again is still asking the same, so long. */
const sameQuestionMs = 5 * 60_000
/** What was read longer ago is read again. */
export const oldestExtractsMs = 15 * 60_000
/** So many people's are kept; of the longest unasked nothing is. */
const mostQuestions = 50

/** Schedules to be asked, each with what stands for the tasks that the site's list has on it: where that is another one, it is asked again. */
export type Asked = ReadonlyMap<Luid, string>

/** As whom it is read, and how; `until` when it is waited for, by the monotonic clock. */
interface Asker {
  readonly sessionId: string
  readonly read: (scheduleId: Luid) => Promise<Extracts>
  readonly until: number
}

interface Kept {
  readonly extracts: Extracts
  readonly listed: string
  readonly readAt: number
}

interface Ended {
  readonly error?: unknown
}

/** What one person asks of all schedules, over as many requests as it takes: what one of them read the next one has. */
export class ExtractsQuestion {
  readonly #clock: Clock
  readonly #kept = new Map<Luid, Kept>()
  #running: Promise<Ended> | undefined
  askedAt: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.askedAt = clock.monotonic()
  }

  /**
   * The extracts of all these schedules, and when the oldest of them were read, by the monotonic clock. Throws `overloaded` where that
   * takes longer than is waited for, and goes on meanwhile; and what reading threw.
   */
  async answer(asked: Asked, { sessionId, read, until }: Asker): Promise<{ extracts: ReadonlyMap<Luid, Extracts>; since: number }> {
    this.askedAt = this.#clock.monotonic()
    for (;;) {
      const missing = this.#missing(asked)
      if (missing.length === 0) return this.#whole(asked)
      this.#running ??= this.#run(missing, asked, read)
      const ended = await within(this.#clock, this.#running, Math.max(0, until - this.#clock.monotonic()))
      if (ended === undefined) throw notYet(this.#clock, `The tasks of ${asked.size - this.#missing(asked).length} of ${asked.size} schedules have been read so far.`)
      // Another browser of the same person lent its token, and that one is dead: this one's may live.
      const isAnothersEnd = ended.error instanceof SessionEnded && ended.error.sessionId !== sessionId
      if ('error' in ended && !isAnothersEnd) throw ended.error
    }
  }

  #missing(asked: Asked): Luid[] {
    const oldest = this.#clock.monotonic() - oldestExtractsMs
    return [...asked.keys()].filter((id) => {
      const kept = this.#kept.get(id)
      return kept === undefined || kept.listed !== asked.get(id) || kept.readAt < oldest
    })
  }

  #whole(asked: Asked): { extracts: ReadonlyMap<Luid, Extracts>; since: number } {
    const kept = [...asked.keys()].flatMap((id) => this.#kept.get(id) ?? [])
    return { extracts: new Map([...asked.keys()].map((id) => [id, this.#kept.get(id)?.extracts])), since: Math.min(this.#clock.monotonic(), ...kept.map(({ readAt }) => readAt)) }
  }

  /** Never rejects. */
  async #run(missing: readonly Luid[], asked: Asked, read: Asker['read']): Promise<Ended> {
    try {
      await inLanes(missing, atOnce, async (id) => {
        if (this.#clock.monotonic() - this.askedAt > unaskedMs) return
        const readAt = this.#clock.monotonic()
        this.#kept.set(id, { extracts: await read(id), listed: asked.get(id) ?? '', readAt })
      })
      return {}
    } catch (error) {
      return { error }
    } finally {
      this.#running = undefined
    }
  }
}

/** The questions that people ask at present. */
export class ExtractsQuestions {
  readonly #clock: Clock
  readonly #questions = new Map<PrincipalKey, ExtractsQuestion>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#questions.size
  }

  /** Somebody asks, or asks again: call it before anything else is waited for. */
  of(principal: PrincipalKey): ExtractsQuestion {
    const now = this.#clock.monotonic()
    for (const [key, { askedAt }] of this.#questions) if (now - askedAt > sameQuestionMs) this.#questions.delete(key)
    const question = this.#questions.get(principal) ?? new ExtractsQuestion(this.#clock)
    question.askedAt = now
    // The longest unasked is the first.
    this.#questions.delete(principal)
    this.#questions.set(principal, question)
    const [first] = this.#questions.keys()
    if (this.#questions.size > mostQuestions && first !== undefined) this.#questions.delete(first)
    return question
  }

  /** It was answered: the next one is read anew. */
  answered(principal: PrincipalKey, question: ExtractsQuestion): void {
    if (this.#questions.get(principal) === question) this.#questions.delete(principal)
  }
}
