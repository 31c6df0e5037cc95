import type { VirtualClock } from '../clock.ts'
import { World } from '../world.ts'
import { layOutBusy } from './busy.ts'
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
}

const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  small: { slots: 2, layOut: layOutSmall, layOutTimetable: layOutSmallTimetable },
  busy: { slots: 6, layOut: layOutBusy, layOutTimetable: layOutBusyTimetable },
  empty: { slots: 4, layOut: () => undefined },
  huge: { slots: 4, layOut: layOutHuge },
}

/** Builds the world of a scenario, relative to the clock, and lets the backgrounder begin. */
export const layOut = (name: ScenarioName, options: { clock: VirtualClock; seed: number; timeZone: string }): World => {
  const scenario = scenarios[name]
  const world = new World({ ...options, slots: scenario.slots })
  scenario.layOut(world)
  scenario.layOutTimetable?.(world)
  world.engine.start()
  return world
}
