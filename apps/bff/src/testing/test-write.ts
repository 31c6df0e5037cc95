import type { Flavor, OperationName, ScheduleSpec, TableauSim } from '@refreshboard/tableau-sim'
import { writeLaws } from '../writes/write-laws.ts'

/** A write that is ready to be sent. */
export interface PreparedWrite {
  readonly path: string
  readonly method: 'POST' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** Whether the world is as it should be after the write, applied once. */
  holds(): boolean
}

/** One write that the application offers, as a test sends it. */
export interface TestWrite {
  readonly name: string
  /** Of the contract. */
  readonly endpoint: string
  /** Where it is offered; a Server unless given. */
  readonly flavor?: Flavor
  /** Of Tableau's REST API, where the newest does not have it. */
  readonly apiVersion?: string
  /** What it is done to, where nothing else may be under way: it would not be found as it was left. */
  readonly apart?: string
  /** What the simulator's ledger calls the call that has the effect. */
  readonly operation: OperationName
  /** Something is read before it is sent. */
  readonly readsFirst: boolean
  /** Lays out what is written to, each time something new. */
  prepare(sim: TableauSim): PreparedWrite
}

export const lawOf = ({ endpoint }: TestWrite) => Object.entries(writeLaws).find(([name]) => name === endpoint)?.[1]

/** Nothing can be read of it afterwards: whatever became of it, a lost reply leaves it open. */
export const isBlind = (write: TestWrite): boolean => lawOf(write)?.readBy.length === 0

let made = 0
/** No two names are the same, whatever was deleted or is on its way. */
export const numbered = (name: string): string => `${name} ${(made += 1)}`

export const schedule = ({ world }: TableauSim, type: ScheduleSpec['type'] = 'Extract') =>
  world.addSchedule({ name: numbered('Office days'), type, frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Friday' }] })

export const item = ({ world }: TableauSim, kind: 'workbook' | 'datasource', hasExtracts = true) => {
  const site = world.site()
  const admin = world.account('admin').memberships.find((membership) => membership.site === site)
  return site.addContent({ kind, name: numbered('Quarterly figures'), ownerId: admin?.userId ?? '', project: site.projects[0], hasExtracts })
}
