import type { VirtualClock } from './clock.ts'
import type { Job, JobSpec } from './jobs.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import { makeTask, SiteTasks } from './refresh-task.ts'
import type { RefreshTask, TaskSpec } from './refresh-task.ts'
import type { Recurrence } from './recurrence.ts'
import { ScheduleEngine } from './schedule-engine.ts'
import { SearchIndex } from './search-index.ts'
import { makeSchedule } from './server-schedule.ts'
import type { ScheduleSpec, ServerSchedule } from './server-schedule.ts'
import type { Site } from './site.ts'
import { dueTasks, jobOfTask } from './task-runs.ts'
import { makeTaskSchedule, ruleOfTaskSchedule } from './task-schedule.ts'
import type { TaskSchedule } from './task-schedule.ts'

/** When a schedule was made that does not say so. */
const longAgo = Date.UTC(2025, 2, 10, 16, 5)

interface TimetableOptions {
  readonly clock: VirtualClock
  readonly timeZone: string
  readonly seed: number
  readonly sites: readonly Site[]
  readonly addJob: (siteKey: string, spec: JobSpec) => Job
}

/** The schedules of the server, the tasks of its sites, and the jobs that they become. */
export class Timetable {
  readonly engine: ScheduleEngine<ServerSchedule>
  /** Fires what tasks of Tableau Cloud have to themselves. */
  readonly taskEngine: ScheduleEngine<TaskSchedule>
  readonly schedules = new SearchIndex<ServerSchedule>()
  /**
   * How long, in milliseconds of the virtual clock, lists of schedules and tasks are behind: what was just made is not yet in
   * them, what was just deleted still is. Counts for whatever is made or deleted from then on; 0, the default, is never behind.
   */
  indexLagMs = 0
  readonly #clock: VirtualClock
  readonly #sites: readonly Site[]
  readonly #addJob: (siteKey: string, spec: JobSpec) => Job
  readonly #tasks: ReadonlyMap<Site, SiteTasks>
  readonly #scheduleIds: Random
  readonly #taskIds: Random
  readonly #taskScheduleIds: Random
  readonly #taskOf = new WeakMap<TaskSchedule, { readonly site: Site; readonly task: RefreshTask }>()
  readonly #runs: Random

