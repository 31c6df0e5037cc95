import type { RefreshTask, TableauSim } from '@refreshboard/tableau-sim'
import { signInAt } from './schedule-actions.ts'
import { seeTasks } from './task-actions.ts'
import { expect, type Page } from './test.ts'

/** A simulated Tableau Cloud instead of a Server; for `test.use`. */
export const onCloud = { simOptions: { flavor: 'cloud', scenario: 'small' } } as const

/** The only site there. */
const site = 'demo'

export const signInOnCloud = (page: Page, path: string, name = 'admin'): Promise<void> => signInAt(page, path, name, site)

export const openCloudTasks = async (page: Page, name = 'admin'): Promise<void> => {
  await signInOnCloud(page, '/tasks', name)
  await seeTasks(page)
}

/** The empty form. */
export const openNewTask = async (page: Page): Promise<void> => {
  await signInOnCloud(page, '/tasks/new')
  await expect(page.getByRole('form', { name: 'New task' })).toBeVisible()
}

export const openTaskEditor = async (page: Page, id: string): Promise<void> => {
  await signInOnCloud(page, `/tasks/${id}/edit`)
  await expect(page.getByRole('form', { name: 'Task' })).toBeVisible()
}

/** The first task with times of this frequency. */
export const cloudTaskOf = (sim: TableauSim, frequency: string): RefreshTask => {
  const task = sim.world.tasks().all.find(({ ownSchedule }) => ownSchedule?.recurrence.frequency === frequency)
  if (task === undefined) throw new Error(`the scenario has no ${frequency} task`)
  return task
}
