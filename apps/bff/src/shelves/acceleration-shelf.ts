import type { Luid } from '@refreshboard/api-types'
import { listDataAccelerationTasks, type AddedTask, type RefreshTask } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { Overlay } from './overlay.ts'
import { Reading } from './reading.ts'
import type { TaskView } from './task-shelf.ts'

/** The list is read again when it is older. */
const freshMs = 5000

/** All data acceleration tasks of the site, with what was written through this BFF and the list does not show yet. */
export class AccelerationShelf {
  readonly #list: Reading<RefreshTask[]>
  readonly #overlay: Overlay<RefreshTask>

  constructor(principal: PrincipalKey, clock: Clock) {
    this.#overlay = new Overlay(clock)
    this.#list = new Reading({
      principal,
      clock,
      freshMs,
      load: async (tableau, signal) => {
        const { value, date } = await tableau.call(listDataAccelerationTasks, {}, { signal })
        return { value, date }
      },
    })
  }

  get rowsHeld(): number {
    return this.#list.value?.length ?? 0
  }

  get isReading(): boolean {
    return this.#list.isReading
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

  /** A task as it was last seen, without asking Tableau. */
  peek(id: string): RefreshTask | undefined {
    return this.#overlay.over(this.#list.value ?? []).find((task) => task.id === id)
  }

  /** A task that was just made; one without an id is only looked for. */
  made(task: AddedTask): void {
    const { id } = task
    if (id !== undefined) this.#overlay.made({ ...task, id })
    this.#list.expire()
  }

  deleted(id: Luid): void {
    this.#overlay.gone(id)
    this.#list.expire()
  }

  expire(): void {
    this.#list.expire()
  }

  close(): void {
    this.#list.close()
  }
}
