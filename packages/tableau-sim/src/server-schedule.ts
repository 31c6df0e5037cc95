import type { Recurrence } from './recurrence.ts'
import { isLegalXmlText } from './xml-out.ts'

export type ScheduleState = 'Active' | 'Suspended'
export type ExecutionOrder = 'Parallel' | 'Serial'
/** What Get Server Schedule can report; REST makes the first four only. */
type ScheduleType = 'Extract' | 'Subscription' | 'Flow' | 'DataAcceleration' | 'ActiveDirectorySync' | 'System'

/** A schedule of the server, shared by all its sites. Times are milliseconds of the virtual clock. */
export interface ServerSchedule {
  readonly id: string
  name: string
  state: ScheduleState
  /** 1 to 100, lower first; the server's own have 0. */
  priority: number
  readonly type: ScheduleType
  executionOrder: ExecutionOrder
  /** As it was written or laid out: replaced as a whole, or not touched at all. */
  recurrence: Recurrence
  readonly createdAt: number
  /** Moves with every change, and whenever the schedule fires. */
  updatedAt: number
  /** It fires no more after this. */
  readonly endScheduleAt: number | undefined
  /** Firings before this make no jobs, so that a scenario can keep still for a while. */
  readonly quietUntil: number | undefined
}

/** A schedule to put on the server. `frequency` to `intervals` are taken as they are, whether REST could write them or not. */
export interface ScheduleSpec extends Recurrence {
  readonly name: string
  /** Made from the world's seed unless given. */
  readonly id?: string | undefined
  /** `Extract` unless given. */
  readonly type?: ScheduleType
  readonly state?: ScheduleState
  readonly priority?: number
  readonly executionOrder?: ExecutionOrder
  readonly createdAt?: number
  /** Unless given, that of the last firing, some seconds later. */
  readonly updatedAt?: number
  readonly endScheduleAt?: number | undefined
  readonly quietUntil?: number | undefined
}

/** Throws a RangeError for what XML cannot carry. */
export const makeSchedule = (spec: ScheduleSpec, made: Pick<ServerSchedule, 'id' | 'createdAt' | 'updatedAt'>): ServerSchedule => {
  const { frequency, start, end, intervals } = spec
  for (const text of [spec.name, frequency, start, end, ...intervals.flatMap((interval) => Object.values(interval))]) {
    if (text !== undefined && !isLegalXmlText(text)) throw new RangeError('A text of the schedule holds a character that XML does not allow.')
  }
  return {
    ...made,
    name: spec.name,
    state: spec.state ?? 'Active',
    priority: spec.priority ?? 50,
    type: spec.type ?? 'Extract',
    executionOrder: spec.executionOrder ?? 'Parallel',
    recurrence: { frequency, start, end, intervals },
    endScheduleAt: spec.endScheduleAt,
    quietUntil: spec.quietUntil,
  }
}
