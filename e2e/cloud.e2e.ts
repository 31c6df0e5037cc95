import type { Recurrence } from '@refreshboard/tableau-sim'
import { seeJobs } from './actions.ts'
import { cloudTaskOf, onCloud, openCloudTasks, openNewTask, openTaskEditor, signInOnCloud } from './cloud-actions.ts'
import { addContent, askFor, finishExtracts, openCloudContent } from './extract-actions.ts'
import { choose, previewOf } from './schedule-actions.ts'
import { chooseContent, freeTheBackgrounder, openTask, runButton, runState, seeTasks, taskDrawer, taskLink, taskRow } from './task-actions.ts'
import { expect, test, type Page } from './test.ts'

test.use(onCloud)

const everyDay = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const on = (days: readonly string[]) => days.map((weekDay) => ({ weekDay }))
const months = async (page: Page, choice: string): Promise<void> => {
  await choose(page, 'Repeats', 'Monthly')
  await choose(page, 'On', choice)
}

/** The times that people give a task, and what is sent of them. */
const shapes: Record<string, { fill: (page: Page) => Promise<void>; words: string; sent: Recurrence }> = {
  'hourly on working days': {
    fill: async (page) => {
      await choose(page, 'Repeats', 'Hourly')
      await page.getByRole('button', { name: 'Monday to Friday' }).click()
      await page.getByLabel('First run').fill('06:05')
      await page.getByLabel('Last run at the latest').fill('18:05')
    },
    words: 'Every hour from 06:05 to 18:05, Mon–Fri',
    sent: { frequency: 'Hourly', start: '06:05:00', end: '18:05:00', intervals: [{ hours: '1' }, ...on(everyDay.slice(1, 6))] },
  },
  'every four hours': {
    fill: async (page) => {
      await choose(page, 'Repeats', 'Daily')
      await page.getByRole('button', { name: 'Every day' }).click()
      await page.getByLabel('How often').selectOption('4')
      await page.getByLabel('First run').fill('06:00')
      await page.getByLabel('Last run at the latest').fill('22:00')
    },
    words: 'Every 4 hours from 06:00 to 22:00',
    sent: { frequency: 'Daily', start: '06:00:00', end: '22:00:00', intervals: [{ hours: '4' }, ...on(everyDay)] },
  },
  'once a day': {
    fill: async (page) => {
      await choose(page, 'Repeats', 'Daily')
      await page.getByRole('button', { name: 'Every day' }).click()
      await page.getByLabel('How often').selectOption('24')
      await page.getByLabel('Start').fill('04:20')
    },
    words: 'Daily at 04:20',
    sent: { frequency: 'Daily', start: '04:20:00', end: '04:20:00', intervals: [{ hours: '24' }, ...on(everyDay)] },
  },
  'once a week': {
    fill: async (page) => {
      await choose(page, 'Repeats', 'Weekly')
      await page.getByRole('radio', { name: 'Thursday' }).check({ force: true })
      await page.getByLabel('Start').fill('05:00')
    },
    words: 'Thu at 05:00',
    sent: { frequency: 'Weekly', start: '05:00:00', end: undefined, intervals: on(['Thursday']) },
  },
  'on several days of the month': {
    fill: async (page) => {
      await months(page, 'Days')
      for (const day of ['1', '15']) await page.getByRole('group', { name: 'Days of the month' }).getByRole('checkbox', { name: day, exact: true }).check({ force: true })
      await page.getByLabel('Start').fill('02:45')
    },
    words: 'the 1st and 15th of the month at 02:45',
    sent: { frequency: 'Monthly', start: '02:45:00', end: undefined, intervals: [{ monthDay: '1' }, { monthDay: '15' }] },
  },
  'on the last day of the month': {
    fill: async (page) => {
      await months(page, 'Last day')
      await page.getByLabel('Start').fill('23:30')
    },
    words: 'last day of the month at 23:30',
    sent: { frequency: 'Monthly', start: '23:30:00', end: undefined, intervals: [{ monthDay: 'LastDay' }] },
  },
  'on the third Thursday': {
    fill: async (page) => {
      await months(page, 'A weekday')
      await page.getByLabel('Which').selectOption('Third')
      await page.getByRole('group', { name: 'Weekday of the month' }).getByLabel('Weekday').selectOption('Thursday')
      await page.getByLabel('Start').fill('02:50')
    },
    words: 'third Thursday of the month at 02:50',
    sent: { frequency: 'Monthly', start: '02:50:00', end: undefined, intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] },
  },
}

