import { createRunningClock } from './clock.ts'
import type { VirtualClock } from './clock.ts'
import { Faults } from './faults.ts'
import { Ledger } from './ledger.ts'
import { layOut, scenarioNames } from './scenarios/index.ts'
import type { ScenarioName } from './scenarios/index.ts'
import { listen } from './server.ts'
import { defaultApiVersion, isApiVersion } from './versions.ts'
import type { World } from './world.ts'

export { createManualClock, createRunningClock, manualClockStart } from './clock.ts'
export type { VirtualClock } from './clock.ts'
export { simulatedTitles } from './behaviours.ts'
export type { Account, Membership, PersonalAccessToken, SiteRole } from './accounts.ts'
export { fireTimesOf } from './fire-times.ts'
export type { FiringRule } from './fire-times.ts'
export type { FaultAction, FaultRule, Faults } from './faults.ts'
export type { Ledger, LedgerEntry } from './ledger.ts'
export type { Job, JobBehaviour, JobContent, JobSpec, JobStatus, StatusNote } from './jobs.ts'
export { operationNames } from './operations.ts'
export type { OperationName } from './operations.ts'
export type { Interval, Recurrence } from './recurrence.ts'
export type { OtherContent, RefreshTask, SiteTasks, TaskSpec } from './refresh-task.ts'
export { scenarioNames } from './scenarios/index.ts'
export type { ScenarioName } from './scenarios/index.ts'
export type { ScheduleSpec, ServerSchedule } from './server-schedule.ts'
export { idleLimitMs } from './sessions.ts'
export type { Session, Sessions } from './sessions.ts'
export type { Site } from './site.ts'
export type { Timetable } from './timetable.ts'
export type { JobSearch } from './site.ts'
export type { World } from './world.ts'

export interface TableauSimOptions {
  /** Only a Tableau Server can be simulated so far. */
  flavor?: 'server'
  /** `small` unless given. */
  scenario?: ScenarioName
  /** 0, the default, takes a free one. */
  port?: number
  host?: string
  seed?: number
  /** The API version of the server, 3.24 unless given. */
  apiVersion?: string
  /** IANA zone of the server. */
  timeZone?: string
  /** A clock of one's own; it is closed with the simulator. Otherwise one that runs at `speed` from now. */
  clock?: VirtualClock
  speed?: number
  /** Real milliseconds that every request takes. */
  latencyMs?: number
  /** Milliseconds of the clock by which lists of schedules and tasks are behind; `world.indexLagMs` changes it later. */
  indexLagMs?: number
}

export interface TableauSim extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly clock: VirtualClock
  readonly world: World
  readonly ledger: Ledger
  readonly faults: Faults
  close(): Promise<void>
}

/** Starts a simulated Tableau Server on loopback. Throws a RangeError for an option that makes no sense. */
export const startTableauSim = async (options: TableauSimOptions = {}): Promise<TableauSim> => {
  const apiVersion = options.apiVersion ?? defaultApiVersion
  if (!isApiVersion(apiVersion)) throw new RangeError(`There is no API version “${apiVersion}”.`)
  const scenario = options.scenario ?? 'small'
  if (!scenarioNames.includes(scenario)) throw new RangeError(`There is no scenario “${scenario}”.`)
  const host = options.host ?? '127.0.0.1'
  const clock = options.clock ?? createRunningClock({ speed: options.speed ?? 1 })
  const timeZone = options.timeZone ?? 'America/Los_Angeles'
  const world = layOut(scenario, { clock, seed: options.seed ?? 1, timeZone })
  world.indexLagMs = options.indexLagMs ?? 0
  const ledger = new Ledger()
  const faults = new Faults()
  const listener = await listen({
    world,
    ledger,
    faults,
    host,
    port: options.port ?? 0,
    apiVersion,
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
    clock,
    world,
    ledger,
    faults,
    close,
    [Symbol.asyncDispose]: close,
  }
}
