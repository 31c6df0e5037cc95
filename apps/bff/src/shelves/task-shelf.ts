import type { Luid, Permission } from '@refreshboard/api-types'
import { listExtractRefreshTasks, querySite, type AddedTask, type RefreshTask, type SiteFacts } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { Overlay } from './overlay.ts'
import { Reading, type ReadingView } from './reading.ts'
import { runNowOf } from './run-now.ts'
import { Taken } from './taken.ts'

/** The list is read again when it is older; the site's setting changes rarely. */
const freshMs = 5000
const siteFreshMs = 30_000

export type TaskView = ReadingView<readonly RefreshTask[]>

/** All extract refresh tasks that one principal sees, with what was written through this BFF and the list does not show yet. */
export class TaskShelf {
  readonly #list: Reading<RefreshTask[]>
  readonly #site: Reading<SiteFacts>
  readonly #overlay: Overlay<RefreshTask>
  readonly #taken: Taken<RefreshTask>

  constructor(principal: PrincipalKey, clock: Clock) {
    this.#overlay = new Overlay(clock)
    this.#taken = new Taken(clock)
    this.#list = new Reading({
      principal,
      clock,
      freshMs,
      load: async (tableau, signal) => {
        const { value, date } = await tableau.call(listExtractRefreshTasks, {}, { signal })
        return { value, date }
      },
    })
    this.#site = new Reading({
      principal,
      clock,
      freshMs: siteFreshMs,
      load: async (tableau, signal) => {
        const { value, date } = await tableau.call(querySite, {}, { signal })
        return { value, date }
      },
    })
  }

  get rowsHeld(): number {
    return (this.#list.value?.length ?? 0) + this.#taken.size
  }

  get isReading(): boolean {
    return this.#list.isReading || this.#site.isReading
  }

  /** The tasks, as fresh as can be had soon. */
  async read(tableau: TableauSession): Promise<TaskView> {
    const view = await this.#list.read(tableau)
    return { ...view, value: this.#overlay.over(view.value) }
  }

  /** The tasks of a list that is read now, past all caches. */
  async readNow(tableau: TableauSession): Promise<TaskView> {
    return this.#list.readNow(tableau)
  }

  /** Whether a task was just deleted, whatever another list of Tableau's still says. */
  hides(id: string): boolean {
    return this.#overlay.hides(id)
  }

  /** A task as it was last seen, without asking Tableau. */
  peek(id: string): RefreshTask | undefined {
    return this.#taken.since(id, this.#list.startedAt) ?? this.#overlay.over(this.#list.value ?? []).find((task) => task.id === id)
  }

  /**
   * Whether the site lets refreshes be run by hand. It only shapes the page: where the setting cannot be read, Tableau
   * decides when a task is run.
   */
  async runNow(tableau: TableauSession): Promise<Permission> {
    try {
      const { value } = await this.#site.read(tableau)
      return runNowOf(value)
    } catch (error) {
      if (error instanceof SessionEnded) throw error
      return { allowed: true }
    }
  }

  /** A task that was just made; one without an id is only looked for. */
  made(task: AddedTask): void {
    const { id } = task
    if (id !== undefined) this.#overlay.made({ ...task, id })
    this.#list.expire()
  }

  /** Takes in a task as it was just read by itself, or as the reply to a write tells it. */
  seen(task: RefreshTask): void {
    this.#taken.take(task.id, task)
    this.#overlay.changed(task)
  }

  deleted(id: Luid): void {
    this.#taken.forget(id)
    this.#overlay.gone(id)
    this.#list.expire()
  }

  /** Tasks and setting are known to be behind. */
  expire(): void {
    this.#list.expire()
    this.#site.expire()
  }

  close(): void {
    this.#list.close()
    this.#site.close()
  }
}
