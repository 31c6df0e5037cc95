import type { Luid, Schedule } from '@refreshboard/api-types'
import { getServerSchedule, listServerSchedules, sweepPages, TableauApiError, TableauUnsupportedError } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { Overlay } from './overlay.ts'
import { within } from './patience.ts'
import { patienceMs, Reading, type ReadingView } from './reading.ts'
import { ScheduleDetails } from './schedule-details.ts'

/** The list is read again when it is older. */
const freshMs = 5000

/** The schedules as one request is shown them: each with its detail as far as that is known. */
export interface ScheduleView {
  readonly schedules: readonly Schedule[]
  /** Of `wanted` details so many are known; the others are on their way. */
  readonly details: { readonly known: number; readonly wanted: number }
  /** Why details are not read at present; undefined when they are. */
  readonly detailsFailure: unknown
  readonly list: Omit<ReadingView<Schedule[]>, 'value'>
}

/** 404023; the reference prints 404027 for Get, and a bare 404 for the extracts of a schedule. */
export const isScheduleGone = (error: unknown): error is TableauApiError => error instanceof TableauApiError && ['404023', '404027', '404'].includes(error.code)

/** All schedules that one principal sees, with what was written through this BFF and the list does not show yet. */
export class ScheduleShelf {
  readonly #clock: Clock
  readonly #list: Reading<Schedule[]>
  readonly #details: ScheduleDetails
  readonly #overlay: Overlay<Schedule>

  constructor(principal: PrincipalKey, clock: Clock) {
    this.#clock = clock
    this.#details = new ScheduleDetails(clock)
    this.#overlay = new Overlay(clock)
    this.#list = new Reading({
      principal,
      clock,
      freshMs,
      load: async (tableau, signal) => {
        const { rows, date } = await sweepPages((page, ending) => tableau.call(listServerSchedules, page, { signal: ending }), { signal })
        this.#details.keepOnly(new Set(rows.map(({ id }) => id)))
        return { value: rows, date }
      },
    })
  }

  get rowsHeld(): number {
    return (this.#list.value?.length ?? 0) + this.#details.size
  }

  get isReading(): boolean {
    return this.#list.isReading
  }

  /**
   * The schedules, as fresh as can be had soon. With `details` those that are missing are read in the background, and
   * waited for as long as `waitMs`.
   */
  async read(tableau: TableauSession, options: { details: boolean; waitMs?: number }): Promise<ScheduleView> {
    const list = await this.#list.read(tableau)
    if (options.details) await within(this.#clock, this.#details.load(tableau, this.#missing(list)), options.waitMs ?? patienceMs)
    return this.#viewOf(list, options.details)
  }

  /**
   * One schedule as it is now, past all caches. A server before API 3.8 tells only its row of the list, without times and
   * order. Throws 404023 when there is none.
   */
  async readOne(tableau: TableauSession, id: Luid, deadlineMs?: number): Promise<{ schedule: Schedule; timesAreTold: boolean }> {
    try {
      const { value } = await tableau.call(getServerSchedule, { scheduleId: id }, deadlineMs === undefined ? {} : { deadlineMs })
      this.#details.take(value)
      return { schedule: value, timesAreTold: true }
    } catch (error) {
      if (error instanceof TableauUnsupportedError) return { schedule: await this.#rowNow(tableau, id), timesAreTold: false }
      if (isScheduleGone(error)) {
        this.#details.forget(id)
        this.#list.expire()
      }
      throw error
    }
  }

  /** The rows of a list that is read now, past all caches, and Tableau's clock at it. */
  async readRowsNow(tableau: TableauSession): Promise<{ rows: readonly Schedule[]; date: number }> {
    const { value, readAt } = await this.#list.readNow(tableau)
    return { rows: value, date: readAt }
  }

  /** A schedule as it was last seen, with its times where they were read, without asking Tableau. */
  peek(id: string): Schedule | undefined {
    const row = this.#overlay.over(this.#list.value ?? []).find((schedule) => schedule.id === id)
    const listedAt = this.#list.startedAt
    if (row === undefined || listedAt === undefined) return this.#details.peek(id) ?? row
    return this.#details.since(id, listedAt) ?? this.#details.of(row, listedAt) ?? row
  }

  made(schedule: Schedule): void {
    this.#details.take(schedule)
    this.#overlay.made(schedule)
    this.#list.expire()
  }

  changed(schedule: Schedule): void {
    this.#details.take(schedule)
    this.#overlay.changed(schedule)
    this.#list.expire()
  }

  deleted(id: Luid): void {
    this.#details.forget(id)
    this.#overlay.gone(id)
    this.#list.expire()
  }

  expire(): void {
    this.#list.expire()
  }

  close(): void {
    this.#list.close()
    this.#details.close()
  }

  async #rowNow(tableau: TableauSession, id: Luid): Promise<Schedule> {
    const { value, startedAt } = await this.#list.readNow(tableau)
    const row = this.#overlay.over(value).find((schedule) => schedule.id === id)
    // What a list that runs behind tells is from before our own write, which would be taken for one that was not kept, or for somebody else's.
    if (row) return this.#details.ahead(row, startedAt) ?? row
    throw new TableauApiError(listServerSchedules.name, { code: '404023', summary: 'Schedule not found', detail: 'The list of schedules does not have this one.', httpStatus: 404 })
  }

  #missing(list: ReadingView<Schedule[]>): Schedule[] {
    return list.value.filter((row) => this.#details.of(row, list.startedAt) === undefined && this.#details.isWanted(row))
  }

  #viewOf(list: ReadingView<Schedule[]>, details: boolean): ScheduleView {
    const { value, ...rest } = list
    let known = 0
    let missing = 0
    const schedules = this.#overlay.over(value).map((row) => {
      const whole = this.#details.of(row, list.startedAt)
      if (whole) known += 1
      else if (details && this.#details.isWanted(row)) missing += 1
      return whole ?? row
    })
    return {
      schedules,
      details: { known, wanted: known + missing },
      detailsFailure: this.#details.failure,
      list: rest,
    }
  }
}
