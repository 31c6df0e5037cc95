import { createAccount, createAccounts } from './accounts.ts'
import type { Account, Membership, PersonalAccessToken, SiteRole } from './accounts.ts'
import type { VirtualClock } from './clock.ts'
import type { Flavor } from './flavor.ts'
import { JobEngine } from './job-engine.ts'
import { behaviourByTitle } from './behaviours.ts'
import type { Job, JobSpec } from './jobs.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import type { RefreshTask, SiteTasks, TaskSpec } from './refresh-task.ts'
import type { ScheduleSpec, ServerSchedule } from './server-schedule.ts'
import { cloudIdleLimitMs, idleLimitMs, Sessions } from './sessions.ts'
import { Site } from './site.ts'
import { noteEnd } from './task-runs.ts'
import { Timetable } from './timetable.ts'
import { isLegalXmlText } from './xml-out.ts'

export interface WorldOptions {
  readonly clock: VirtualClock
  readonly seed: number
  readonly slots: number
  /** IANA zone of the server, on Cloud of the site, by whose wall clock schedules fire. */
  readonly timeZone: string
  /** `server` unless given. */
  readonly flavor?: Flavor
  /** Whether the server has data acceleration, as those of API 3.8 to 3.15; it has not unless given. */
  readonly accelerates?: boolean
}

/** Everything that Tableau would keep: sites, people, sessions, schedules, tasks, jobs, the backgrounder. */
export class World {
  readonly clock: VirtualClock
  readonly seed: number
  readonly flavor: Flavor
  readonly accelerates: boolean
  /** Default and finance; on Cloud the site Demo alone. */
  readonly sites: readonly Site[]
  /** The first of them. */
  readonly home: Site
  readonly personalAccessTokens: readonly PersonalAccessToken[]
  readonly sessions: Sessions
  readonly engine: JobEngine
  /** Schedules and tasks. `schedules`, `schedule`, `addSchedule`, `tasks` and `addTask` are what a test wants of it. */
  readonly timetable: Timetable
  readonly #accounts: Account[]
  readonly #jobIds: Random
  #order = 0

  constructor(options: WorldOptions) {
    this.clock = options.clock
    this.seed = options.seed
    const random = createRandom(options.seed, 'sites and people')
    this.flavor = options.flavor ?? 'server'
    this.accelerates = options.accelerates ?? false
    const onServer = this.flavor === 'server'
    this.home = onServer ? new Site(random.luid(), 'Default', '') : new Site(random.luid(), 'Demo', 'demo')
    const finance = onServer ? new Site(random.luid(), 'finance', 'finance') : undefined
    if (finance !== undefined) finance.extractEncryptionMode = 'enforced'
    const { accounts, tokens } = createAccounts(random, this.home, finance)
    this.sites = finance === undefined ? [this.home] : [this.home, finance]
    this.#accounts = accounts
    this.personalAccessTokens = tokens
    this.sessions = new Sessions(options.clock, onServer ? idleLimitMs : cloudIdleLimitMs)
    this.engine = new JobEngine(options.clock, createRandom(options.seed, 'backgrounder'), options.slots, (site, job) => {
      noteEnd(this.tasks(site), job)
      if (job.status === 'Success') job.onSuccess?.()
    })
    this.timetable = new Timetable({ ...options, sites: this.sites, addJob: this.addJob.bind(this) })
    this.#jobIds = createRandom(options.seed, 'job ids')
  }

  /** A site by content URL (`''` is Default), id or name, the first one unless given; throws where there is none. */
  site(key = this.home.contentUrl): Site {
    const site = this.sites.find((candidate) => candidate.contentUrl === key || candidate.id === key || candidate.name === key)
    if (site === undefined) throw new Error(`There is no site “${key}”.`)
    return site
  }

  get accounts(): readonly Account[] {
    return this.#accounts
  }

  account(name: string): Account {
    const account = this.accounts.find((candidate) => candidate.name === name)
    if (account === undefined) throw new Error(`There is no account “${name}”.`)
    return account
  }

