import type { RefreshTask, TableauSim } from '@refreshboard/tableau-sim'
import { signInAt } from './schedule-actions.ts'
import { expect, type Locator, type Page } from './test.ts'

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** The name of a row's link holds the content and what is wrong with it. */
const linkName = (content: string): RegExp => new RegExp(`^${escaped(content)}(, |$)`)

const tasksTable = (page: Page): Locator => page.getByRole('table', { name: 'Tasks' })

/** The tasks page with its rows, and every name in them. */
export const seeTasks = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { level: 1, name: /^Tasks/ })).toBeVisible()
  await expect(tasksTable(page)).toHaveAttribute('aria-busy', 'false')
  await expect(page.getByText('Reading the names of the content')).toBeHidden()
}

export const openTasks = async (page: Page, name = 'admin'): Promise<void> => {
  await signInAt(page, '/tasks', name)
  await seeTasks(page)
}

export const taskLink = (page: Page, content: string): Locator => tasksTable(page).getByRole('link', { name: linkName(content) })

export const taskRow = (page: Page, content: string): Locator => tasksTable(page).getByRole('row').filter({ has: page.getByRole('link', { name: linkName(content) }) })

export const runButton = (page: Page, content: string): Locator => taskRow(page, content).getByRole('button', { name: `Run now: ${content}` })

/** What stands in the place of “Run now”: the live state of the job. */
export const runState = (page: Page, content: string): Locator => taskRow(page, content).getByRole('status')

export const taskDrawer = (page: Page): Locator => page.getByRole('complementary', { name: 'Task' })

/** Opens a task's drawer by a click on its row. */
export const openTask = async (page: Page, content: string): Promise<Locator> => {
  await taskLink(page, content).click()
  const drawer = taskDrawer(page)
  await expect(drawer.getByRole('heading', { level: 2 })).toHaveText(content)
  return drawer
}

/** On the page that adds: finds the content by its name and picks it. */
export const chooseContent = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('searchbox', { name: 'Search workbooks and data sources' }).fill(name)
  await page.getByRole('list', { name: 'Workbooks and data sources' }).getByRole('button', { name: new RegExp(`^${escaped(name)}`) }).first().click()
  await expect(page.getByRole('button', { name: 'Change' })).toBeVisible()
}

export const scheduleChoice = (page: Page, name: string): Locator => page.getByRole('radio', { name: new RegExp(`^${escaped(name)}`) })

/** The choice stands in the address, which follows a moment after the click. */
export const chooseSchedule = async (page: Page, name: string): Promise<void> => {
  await scheduleChoice(page, name).click()
  await expect(scheduleChoice(page, name)).toBeChecked()
}

export const addButton = (page: Page): Locator => page.getByRole('button', { name: 'Add to schedule' })

/** The row of a content among the tasks on a schedule's page. */
export const taskOnSchedule = (page: Page, content: string): Locator => page.getByRole('table').getByRole('row').filter({ has: page.getByRole('link', { name: content, exact: true }) })

/** Ends the jobs that wait or run, so that one that is queued starts a second later; a task's own are left alone. */
export const freeTheBackgrounder = (sim: TableauSim, { but }: { but?: string } = {}): void => {
  for (const site of sim.world.sites) for (const job of site.jobs) if (but === undefined || job.taskId !== but) sim.world.engine.cancel(site, job)
  sim.clock.advance(10_000)
}

/** Puts a task that runs long enough to be watched in the place of a content's own, and is like it otherwise. */
export const slowTask = (sim: TableauSim, content: string, runsForMs: number): RefreshTask => {
  const { id: _, ...before } = sim.world.tasks().find(content)
  sim.world.timetable.removeTask(sim.world.site(), sim.world.tasks().find(content))
  return sim.world.addTask('', { ...before, runsForMs })
}

export const appliedOf = (entries: readonly { applied: boolean }[]): number => entries.filter(({ applied }) => applied).length
