import { fireTimesOf, type Recurrence, type ServerSchedule, type TableauSim } from '@refreshboard/tableau-sim'
import { beSignedIn } from './actions.ts'
import { expect, type Page } from './test.ts'

/** The zone of the simulated server, of which `test.ts` tells the BFF. */
const serverZone = 'America/Los_Angeles'

/** Opens a page as somebody who is signed in. */
export const signInAt = async (page: Page, path: string, name = 'admin', site = ''): Promise<void> => {
  await beSignedIn(page, name, site)
  await page.goto(path)
}

export const scheduleTable = (page: Page) => page.getByRole('table', { name: 'Schedules' })

/** The link of a schedule's row. */
export const scheduleRow = (page: Page, name: string) => scheduleTable(page).getByRole('link', { name, exact: true })

/** The whole row of a schedule. */
export const scheduleCells = (page: Page, name: string) => scheduleTable(page).getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

/** The names in the table, from top to bottom. */
export const shownSchedules = async (page: Page): Promise<string[]> => scheduleTable(page).getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('title') ?? ''))

/** The list with all its times. */
export const openSchedules = async (page: Page, name = 'admin', search = ''): Promise<void> => {
  await signInAt(page, `/schedules${search}`, name)
  await expect(page.getByRole('heading', { level: 1, name: /^Schedules/ })).toBeVisible()
}

/** The page of a schedule. */
export const seeSchedule = async (page: Page, name: string): Promise<void> => {
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
}

export const openSchedule = async (page: Page, { id, name }: ServerSchedule, account = 'admin'): Promise<void> => {
  await signInAt(page, `/schedules/${id}`, account)
  await seeSchedule(page, name)
}

/** The form of a schedule that is there. */
export const openEditor = async (page: Page, { id, name }: ServerSchedule): Promise<void> => {
  await signInAt(page, `/schedules/${id}/edit`)
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name)
}

export const openNewSchedule = async (page: Page): Promise<void> => {
  await signInAt(page, '/schedules/new')
  await expect(page.getByRole('form', { name: 'New schedule' })).toBeVisible()
}

/** From any page to an empty form. */
export const goToNewSchedule = async (page: Page): Promise<void> => {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Schedules' }).click()
  await page.getByRole('link', { name: 'New schedule' }).click()
  await expect(page.getByRole('form', { name: 'New schedule' })).toBeVisible()
}

/** One of a few choices that are all in sight. */
export const choose = async (page: Page, legend: string, choice: string): Promise<void> => {
  await page.getByRole('radiogroup', { name: legend }).getByText(choice, { exact: true }).click()
}

/** What the form tells of the fields, while somebody types. */
export const previewOf = (page: Page) => page.getByRole('region', { name: 'What it means' })

/** Leaves exactly these days chosen. */
export const chooseDays = async (page: Page, days: readonly string[]): Promise<void> => {
  for (const box of await page.getByRole('group', { name: 'Days' }).getByRole('checkbox').all()) {
    await box.setChecked(days.includes((await box.getAttribute('aria-label')) ?? ''))
  }
}

/** From the form to the dialog that says what would change. */
export const askToSave = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'Save …' }).click()
  const dialog = page.getByRole('dialog', { name: `Save “${name}”` })
  await expect(dialog).toBeVisible()
  return dialog
}

export const save = async (page: Page, name: string): Promise<void> => {
  await (await askToSave(page, name)).getByRole('button', { name: 'Save changes' }).click()
}

/** The body of an update: the attributes of its `schedule`, and the `frequencyDetails` in it. */
export const updateRequest = (attributes: string, details = ''): string => `<tsRequest><schedule ${attributes}${details === '' ? '/>' : `>${details}</schedule>`}</tsRequest>`

interface Wall {
  /** `Mon` */
  weekday: string
  /** `2026-11-23` */
  date: string
  day: number
  /** `05:00` */
  clock: string
}

const format = new Intl.DateTimeFormat('en-GB', { timeZone: serverZone, weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

const wallOf = (at: number): Wall => {
  const parts: Partial<Record<string, string>> = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const { weekday = '', year = '', month = '', day = '', hour = '', minute = '' } = parts
  return { weekday, date: `${year}-${month}-${day}`, day: Number(day), clock: `${hour}:${minute}` }
}

const dayMs = 86_400_000
const shownRuns = 10

/** Ten runs of the rarest: a day of the week comes in ten weeks, the 31st in less than two years. */
const enoughDays = ({ frequency }: Recurrence): number => (frequency === 'Monthly' ? 730 : 71)

const nextRunsOf = (recurrence: Recurrence, now: number): string[] =>
  fireTimesOf(recurrence, serverZone, now, now + enoughDays(recurrence) * dayMs)
    .slice(0, shownRuns)
    .map((at) => {
      const { weekday, day, clock } = wallOf(at)
      return `${weekday} ${day} ${clock}`
    })

/** `Tue 04 Nov 2027 05:00 PST` without month, year and zone: `Tue 4 05:00`. */
const shortRun = (text: string): string => text.replace(/^(\w{3}) 0?(\d+) .*(\d\d:\d\d) .*$/, '$1 $2 $3')

/** The next runs of the page are those at which the simulator will fire, which it computes by itself. */
export const expectNextRuns = async (page: Page, recurrence: Recurrence, { clock }: TableauSim): Promise<void> => {
  const rows = page.getByRole('table').filter({ hasText: 'Server time, Los Angeles' }).locator('tbody tr')
  // A run may pass while the page is looked at.
  await expect(async () => {
    const shown = await rows.evaluateAll((all) => all.map((row) => row.querySelector('td')?.textContent ?? ''))
    expect(shown.map(shortRun)).toEqual(nextRunsOf(recurrence, clock.now()))
  }).toPass({ timeout: 10_000 })
}

/** When it fires in the week, from Monday on, that begins so many weeks after this one: `Mon 23 05:00`. */
export const firesInWeek = (recurrence: Recurrence, now: number, weeksLater = 0): Wall[] => {
  const today = Date.parse(wallOf(now).date)
  const monday = today - ((new Date(today).getUTCDay() + 6) % 7) * dayMs + weeksLater * 7 * dayMs
  return fireTimesOf(recurrence, serverZone, monday - dayMs, monday + 9 * dayMs)
    .map(wallOf)
    .filter(({ date }) => Date.parse(date) >= monday && Date.parse(date) < monday + 7 * dayMs)
}
