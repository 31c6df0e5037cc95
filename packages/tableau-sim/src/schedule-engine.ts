import type { VirtualClock } from './clock.ts'
import { lastFiringUpTo, nextFiringAfter } from './fire-times.ts'
import type { FiringRule } from './fire-times.ts'
import type { Random } from './random.ts'
import type { Recurrence } from './recurrence.ts'

/** The most seconds that `updatedAt` comes after a firing: in every sample of the references it is 0 to 45. */
const noticedWithinSeconds = 45

interface Armed {
  readonly callOff: () => void
}

/** What can be fired: a schedule of the server, or the one that a task of Tableau Cloud has to itself. */
interface Fireable {
  readonly state: 'Active' | 'Suspended'
  readonly recurrence: Recurrence
  readonly endScheduleAt: number | undefined
  updatedAt: number
}

/** What of it decides when it fires. */
export type Timed = Pick<Fireable, 'recurrence' | 'endScheduleAt'>

interface ScheduleEngineOptions<T> {
  readonly clock: VirtualClock
  readonly zone: string
  readonly random: Random
  readonly onFire: (schedule: T) => void
  /** `ruleOfRecurrence` unless given. */
  readonly ruleOf?: (schedule: Timed) => FiringRule
}

/** Fires active schedules at their times on the virtual clock, each time once and in order, however far the clock jumps. */
export class ScheduleEngine<T extends Fireable> {
  readonly zone: string
  readonly #clock: VirtualClock
  readonly #random: Random
  readonly #onFire: (schedule: T) => void
  readonly #ruleOf: (schedule: Timed) => FiringRule
  readonly #armed = new Map<T, Armed>()
  /** The next firing of each, which is good until then or until its times are replaced. */
  readonly #next = new WeakMap<T, { readonly recurrence: Recurrence; readonly after: number; readonly at: number | undefined }>()

  constructor(options: ScheduleEngineOptions<T>) {
    this.#clock = options.clock
    this.zone = options.zone
    this.#random = options.random
    this.#onFire = options.onFire
    this.#ruleOf = options.ruleOf ?? ruleOfRecurrence
  }

  /** To be called whenever the state or the times of a schedule were set: from now on it fires by them. */
  arm(schedule: T): void {
    this.disarm(schedule)
    if (schedule.state === 'Active') this.#armAfter(schedule, this.#clock.now())
  }

  disarm(schedule: T): void {
    this.#armed.get(schedule)?.callOff()
    this.#armed.delete(schedule)
  }

  /** Of a suspended schedule too (§ List Server Schedules, “End of the month”). */
  nextRunAt(schedule: T): number | undefined {
    return this.#nextAfter(schedule, this.#clock.now())
  }

  /** When it last fired or would have; undefined for never within a year. */
  lastRunAt(schedule: Timed): number | undefined {
    return lastFiringUpTo(this.#ruleOf(schedule), this.zone, this.#clock.now())
  }

  #nextAfter(schedule: T, after: number): number | undefined {
    const known = this.#next.get(schedule)
    if (known?.recurrence === schedule.recurrence && known.after <= after && (known.at === undefined || after < known.at)) return known.at
    const at = nextFiringAfter(this.#ruleOf(schedule), this.zone, after)
    this.#next.set(schedule, { recurrence: schedule.recurrence, after, at })
    return at
  }

  #armAfter(schedule: T, after: number): void {
    const at = this.#nextAfter(schedule, after)
    if (at === undefined) return
    const callOff = this.#clock.at(at, () => {
      this.#armAfter(schedule, at)
      this.#fire(schedule, at)
    })
    this.#armed.set(schedule, { callOff })
  }

  #fire(schedule: T, at: number): void {
    this.#onFire(schedule)
    const noticedAt = at + this.#random.between(0, noticedWithinSeconds) * 1000
    this.#clock.at(noticedAt, () => {
      schedule.updatedAt = Math.max(schedule.updatedAt, noticedAt)
    })
  }
}

/**
 * What a schedule fires by. REST does not tell the days of “Customized Monthly”: here they are the first of the month, so that
 * such a schedule has a next run as on a server.
 */
export const ruleOfRecurrence = ({ recurrence, endScheduleAt }: Timed): FiringRule => {
  const customized = recurrence.frequency === 'Monthly' && recurrence.intervals.some((interval) => interval['monthDay'] === 'Customized Monthly')
  return { ...recurrence, endScheduleAt, ...(customized && { intervals: [{ monthDay: '1' }] }) }
}
