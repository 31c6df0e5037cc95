import { seeJobs } from './actions.ts'
import type { Job, TableauSim } from '@refreshboard/tableau-sim'
import { expect, type Locator, type Page } from './test.ts'

/** Jobs that wait, and of which none starts by itself. */
export const heldJobs = (sim: TableauSim, count: number, title = 'Held back'): Job[] =>
  Array.from({ length: count }, (_, at) => sim.world.addJob('', { jobType: 'refresh_extracts', title: `${title} ${String(at + 1).padStart(3, '0')}`, status: 'Pending', held: true }))

/** The list of the jobs that a text finds, by name. */
export const searchJobs = async (page: Page, text: string): Promise<void> => {
  await page.goto(`/jobs?q=${encodeURIComponent(text)}&sort=title:asc`)
  await seeJobs(page)
}

/** The box of a row, by what it selects. */
export const selectBox = (page: Page, name: string): Locator => page.getByRole('checkbox', { name: `Select ${name}`, exact: true })

export const selectAll = (page: Page): Locator => page.getByRole('checkbox', { name: 'Select all that match' })

export const bulkBar = (page: Page): Locator => page.getByRole('region', { name: /^Selected / })

export const expectSelected = async (page: Page, count: number): Promise<void> => {
  await expect(bulkBar(page).getByRole('status')).toContainText(`${count} selected`)
}

/** From the bar to the dry run. */
export const askFor = async (page: Page, action: string): Promise<Locator> => {
  await bulkBar(page).getByRole('button', { name: action }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/Nothing is sent yet\.$|^Nothing can be done/)).toBeVisible()
  return dialog
}

/** Types how many, where that is asked for, and starts. */
export const startRun = async (page: Page, button: string, { typed }: { typed?: number } = {}): Promise<void> => {
  const dialog = page.getByRole('dialog')
  if (typed !== undefined) await dialog.getByRole('textbox').fill(String(typed))
  await dialog.getByRole('button', { name: button }).click()
  await expect(page).toHaveURL(/\/bulk\/[0-9a-f-]{36}/)
}

export const runState = (page: Page): Locator => page.getByRole('main').getByRole('status').first()

/** The run is over, and of how many it is known what became of them. */
export const seeEnd = async (page: Page, words: string, state = 'Finished'): Promise<void> => {
  await expect(runState(page)).toHaveText(state, { timeout: 60_000 })
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', words)
}

/** How many items are in a state, as the page tells it. */
export const countOf = (page: Page, state: string): Locator => page.getByRole('navigation', { name: 'Items by state' }).getByRole('link', { name: new RegExp(`^${state} `) })
