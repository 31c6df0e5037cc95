import type { VirtualClock } from '../clock.ts'
import type { Flavor } from '../flavor.ts'
import { World } from '../world.ts'
import { layOutBusy } from './busy.ts'
import { layOutBusyCloudTasks, layOutSmallCloudTasks } from './lay-out-cloud-tasks.ts'
import { layOutHuge } from './huge.ts'
import { layOutBusyTimetable, layOutSmallTimetable } from './lay-out-timetable.ts'
import { layOutSmall } from './small.ts'

export const scenarioNames = ['small', 'busy', 'empty', 'huge'] as const
export type ScenarioName = (typeof scenarioNames)[number]

interface Scenario {
  readonly slots: number
  readonly layOut: (world: World) => void
  /** Schedules and tasks, on the content that is there by then. */
  readonly layOutTimetable?: (world: World) => void
  /** The same on Cloud: tasks, each with a schedule of its own. */
  readonly layOutCloudTasks?: (world: World) => void
}

const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  small: { slots: 2, layOut: layOutSmall, layOutTimetable: layOutSmallTimetable, layOutCloudTasks: layOutSmallCloudTasks },
  busy: { slots: 6, layOut: layOutBusy, layOutTimetable: layOutBusyTimetable, layOutCloudTasks: layOutBusyCloudTasks },
  empty: { slots: 4, layOut: () => undefined },
  huge: { slots: 4, layOut: layOutHuge },
}

/** Builds the world of a scenario, relative to the clock, and lets the backgrounder begin. */
export const layOut = (name: ScenarioName, options: { clock: VirtualClock; seed: number; timeZone: string; flavor: Flavor; accelerates: boolean }): World => {
  const scenario = scenarios[name]
  const world = new World({ ...options, slots: scenario.slots })
  scenario.layOut(world)
  const addTasks = options.flavor === 'cloud' ? scenario.layOutCloudTasks : scenario.layOutTimetable
  addTasks?.(world)
  world.engine.start()
  return world
}
