import type { ContentItem } from './content.ts'
import { SearchIndex } from './search-index.ts'
import type { ServerSchedule } from './server-schedule.ts'
import type { Site } from './site.ts'
import type { Recurrence } from './recurrence.ts'
import type { TaskSchedule } from './task-schedule.ts'

/** After so many failures in a row Tableau runs a task on its schedule no more (`backgrounder.failure_threshold_for_run_prevention`). */
export const suspensionThreshold = 5

/** What a task is about besides workbooks and data sources. The task of a virtual connection is listed without any content. */
export interface OtherContent {
  readonly kind: 'virtualConnection' | 'flow'
  readonly id: string
  readonly name: string
}

export type TaskContent = ContentItem | OtherContent

/** Whether it is something that REST can name: a workbook or a published data source. */
export const isPublished = (content: TaskContent): content is ContentItem => content.kind === 'workbook' || content.kind === 'datasource'

/** A task on a site. */
export interface RefreshTask {
  readonly id: string
  /** A task of another kind has an id of its own too, and the methods for extract refreshes say that it is none. */
  readonly kind: 'extractRefresh' | 'runFlow' | 'dataAcceleration'
  /** On Cloud an update can name another. */
  content: TaskContent
  /** Undefined for one that only runs by hand, and on Cloud. */
  readonly schedule: ServerSchedule | undefined
  /** What a task of Tableau Cloud has in its place. */
  readonly ownSchedule: TaskSchedule | undefined
  /** User id on the site of who made it on Cloud; where it is undefined it belongs to whom its content belongs to. */
  readonly ownerId: string | undefined
  incremental: boolean
  readonly priority: number
  /** Failures since the last success. From {@link suspensionThreshold} on its schedule passes it over. */
  consecutiveFailedCount: number
  /** How its jobs end: a probability of failure, 0 to 1. A test may change it at any time. */
  failureRate: number
  /** How long its jobs run, in milliseconds. */
  readonly runsForMs: number
  /** What a failed job tells. */
  readonly failureNotes: string
}

/** A task to put on a site. */
export interface TaskSpec {
  readonly content: TaskContent
  readonly id?: string | undefined
  readonly kind?: RefreshTask['kind']
  readonly schedule?: ServerSchedule | undefined
  /** Times of its own, as tasks of Tableau Cloud have them. */
  readonly times?: Recurrence
  /** Firings before this make no jobs; of times of its own alone. */
  readonly quietUntil?: number | undefined
  readonly ownerId?: string | undefined
  readonly incremental?: boolean
  /** That of the schedule unless given. */
  readonly priority?: number
  readonly consecutiveFailedCount?: number
  readonly failureRate?: number
  readonly runsForMs?: number
  readonly failureNotes?: string
}

const defaultFailure = [
  'com.tableausoftware.nativeapi.exceptions.ServerNotFoundException: Unable to connect to the server "dwh-1.corp.example".',
  'Invalid username or password.',
  'Error Code: 0x0AC0F9F1',
].join('\n')

export const makeTask = (spec: TaskSpec, made: Pick<RefreshTask, 'id' | 'runsForMs' | 'ownSchedule'>): RefreshTask => ({
  id: made.id,
  kind: spec.kind ?? 'extractRefresh',
  content: spec.content,
  schedule: spec.schedule,
  ownSchedule: made.ownSchedule,
  ownerId: spec.ownerId,
  incremental: spec.incremental ?? false,
  priority: spec.priority ?? spec.schedule?.priority ?? 50,
  consecutiveFailedCount: spec.consecutiveFailedCount ?? 0,
  failureRate: spec.failureRate ?? 0,
  runsForMs: spec.runsForMs ?? made.runsForMs,
  failureNotes: spec.failureNotes ?? defaultFailure,
})

/** Whether its content is still on the site: a task goes with its content. */
const isAlive = (site: Site, task: RefreshTask): boolean => !isPublished(task.content) || site.content(task.content.id) === task.content

/** The tasks of one site, in the order in which they were made. */
export class SiteTasks {
  readonly #site: Site
  readonly #index = new SearchIndex<RefreshTask>()

  constructor(site: Site) {
    this.#site = site
  }

  /** Tasks of every kind. */
  get all(): RefreshTask[] {
    return this.#index.items.filter((task) => isAlive(this.#site, task))
  }

  task(id: string): RefreshTask | undefined {
    const task = this.#index.get(id)
    return task !== undefined && isAlive(this.#site, task) ? task : undefined
  }

  /** The first task of the content with that name; throws where there is none, so that a test says what it missed. */
  find(contentName: string): RefreshTask {
    const found = this.all.find((task) => task.content.name === contentName)
    if (found === undefined) throw new Error(`The site ${this.#site.name} has no task of “${contentName}”.`)
    return found
  }

  onSchedule(schedule: ServerSchedule): RefreshTask[] {
    return this.all.filter((task) => task.schedule === schedule)
  }

  /** The tasks of a kind that a list shows at that time; extract refreshes unless given. */
  listed(now: number, kind: RefreshTask['kind'] = 'extractRefresh'): RefreshTask[] {
    return this.#index.listed(now).filter((task) => task.kind === kind && isAlive(this.#site, task))
  }

  add(task: RefreshTask, listedFrom: number): void {
    this.#index.add(task, listedFrom)
  }

  remove(task: RefreshTask, listedUntil: number): void {
    this.#index.remove(task, listedUntil)
  }
}