const names = Object.keys(shapes)

for (const [index, [name, { fill, words, sent }]] of Object.entries(shapes).entries()) {
  test(`a task is made ${name}, and then given other times`, async ({ page, sim }) => {
    const before = sim.world.tasks().all.map(({ id }) => id)
    const workbook = sim.world.site().findContent('Regional Sales')
    await openNewTask(page)
    await chooseContent(page, 'Regional Sales')
    await fill(page)
    await expect(previewOf(page)).toContainText(words)
    await page.getByRole('button', { name: 'Create task' }).click()
    await expect(page.getByText('Made a task for “Regional Sales”')).toBeVisible()
    expect(sim.ledger.of('createCloudExtractRefreshTask')).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
    const made = sim.world.tasks().all.find(({ id }) => !before.includes(id))
    expect(made).toMatchObject({ content: { id: workbook.id }, incremental: false, ownSchedule: { recurrence: sent } })
    await expect(taskDrawer(page)).toContainText(words)

    const other = shapes[names[(index + 1) % names.length] ?? '']
    if (made === undefined || other === undefined) throw new Error('there is nothing to change')
    await taskDrawer(page).getByRole('link', { name: 'Edit' }).click()
    await expect(page.getByRole('form', { name: 'Task' })).toBeVisible()
    await other.fill(page)
    await page.getByRole('button', { name: 'Save …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save “Regional Sales”' })
    await expect(dialog).toContainText(words)
    await expect(dialog).toContainText('replaced as a whole')
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('Saved the task of “Regional Sales”')).toBeVisible()
    expect(sim.ledger.of('updateCloudExtractRefreshTask')).toMatchObject([{ status: 200, applied: true, method: 'POST' }])
    expect(sim.world.tasks().all.find(({ id }) => id === made.id)?.ownSchedule?.recurrence).toEqual(other.sent)
  })
}

test('signs in by personal access token, to a menu of what is there on Cloud', async ({ page, sim }) => {
  await page.goto('/')
  await page.getByText(/access token/i).click()
  await page.getByLabel('Site').fill('demo')
  await page.getByLabel('Token name').fill('demo-pat')
  await page.getByLabel('Token secret').fill('demo-pat-secret')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await seeJobs(page)
  expect(sim.ledger.of('signIn')).toMatchObject([{ status: 200, user: 'admin', site: 'Demo' }])
  const pages = page.getByRole('navigation', { name: 'Pages' })
  await expect(pages.getByRole('link')).toHaveText(['Jobs', 'Tasks', 'Extracts', 'Audit'])
  await page.goto('/schedules')
  await expect(page.getByText(/Tableau Cloud has no server schedules/)).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: /tasks/i }).click()
  await seeTasks(page)
  // Nothing that Cloud refuses was asked.
  expect(sim.ledger.entries.filter(({ path, status }) => path.includes('/schedules') || status === 401)).toEqual([])
})

test('tasks are grouped by cadence, and drawn in a week', async ({ page, sim }) => {
  await openCloudTasks(page)
  await expect(taskLink(page, cloudTaskOf(sim, 'Weekly').content.name).first()).toBeVisible()
  await page.goto('/tasks?group=schedule')
  await seeTasks(page)
  for (const cadence of ['Hourly', 'Daily', 'Weekly', 'Monthly']) await expect(page.getByRole('table', { name: 'Tasks' }).getByText(cadence, { exact: true }).first()).toBeVisible()
  await page.goto('/tasks?view=week')
  await expect(page.getByRole('link', { name: /Win–Loss Analysis/ }).first()).toBeVisible()
})

test('what breaks a rule is said at its field, and nothing is sent', async ({ page, sim }) => {
  await openNewTask(page)
  await chooseContent(page, 'Regional Sales')
  await choose(page, 'Repeats', 'Hourly')
  await page.getByLabel('First run').fill('06:00')
  await page.getByLabel('Last run at the latest').fill('17:30')
  await page.getByRole('button', { name: 'Create task' }).click()
  await expect(page.getByText(/whole number of hours after the start; not 17:30 after 06:00/)).toBeVisible()
  expect(sim.ledger.of('createCloudExtractRefreshTask')).toEqual([])
})

