import { createRunningClock } from './clock.ts'
import type { VirtualClock } from './clock.ts'
import { Faults } from './faults.ts'
import { flavors } from './flavor.ts'
import type { Flavor } from './flavor.ts'
import { Ledger } from './ledger.ts'
import { RateLimits } from './rate-limits.ts'
import { layOut, scenarioNames } from './scenarios/index.ts'
import type { ScenarioName } from './scenarios/index.ts'
import { listen } from './server.ts'
import { defaultApiVersion, hasDataAcceleration, isApiVersion } from './versions.ts'
import type { World } from './world.ts'

export { createManualClock, createRunningClock, manualClockStart } from './clock.ts'
export type { VirtualClock } from './clock.ts'
export { simulatedTitles } from './behaviours.ts'
export type { Account, Membership, PersonalAccessToken, SiteRole } from './accounts.ts'
export { fireTimesOf } from './fire-times.ts'
export type { FiringRule } from './fire-times.ts'
export type { Flavor } from './flavor.ts'
export type { FaultAction, FaultRule, Faults } from './faults.ts'
export { cloudRules } from './cloud-rules.ts'
export type { CloudRule } from './cloud-rules.ts'
export type { Ledger, LedgerEntry } from './ledger.ts'
export type { Job, JobBehaviour, JobContent, JobSpec, JobStatus, StatusNote } from './jobs.ts'
export { operationNames } from './operations.ts'
export type { OperationName } from './operations.ts'
export type { RateLimit, RateLimitKind, RateLimits } from './rate-limits.ts'
export type { Interval, Recurrence } from './recurrence.ts'
export type { OtherContent, RefreshTask, SiteTasks, TaskSpec } from './refresh-task.ts'
export { scenarioNames } from './scenarios/index.ts'
export type { ScenarioName } from './scenarios/index.ts'
export type { ScheduleSpec, ServerSchedule } from './server-schedule.ts'
export { cloudIdleLimitMs, idleLimitMs } from './sessions.ts'
export type { Session, Sessions } from './sessions.ts'
export type { Site } from './site.ts'
export type { Timetable } from './timetable.ts'
export type { JobSearch } from './site.ts'
export type { World } from './world.ts'

export interface TableauSimOptions {
  /** `server` unless given. */
  flavor?: Flavor
  /** `small` unless given. */
  scenario?: ScenarioName
  /** 0, the default, takes a free one. */
  port?: number
  host?: string
  seed?: number
  /** The API version of the server, 3.24 unless given. */
  apiVersion?: string
  /** IANA zone of the server, on Cloud of the site. */
  timeZone?: string
  /** A clock of one's own; it is closed with the simulator. Otherwise one that runs at `speed` from now. */
  clock?: VirtualClock
  speed?: number
  /** Real milliseconds that every request takes. */
  latencyMs?: number
  /** Milliseconds of the clock by which lists of schedules and tasks are behind; `world.indexLagMs` changes it later. */
  indexLagMs?: number
  /** Calls of each kind (reads, writes, runs by hand) that a site may have in an hour; 0, the default, is no limit. */
  callsPerHour?: number
}

export interface TableauSim extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly flavor: Flavor
  readonly clock: VirtualClock
  readonly world: World
  readonly ledger: Ledger
  readonly faults: Faults
  /** `set` to let a site have so many calls of a kind. */
  readonly rateLimits: RateLimits
  close(): Promise<void>
}

/** Starts a simulated Tableau Server, or site of Tableau Cloud, on loopback. Throws a RangeError for an option that makes no sense. */
export const startTableauSim = async (options: TableauSimOptions = {}): Promise<TableauSim> => {
  const apiVersion = options.apiVersion ?? defaultApiVersion
  if (!isApiVersion(apiVersion)) throw new RangeError(`There is no API version “${apiVersion}”.`)
  const scenario = options.scenario ?? 'small'
  if (!scenarioNames.includes(scenario)) throw new RangeError(`There is no scenario “${scenario}”.`)
  const flavor = options.flavor ?? 'server'
  if (!flavors.includes(flavor)) throw new RangeError(`There is no flavour “${flavor}”.`)
  const host = options.host ?? '127.0.0.1'
  const clock = options.clock ?? createRunningClock({ speed: options.speed ?? 1 })
  const timeZone = options.timeZone ?? 'America/Los_Angeles'
  const world = layOut(scenario, { clock, seed: options.seed ?? 1, timeZone, flavor, accelerates: flavor === 'server' && hasDataAcceleration(apiVersion) })
  world.indexLagMs = options.indexLagMs ?? 0
  const ledger = new Ledger()
  const faults = new Faults()
  const rateLimits = new RateLimits()
  const calls = options.callsPerHour ?? 0
  if (calls > 0) for (const kind of ['reads', 'writes', 'runs'] as const) rateLimits.set({ kind, calls, windowMs: 3_600_000 })
  const listener = await listen({
    world,
    ledger,
    faults,
    rateLimits,
    host,
    port: options.port ?? 0,
    apiVersion,
    flavor,
    timeZone,
    latencyMs: options.latencyMs ?? 0,
  }).catch((error: unknown) => {
    clock.close()
    throw error
  })
  const { port } = listener
  const close = async (): Promise<void> => {
    clock.close()
    await listener.close()
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    flavor,
    clock,
    world,
    ledger,
    faults,
    rateLimits,
    close,
    [Symbol.asyncDispose]: close,
  }
}
