import { seeSchedule, signInAt } from './schedule-actions.ts'
import {
  addButton,
  chooseContent,
  chooseSchedule,
  freeTheBackgrounder,
  openTask,
  openTasks,
  runButton,
  runState,
  scheduleChoice,
  seeTasks,
  slowTask,
  taskDrawer,
  taskLink,
  taskOnSchedule,
  taskRow,
} from './task-actions.ts'
import { expect, test } from './test.ts'

test.describe('adding content to a schedule', () => {
  test('a workbook, from the schedule’s side', async ({ page, sim }) => {
    const schedule = sim.world.schedule('Unused')
    const workbook = sim.world.site().findContent('Regional Sales')
    await signInAt(page, '/schedules')
    await page.getByRole('table', { name: 'Schedules' }).getByRole('link', { name: 'Unused' }).click()
    await seeSchedule(page, 'Unused')
    await page.getByRole('link', { name: 'Add content' }).click()
    await expect(scheduleChoice(page, 'Unused')).toBeChecked()
    await chooseContent(page, 'Regional Sales')
    await addButton(page).click()
    await seeSchedule(page, 'Unused')
    await expect(page.getByText('“Regional Sales” is refreshed by “Unused” from now on.')).toBeVisible()
    await expect(taskOnSchedule(page, 'Regional Sales')).toContainText('Full')
    expect(sim.ledger.of('addWorkbookToSchedule')).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
    expect(sim.ledger.of('addWorkbookToSchedule')[0]?.path).toContain(schedule.id)
    expect(sim.ledger.of('addWorkbookToSchedule')[0]?.body).toContain(workbook.id)
    expect(sim.world.tasks().onSchedule(schedule)).toMatchObject([{ content: { id: workbook.id }, incremental: false }])
  })

  test('a data source, from the content’s side', async ({ page, sim }) => {
    const schedule = sim.world.schedule('Unused')
    await openTasks(page)
    const drawer = await openTask(page, 'Customers 360')
    await drawer.getByRole('link', { name: 'Add to another schedule' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add to a schedule')
    await expect(page.getByRole('button', { name: 'Change' })).toBeVisible()
    await chooseSchedule(page, 'Unused')
    await addButton(page).click()
    await seeSchedule(page, 'Unused')
    await expect(taskOnSchedule(page, 'Customers 360')).toContainText('Data source')
    expect(sim.ledger.of('addDatasourceToSchedule')).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
    expect(sim.ledger.of('addDatasourceToSchedule')[0]?.path).toContain(schedule.id)
    expect(sim.world.tasks().onSchedule(schedule)).toMatchObject([{ content: { name: 'Customers 360' } }])
  })

  test('what is missing is said at its field, and nothing is sent', async ({ page, sim }) => {
    await signInAt(page, '/tasks/add')
    await expect(scheduleChoice(page, 'Unused')).toBeVisible()
    await addButton(page).click()
    await expect(page.getByText('Choose the workbook or data source that is to be refreshed.')).toBeVisible()
    await expect(page.getByText('Choose the schedule that refreshes it.')).toBeVisible()
    expect(sim.ledger.entries.filter(({ method }) => method === 'PUT')).toEqual([])
  })

  test('a schedule that was deleted meanwhile: Tableau’s 500000 in words, the form kept, another one chosen', async ({ page, sim }) => {
    const unused = sim.world.schedule('Unused')
    await signInAt(page, `/tasks/add?schedule=${unused.id}`)
    await chooseContent(page, 'Regional Sales')
    await expect(scheduleChoice(page, 'Unused')).toBeChecked()
    sim.world.timetable.removeSchedule(unused)
    await addButton(page).click()
    await expect(page.getByRole('alert')).toContainText('500000')
    await expect(page.getByText('it may have been deleted since it was read')).toBeVisible()
    expect(sim.ledger.of('addWorkbookToSchedule')).toMatchObject([{ status: 500, code: '500000', applied: false }])
    await expect(page.getByText('Regional Sales', { exact: true })).toBeVisible()
    await chooseSchedule(page, 'Nightly')
    await addButton(page).click()
    await seeSchedule(page, 'Nightly')
    await expect(taskOnSchedule(page, 'Regional Sales')).toBeVisible()
    expect(sim.ledger.of('addWorkbookToSchedule')).toMatchObject([{ applied: false }, { status: 200, applied: true }])
  })
})

test.describe('running a task', () => {
  test('is followed in place from waiting to its end, and queued once', async ({ page, sim }) => {
    const task = slowTask(sim, 'Customers 360', 600_000)
    await openTasks(page)
    await runButton(page, 'Customers 360').click()
    await expect(runState(page, 'Customers 360')).toHaveText('Waiting')
    freeTheBackgrounder(sim, { but: task.id })
    await expect(runState(page, 'Customers 360')).toHaveText('Running', { timeout: 15_000 })
    await expect(runButton(page, 'Customers 360')).toBeHidden()
    sim.clock.advance(600_000)
    await expect(runState(page, 'Customers 360')).toHaveText('Succeeded', { timeout: 15_000 })
    await expect(runButton(page, 'Customers 360')).toBeEnabled()
    expect(sim.ledger.of('runExtractRefreshTask')).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
    expect(sim.ledger.of('runExtractRefreshTask')[0]?.path).toContain(task.id)
    expect(sim.world.site().jobs.filter(({ taskId }) => taskId === task.id)).toMatchObject([{ status: 'Success' }])
  })

  test('a second time while it is queued: Tableau’s 409093 leads to that job', async ({ page, context, sim }) => {
    await openTasks(page)
    const other = await context.newPage()
    await other.goto('/tasks')
    await seeTasks(other)
    await runButton(page, 'Customers 360').click()
    await expect(runState(page, 'Customers 360')).toHaveText('Waiting')
    await runButton(other, 'Customers 360').click()
    await expect(taskRow(other, 'Customers 360')).toContainText('already')
    await expect(runState(other, 'Customers 360')).toHaveText('Waiting')
    expect(sim.ledger.of('runExtractRefreshTask')).toMatchObject([
      { status: 200, applied: true },
      { status: 409, code: '409093', applied: false },
    ])
    const drawer = await openTask(other, 'Customers 360')
    await expect(drawer).toContainText('It was already queued or running, so nothing was added. This is that job.')
    await drawer.getByRole('link', { name: 'Open the job' }).click()
    const [job] = sim.world.site().findJobs({ title: 'Customers 360', status: 'Pending' })
    await expect(other).toHaveURL(new RegExp(`job=${job?.id ?? 'none'}`))
    await expect(other.getByRole('complementary', { name: 'Job' }).getByRole('heading', { level: 2 })).toHaveText('Customers 360')
  })

  test('one that fails: Failed leads to its job, and after five in a row it is likely suspended', async ({ page, sim }) => {
    test.setTimeout(90_000)
    const task = slowTask(sim, 'Campaign Performance', 600_000)
    await openTasks(page)
    await expect(taskLink(page, 'Campaign Performance')).toHaveAccessibleName('Campaign Performance, failed 4 times in a row')
    await runButton(page, 'Campaign Performance').click()
    await expect(runState(page, 'Campaign Performance')).toHaveText('Waiting')
    freeTheBackgrounder(sim, { but: task.id })
    await expect(runState(page, 'Campaign Performance')).toHaveText('Running', { timeout: 15_000 })
    const drawer = await openTask(page, 'Campaign Performance')
    await expect(drawer).toContainText('After one more failure in a row Tableau stops running it, by its default of 5.')
    sim.clock.advance(600_000)
    await expect(runState(page, 'Campaign Performance')).toHaveText('Failed', { timeout: 15_000 })
    // The list is read again at once, and where it was read a moment ago, a moment later.
    await expect(taskLink(page, 'Campaign Performance')).toHaveAccessibleName('Campaign Performance, likely suspended', { timeout: 20_000 })
    await expect(drawer).toContainText('Tableau stops a task after 5 failures in a row')
    await expect(drawer).toContainText('5 in a row')
    await taskRow(page, 'Campaign Performance').getByRole('link').filter({ hasText: 'Failed' }).click()
    const job = page.getByRole('complementary', { name: 'Job' })
    await expect(job.getByRole('heading', { level: 2 })).toHaveText('Campaign Performance')
    await expect(job.locator('pre').first()).toContainText('7200 seconds')
    expect(sim.ledger.of('runExtractRefreshTask')).toMatchObject([{ status: 200, applied: true }])
  })

  test('run now switched off for the site: every button says why, and none sends anything', async ({ page, sim }) => {
    sim.world.site().runNowEnabled = false
    await openTasks(page)
    const reason = '“Run now” is switched off in the settings of the site Default. A server administrator can switch it on.'
    await expect(page.getByText(reason).first()).toBeVisible()
    const buttons = page.getByRole('table', { name: 'Tasks' }).getByRole('button', { name: /^Run now: / })
    expect(await buttons.count()).toBeGreaterThan(5)
    for (const button of await buttons.all()) await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(runButton(page, 'Regional Sales')).toHaveAccessibleDescription(reason)
    await runButton(page, 'Regional Sales').click({ force: true })
    const drawer = await openTask(page, 'Regional Sales')
    await expect(drawer.getByRole('button', { name: 'Run now' })).toHaveAttribute('aria-disabled', 'true')
    await expect(drawer.getByText(reason)).toBeVisible()
    expect(sim.ledger.of('runExtractRefreshTask')).toEqual([])
  })

  test('run now switched off after the page was loaded: the refusal is shown, and then the reason', async ({ page, sim }) => {
    await openTasks(page)
    sim.world.site().runNowEnabled = false
    await runButton(page, 'Regional Sales').click()
    await taskRow(page, 'Regional Sales').getByRole('button').filter({ hasText: 'Not run' }).click({ timeout: 20_000 })
    await expect(taskDrawer(page).getByRole('alert')).toContainText('RunNow is disabled for this site')
    await expect(taskDrawer(page)).toContainText('No job of it is there: it was not run.')
    await expect(taskDrawer(page).getByRole('button', { name: /^Run/ })).toHaveAttribute('aria-disabled', 'true')
    expect(sim.ledger.of('runExtractRefreshTask')).toMatchObject([{ status: 403, code: '403004', applied: false }])
    expect(sim.world.site().findJobs({ title: 'Regional Sales', status: 'Pending' })).toEqual([])
  })

  test('a virtual connection cannot be managed here, and says so', async ({ page, sim }) => {
    const name = 'Virtual connection (REST cannot manage it)'
    await openTasks(page)
    const run = runButton(page, name)
    await expect(run).toHaveAttribute('aria-disabled', 'true')
    await expect(run).toHaveAccessibleDescription(/does not manage the refresh of a virtual connection/)
    await run.click({ force: true })
    const drawer = await openTask(page, name)
    for (const button of ['Run now', 'Add to another schedule', 'Delete']) await expect(drawer.getByRole('button', { name: button })).toHaveAttribute('aria-disabled', 'true')
    await expect(drawer.getByText(/does not manage the refresh of a virtual connection/)).toBeVisible()
    expect(sim.ledger.of('runExtractRefreshTask')).toEqual([])
  })
})

test.describe('deleting a task', () => {
  test('says what goes, and takes it off the list', async ({ page, sim }) => {
    const task = sim.world.tasks().find('Regional Sales')
    await openTasks(page)
    const drawer = await openTask(page, 'Regional Sales')
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete the refresh task of “Regional Sales”' })
    await expect(dialog).toContainText('“Regional Sales” is no longer refreshed by “Weekday early”; the workbook and its data stay.')
    await dialog.getByRole('button', { name: 'Delete task' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText('Task deleted')).toBeVisible()
    await expect(taskDrawer(page)).toBeHidden()
    await expect(taskLink(page, 'Regional Sales')).toBeHidden()
    expect(sim.ledger.of('deleteExtractRefreshTask')).toMatchObject([{ status: 204, applied: true, user: 'admin' }])
    expect(sim.ledger.of('deleteExtractRefreshTask')[0]?.path).toContain(task.id)
    expect(sim.world.tasks().task(task.id)).toBeUndefined()
    expect(sim.world.site().findContent('Regional Sales')).toBeDefined()
  })

  test('an incremental one: it cannot be made again; “Keep it” sends nothing', async ({ page, sim }) => {
    await openTasks(page)
    const drawer = await openTask(page, 'Orders (Snowflake)')
    await expect(drawer).toContainText('Incremental refresh')
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('It is an incremental refresh, which REST cannot create again on Tableau Server')
    await dialog.getByRole('button', { name: 'Keep it' }).click()
    await expect(dialog).toBeHidden()
    await expect(taskLink(page, 'Orders (Snowflake)')).toBeVisible()
    expect(sim.ledger.of('deleteExtractRefreshTask')).toEqual([])
  })
})

test.describe('the list', () => {
  test('groups, search and filters stand in the address and outlive a reload', async ({ page }) => {
    await openTasks(page)
    const fold = (name: RegExp) => page.getByRole('table', { name: 'Tasks' }).getByRole('button', { name })
    await expect(fold(/^Weekday early/)).toBeVisible()
    await page.getByLabel('Group').selectOption({ label: 'Grouped by project' })
    await expect(fold(/^Sales/)).toBeVisible()
    await expect(fold(/^Weekday early/)).toBeHidden()
    await page.getByRole('button', { name: 'Schedule: all' }).click()
    await page.getByRole('checkbox', { name: /Weekday early/ }).click()
    await expect(page.getByRole('checkbox', { name: /Weekday early/ })).toBeChecked()
    await page.keyboard.press('Escape')
    await expect(taskLink(page, 'Superstore')).toBeHidden()
    await page.getByRole('searchbox', { name: 'Search tasks' }).fill('sales')
    await expect(page).toHaveURL(/[?&]q=sales/)
    await expect(taskLink(page, 'Web Traffic & Conversion')).toBeHidden()
    await expect(page).toHaveURL(/group=project/)
    await expect(page).toHaveURL(/schedule=[0-9a-f-]{36}/)
    await page.reload()
    await seeTasks(page)
    await expect(page.getByRole('searchbox', { name: 'Search tasks' })).toHaveValue('sales')
    await expect(page.getByRole('button', { name: 'Schedule: Weekday early' })).toBeVisible()
    await expect(page.getByLabel('Group')).toHaveValue('project')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tasks 2 of 12')
    await expect(taskLink(page, 'Regional Sales')).toBeVisible()
    await expect(taskLink(page, 'Pipeline by Stage')).toBeVisible()
  })

  test('trouble stands on top, and alone when asked for', async ({ page }) => {
    await openTasks(page)
    const rows = page.getByRole('table', { name: 'Tasks' }).getByRole('row')
    await expect(rows.nth(1)).toContainText('Trouble')
    await expect(rows.nth(2)).toContainText('Campaign Performance')
    await page.getByRole('button', { name: 'Only trouble 2' }).click()
    await expect(page).toHaveURL(/trouble=1/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tasks 2 of 12')
    await page.reload()
    await seeTasks(page)
    await expect(page.getByRole('button', { name: 'Only trouble 2' })).toHaveAttribute('aria-pressed', 'true')
    await expect(taskLink(page, 'Regional Sales')).toBeHidden()
  })

  test('the drawer shows the workbook’s picture, its times in words and its latest job', async ({ page, sim }) => {
    await openTasks(page)
    const drawer = await openTask(page, 'Superstore')
    const picture = drawer.getByRole('img', { name: 'Preview of Superstore' })
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
    expect(sim.ledger.of('queryWorkbookPreviewImage')).toMatchObject([{ status: 200 }])
    await expect(drawer).toContainText('Every hour from 00:00 to 05:00, server time')
    await expect(drawer.getByRole('link', { name: 'Running' })).toBeVisible()
    await expect(page).toHaveURL(/task=[0-9a-f-]{36}/)
    await page.reload()
    await expect(taskDrawer(page).getByRole('heading', { level: 2 })).toHaveText('Superstore')
  })
})