test('a task is run and followed to its end', async ({ page, sim }) => {
  freeTheBackgrounder(sim)
  const { content } = cloudTaskOf(sim, 'Weekly')
  await openCloudTasks(page)
  await runButton(page, content.name).first().click()
  await expect(runState(page, content.name).first()).toBeVisible()
  expect(sim.ledger.of('runExtractRefreshTask')).toMatchObject([{ status: 200, applied: true }])
})

test('a task is deleted', async ({ page, sim }) => {
  const task = cloudTaskOf(sim, 'Weekly')
  await signInOnCloud(page, `/tasks?task=${task.id}`)
  await taskDrawer(page).getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^Delete/ }).click()
  await expect.poll(() => sim.world.tasks().all.some(({ id }) => id === task.id)).toBe(false)
  expect(sim.ledger.of('deleteExtractRefreshTask')).toMatchObject([{ status: 204, applied: true }])
})

test('an extract is made and deleted; how the site encrypts them is only told', async ({ page, sim }) => {
  test.slow()
  const item = addContent(sim, 'Live orders', { kind: 'datasource' })
  const drawer = await openCloudContent(page, item)
  await expect(page.getByRole('region', { name: 'Extract encryption of the site' })).toHaveCount(0)
  await expect(page.getByRole('main')).toContainText(/Tableau Cloud/)
  const dialog = await askFor(page, 'Create extract …')
  await expect(dialog.getByRole('checkbox')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Create extract' }).click()
  await expect(drawer.getByText('Waiting', { exact: true })).toBeVisible()
  finishExtracts(sim)
  // Jobs are read seldom there, to spare what Cloud allows a site.
  await expect(drawer.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 75_000 })
  await (await askFor(page, 'Delete extract …')).getByRole('button', { name: 'Delete extract' }).click()
  await expect(drawer.getByText('Live', { exact: true })).toBeVisible()
  expect(sim.ledger.of('createDatasourceExtract')).toMatchObject([{ status: 200, applied: true }])
  expect(sim.ledger.of('deleteDatasourceExtract')).toMatchObject([{ status: 204, applied: true }])
  // Nothing that Cloud does not have was asked.
  expect(sim.ledger.entries.filter(({ code }) => code === '404003')).toEqual([])
})

test('a run that Tableau has no time for shows until when to wait, and is not repeated', async ({ page, sim }) => {
  const { content } = cloudTaskOf(sim, 'Weekly')
  await openCloudTasks(page)
  sim.rateLimits.set({ kind: 'runs', calls: 0, windowMs: 60_000 })
  await runButton(page, content.name).first().click()
  await expect(taskRow(page, content.name).first()).toContainText(/Wait until \d\d:\d\d/)
  await expect(page.getByRole('table', { name: 'Tasks' })).toHaveAttribute('aria-busy', 'false')
  expect(sim.ledger.of('runExtractRefreshTask')).toMatchObject([{ status: 429, code: '429000', applied: false }])
  // Other things go on.
  await openTask(page, 'Win–Loss Analysis')
  expect(sim.ledger.of('runExtractRefreshTask')).toHaveLength(1)
})

test('after 121 minutes without use the session is signed in again in place, and what was typed stays', async ({ page, sim }) => {
  const task = cloudTaskOf(sim, 'Weekly')
  await openTaskEditor(page, task.id)
  await page.getByLabel('Start').fill('05:55')
  sim.clock.advance(121 * 60_000)
  await page.getByRole('button', { name: 'Save …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
  const again = page.getByRole('dialog', { name: 'Sign in again to go on' })
  await expect(again).toBeVisible({ timeout: 30_000 })
  expect(sim.ledger.of('updateCloudExtractRefreshTask').filter(({ applied }) => applied)).toEqual([])
  await again.getByRole('textbox', { name: 'Password' }).fill('admin')
  await again.getByRole('button', { name: 'Sign in' }).click()
  await expect(again).toBeHidden()
  await expect(page.getByLabel('Start')).toHaveValue('05:55')
})

test('who may not make tasks is told why', async ({ page, sim }) => {
  await signInOnCloud(page, '/tasks/new', 'viewer')
  await expect(page.getByRole('button', { name: 'Create task' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText(/Your role on this site is Viewer/)).toBeVisible()
  expect(sim.ledger.of('createCloudExtractRefreshTask')).toEqual([])
})