  /** Puts somebody on every site, with the same role on each. Names are in lower case; the password is the name unless given. */
  addAccount(name: string, siteRole: SiteRole, password = name): Account {
    if (this.#accounts.some((account) => account.name === name)) throw new Error(`There already is an account “${name}”.`)
    const account = createAccount(name, siteRole, password, this.sites, createRandom(this.seed, `account ${name}`))
    this.#accounts.push(account)
    return account
  }

  /** Changes what an account may do on a site, from its next request on. */
  setSiteRole(accountName: string, siteKey: string, role: SiteRole): void {
    const site = this.site(siteKey)
    const membership = membershipOf(this.account(accountName), site)
    if (membership === undefined) throw new Error(`“${accountName}” is not on the site ${site.name}.`)
    membership.siteRole = role
  }

  /** Every schedule of the server, in the order in which they were made. */
  get schedules(): readonly ServerSchedule[] {
    return this.timetable.schedules.items
  }

  /** A schedule by id or name; throws where there is none. */
  schedule(key: string): ServerSchedule {
    const schedule = this.timetable.schedules.get(key) ?? this.schedules.find((candidate) => candidate.name === key)
    if (schedule === undefined) throw new Error(`There is no schedule “${key}”.`)
    return schedule
  }

  /** See `Timetable.indexLagMs`. */
  get indexLagMs(): number {
    return this.timetable.indexLagMs
  }

  set indexLagMs(ms: number) {
    this.timetable.indexLagMs = ms
  }

  /** Puts a schedule on the server, in lists at once; from now on it fires. Names are not checked against each other. */
  addSchedule(spec: ScheduleSpec): ServerSchedule {
    return this.timetable.addSchedule(spec)
  }

  /** The tasks of a site, given itself or by what `site` takes. */
  tasks(site: Site | string = this.home): SiteTasks {
    return this.timetable.tasksOf(typeof site === 'string' ? this.site(site) : site)
  }

  /** Puts a task on a site, in lists at once. */
  addTask(siteKey: string, spec: TaskSpec): RefreshTask {
    return this.timetable.addTask(this.site(siteKey), spec)
  }

  /** Puts a job into a site in the state its `status` says; a waiting one is then taken by the backgrounder. */
  addJob(siteKey: string, spec: JobSpec): Job {
    const site = this.site(siteKey)
    const job = this.#makeJob(spec)
    site.insert(job)
    this.engine.adopt(site, job)
    return job
  }

  #makeJob(spec: JobSpec): Job {
    for (const text of [spec.title, spec.subtitle, spec.notes, spec.args, spec.content?.name]) {
      if (text !== undefined && !isLegalXmlText(text)) throw new RangeError('A text of the job holds a character that XML does not allow.')
    }
    const status = spec.status ?? 'Pending'
    const runsForMs = spec.runsForMs ?? 20_000
    const createdAt = spec.createdAt ?? this.clock.now()
    const startedAt = spec.startedAt ?? (status === 'Pending' || status === 'Cancelled' ? undefined : createdAt)
    const over = status === 'Success' || status === 'Failed' || status === 'Cancelled'
    const endedAt = over ? (spec.endedAt ?? (startedAt === undefined ? createdAt : startedAt + runsForMs)) : undefined
    this.#order += 1
    return {
      id: spec.id ?? this.#jobIds.luid(),
      order: this.#order,
      jobType: spec.jobType,
      title: spec.title,
      subtitle: spec.subtitle,
      priority: spec.priority ?? 50,
      args: spec.args ?? '',
      content: spec.content,
      statusNotes: spec.statusNotes ?? [],
      runningFinishCode: spec.runningFinishCode ?? false,
      contentFirst: spec.contentFirst ?? false,
      held: spec.held ?? false,
      kept: spec.kept ?? false,
      behaviour: spec.behaviour ?? behaviourByTitle(spec.title),
      taskId: spec.taskId,
      onSuccess: spec.onSuccess,
      runsForMs,
      outcome: spec.outcome ?? 'Success',
      finalNotes: spec.notes ?? '',
      createdAt,
      status,
      startedAt,
      endedAt,
      updatedAt: endedAt ?? startedAt ?? createdAt,
      cancelling: false,
      row: undefined,
    }
  }
}

export const membershipOf = (account: Account, site: Site): Membership | undefined =>
  account.memberships.find((membership) => membership.site === site)