  constructor({ clock, timeZone, seed, sites, addJob }: TimetableOptions) {
    this.engine = new ScheduleEngine({ clock, zone: timeZone, random: createRandom(seed, 'firings'), onFire: (schedule) => this.#fire(schedule) })
    this.taskEngine = new ScheduleEngine({ clock, zone: timeZone, random: createRandom(seed, 'firings of tasks'), onFire: (schedule) => this.#fireTask(schedule), ruleOf: ruleOfTaskSchedule })
    this.#clock = clock
    this.#sites = sites
    this.#addJob = addJob
    this.#tasks = new Map(sites.map((site) => [site, new SiteTasks(site)]))
    this.#scheduleIds = createRandom(seed, 'schedule ids')
    this.#taskIds = createRandom(seed, 'task ids')
    this.#taskScheduleIds = createRandom(seed, 'ids of schedules of tasks')
    this.#runs = createRandom(seed, 'runs of tasks')
  }

  tasksOf(site: Site): SiteTasks {
    const tasks = this.#tasks.get(site)
    if (tasks === undefined) throw new Error(`The site ${site.name} is none of this server's.`)
    return tasks
  }

  /** In lists at once, as if it had always been there. */
  addSchedule(spec: ScheduleSpec): ServerSchedule {
    const createdAt = spec.createdAt ?? longAgo
    const lastRunAt = this.engine.lastRunAt({ recurrence: spec, endScheduleAt: spec.endScheduleAt })
    const noticedAt = lastRunAt === undefined ? createdAt : Math.min(lastRunAt + this.#scheduleIds.between(0, 45) * 1000, this.#clock.now())
    return this.#insertSchedule(spec, { id: spec.id ?? this.#scheduleIds.luid(), createdAt, updatedAt: spec.updatedAt ?? Math.max(createdAt, noticedAt) }, -Infinity)
  }

  /** What Create Server Schedule does: lists show it with their lag. */
  createSchedule(spec: Omit<ScheduleSpec, 'id' | 'createdAt' | 'updatedAt'>): ServerSchedule {
    const now = this.#clock.now()
    return this.#insertSchedule(spec, { id: this.#scheduleIds.luid(), createdAt: now, updatedAt: now }, now + this.indexLagMs)
  }

  /** Deletes a schedule, and the tasks on it on every site. */
  removeSchedule(schedule: ServerSchedule): void {
    this.engine.disarm(schedule)
    for (const site of this.#sites) for (const task of this.tasksOf(site).onSchedule(schedule)) this.removeTask(site, task)
    this.schedules.remove(schedule, this.#clock.now() + this.indexLagMs)
  }

  /** In lists at once, as if it had always been there. */
  addTask(site: Site, spec: TaskSpec): RefreshTask {
    return this.#insertTask(site, spec, -Infinity)
  }

  /** What Add to Server Schedule and Create Cloud Extract Refresh Task do: lists show it with their lag. */
  createTask(site: Site, spec: TaskSpec): RefreshTask {
    return this.#insertTask(site, spec, this.#clock.now() + this.indexLagMs)
  }

  /** What Update Cloud Extract Refresh Task does to the times of a task: nothing of the former ones is kept. */
  replaceTimes(schedule: TaskSchedule, times: Recurrence): void {
    schedule.recurrence = times
    schedule.updatedAt = this.#clock.now()
    this.taskEngine.arm(schedule)
  }

  /** Of either kind of schedule. */
  nextRunAt(task: RefreshTask): number | undefined {
    if (task.ownSchedule !== undefined) return this.taskEngine.nextRunAt(task.ownSchedule)
    return task.schedule && this.engine.nextRunAt(task.schedule)
  }

  removeTask(site: Site, task: RefreshTask): void {
    if (task.ownSchedule !== undefined) this.taskEngine.disarm(task.ownSchedule)
    this.tasksOf(site).remove(task, this.#clock.now() + this.indexLagMs)
  }

  /** Queues the job of a task, whether or not its content is queued already. */
  run(site: Site, task: RefreshTask): Job {
    return this.#addJob(site.id, jobOfTask(task, this.#runs, this.#clock.now()))
  }

  #insertSchedule(spec: ScheduleSpec, made: Pick<ServerSchedule, 'id' | 'createdAt' | 'updatedAt'>, listedFrom: number): ServerSchedule {
    const schedule = makeSchedule(spec, made)
    this.schedules.add(schedule, listedFrom)
    this.engine.arm(schedule)
    return schedule
  }

  #insertTask(site: Site, spec: TaskSpec, listedFrom: number): RefreshTask {
    const id = spec.id ?? this.#taskIds.luid()
    const ownSchedule = spec.times && this.#makeOwnSchedule(spec.times, spec.quietUntil, listedFrom === -Infinity)
    const task = makeTask(spec, { id, runsForMs: this.#taskIds.between(3, 9) * 1000, ownSchedule })
    this.tasksOf(site).add(task, listedFrom)
    if (ownSchedule !== undefined) {
      this.#taskOf.set(ownSchedule, { site, task })
      this.taskEngine.arm(ownSchedule)
    }
    return task
  }

  #makeOwnSchedule(times: Recurrence, quietUntil: number | undefined, isOld: boolean): TaskSchedule {
    const createdAt = isOld ? longAgo : this.#clock.now()
    return makeTaskSchedule(times, { id: this.#taskScheduleIds.luid(), createdAt, updatedAt: createdAt, quietUntil })
  }

  #fireTask(schedule: TaskSchedule): void {
    const found = this.#taskOf.get(schedule)
    if (found === undefined || this.#clock.now() < (schedule.quietUntil ?? -Infinity)) return
    const task = this.tasksOf(found.site).task(found.task.id)
    if (task !== undefined) for (const due of dueTasks(found.site, [task])) this.run(found.site, due)
  }

  /** Only Extract and DataAcceleration schedules make jobs here. */
  #fire(schedule: ServerSchedule): void {
    if ((schedule.type !== 'Extract' && schedule.type !== 'DataAcceleration') || this.#clock.now() < (schedule.quietUntil ?? -Infinity)) return
    for (const site of this.#sites) for (const task of dueTasks(site, this.tasksOf(site).onSchedule(schedule))) this.run(site, task)
  }
}
