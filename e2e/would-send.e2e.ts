import type { OperationName } from '@refreshboard/tableau-sim'
import { drawerOf, openDrawer, openJobs } from './actions.ts'
import { bulkBar, seeEnd, selectBox, startRun } from './bulk-actions.ts'
import { cloudTaskOf, onCloud, openNewTask, openTaskEditor } from './cloud-actions.ts'
import { addContent, askFor, openContent, openExtracts, openSiteCard, typeName } from './extract-actions.ts'
import { askToSave, choose, openEditor, openNewSchedule, openSchedule, signInAt } from './schedule-actions.ts'
import { addButton, chooseContent, chooseSchedule, openTask, openTasks } from './task-actions.ts'
import { expect, test, type Locator } from './test.ts'
import { expectSent, seeEachWouldSend, seeWouldSend } from './would-send-actions.ts'

/** Opens it in a dialog, sends what the dialog is about, and holds one against the other. */
const inDialog = async (dialog: Locator, button: string) => {
  const shown = await seeWouldSend(dialog)
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await expect(dialog).toBeHidden({ timeout: 15_000 })
  return shown
}

test.describe('what would be sent is what is sent', () => {
  test('a new schedule, asked again while its form changes', async ({ page, sim }) => {
    await openNewSchedule(page)
    const form = page.getByRole('form', { name: 'New schedule' })
    await form.getByText('What would be sent', { exact: true }).click()
    await expect(form).toContainText('What is typed cannot be sent yet')
    await page.getByLabel('Name').fill('Evening <load> & "more"')
    await choose(page, 'Repeats', 'Daily')
    await page.getByLabel('Start', { exact: true }).fill('18:30')
    const first = await seeWouldSend(form)
    expect(first.xml).toContain('18:30:00')
    await page.getByLabel('Start', { exact: true }).fill('19:45')
    await expect(form.getByRole('region', { name: 'XML' })).toContainText('19:45:00')
    const shown = await seeWouldSend(form)
    expect(sim.ledger.of('createServerSchedule')).toEqual([])
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Evening <load> & "more"' })).toBeVisible()
    expectSent(shown, sim.ledger.of('createServerSchedule')[0])
  })

  test('the rename of a weekly schedule, whose days the server adds', async ({ page, sim }) => {
    await openEditor(page, sim.world.schedule('Weekday early'))
    await page.getByLabel('Name').fill('Before work')
    const dialog = await askToSave(page, 'Weekday early')
    const shown = await inDialog(dialog, 'Save changes')
    expect(shown.xml).toContain('weekDay="Friday"')
    expectSent(shown, sim.ledger.of('updateServerSchedule')[0])
  })

  test('suspending and deleting a schedule', async ({ page, sim }) => {
    await openSchedule(page, sim.world.schedule('Unused'))
    await page.getByRole('button', { name: 'Suspend' }).click()
    expectSent(await inDialog(page.getByRole('dialog'), 'Suspend'), sim.ledger.of('updateServerSchedule')[0])
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(page.getByRole('dialog')).toContainText('This cannot be undone:')
    expectSent(await inDialog(page.getByRole('dialog'), 'Delete schedule'), sim.ledger.of('deleteServerSchedule')[0])
  })

  test('adding content to a schedule', async ({ page, sim }) => {
    await signInAt(page, '/tasks/add')
    await chooseContent(page, 'Regional Sales')
    await chooseSchedule(page, 'Unused')
    const shown = await seeWouldSend(page)
    await addButton(page).click()
    await expect(page.getByText('“Regional Sales” is refreshed by “Unused” from now on.')).toBeVisible()
    expectSent(shown, sim.ledger.of('addWorkbookToSchedule')[0])
  })

  test('running and deleting a task', async ({ page, sim }) => {
    await openTasks(page)
    const drawer = await openTask(page, 'Regional Sales')
    const run = await seeWouldSend(drawer, 'What “Run now” would send')
    await drawer.getByRole('button', { name: 'Run now' }).click()
    await expect(drawer.getByText('Waiting').first()).toBeVisible()
    expectSent(run, sim.ledger.of('runExtractRefreshTask')[0])
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    expectSent(await inDialog(page.getByRole('dialog'), 'Delete task'), sim.ledger.of('deleteExtractRefreshTask')[0])
  })

  test('cancelling a job', async ({ page, sim }) => {
    await openJobs(page)
    await openDrawer(page, sim.world.site().findJob({ status: 'Pending', jobType: 'increment_extracts' }).title ?? '')
    await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
    await expect(page.getByRole('dialog')).toContainText('This cannot be undone:')
    expectSent(await inDialog(page.getByRole('dialog'), 'Cancel job'), sim.ledger.of('cancelJob')[0])
  })

  test('creating, encrypting and deleting extracts', async ({ page, sim }) => {
    const item = addContent(sim, 'Fresh numbers', { datasources: [{ name: 'Orders' }, { name: 'Stock' }] })
    await openContent(page, item)
    expectSent(await inDialog(await askFor(page, 'Create extract …'), 'Create extract'), sim.ledger.of('createWorkbookExtract')[0])
    const data = addContent(sim, 'Live orders', { kind: 'datasource' })
    await openContent(page, data)
    expectSent(await inDialog(await askFor(page, 'Create extract …'), 'Create extract'), sim.ledger.of('createDatasourceExtract')[0])
    const stored = addContent(sim, 'Stored numbers', { hasExtracts: true })
    await openContent(page, stored)
    expectSent(await inDialog(await askFor(page, 'Encrypt …'), 'Encrypt'), sim.ledger.of('updateWorkbook')[0])
    expectSent(await inDialog(await askFor(page, 'Delete extract …'), 'Delete extract'), sim.ledger.of('deleteWorkbookExtract')[0])
    const orders = addContent(sim, 'Stored orders', { kind: 'datasource', hasExtracts: true })
    await openContent(page, orders)
    expectSent(await inDialog(await askFor(page, 'Encrypt …'), 'Encrypt'), sim.ledger.of('updateDatasource')[0])
    expectSent(await inDialog(await askFor(page, 'Delete extract …'), 'Delete extract'), sim.ledger.of('deleteDatasourceExtract')[0])
  })

  test('the encryption of the site', async ({ page, sim }) => {
    const { name } = sim.world.site()
    const all: readonly (readonly [button: string, operation: OperationName])[] = [
      ['Encrypt all', 'encryptExtracts'],
      ['Re-encrypt all', 'reencryptExtracts'],
      ['Decrypt all', 'decryptExtracts'],
    ]
    await openExtracts(page)
    const card = await openSiteCard(page)
    const dialog = page.getByRole('dialog')
    for (const [button, operation] of all) {
      await card.getByRole('button', { name: `${button} …`, exact: true }).click()
      await typeName(dialog, name)
      expectSent(await inDialog(dialog, button), sim.ledger.of(operation)[0])
    }
    await card.getByText('Disabled', { exact: true }).click()
    await card.getByRole('button', { name: 'Change to disabled …' }).click()
    await typeName(dialog, name)
    expectSent(await inDialog(dialog, 'Change to disabled'), sim.ledger.of('updateSite')[0])
  })

  test.describe('with API 3.15', () => {
    test.use({ simOptions: { scenario: 'small', apiVersion: '3.15' } })

    test('adding to and deleting from a schedule for data acceleration', async ({ page, sim }) => {
      const schedule = sim.world.addSchedule({ name: 'Before work', type: 'DataAcceleration', frequency: 'Daily', start: '05:00:00', intervals: [] })
      const workbook = addContent(sim, 'Slow views', { hasExtracts: true })
      await signInAt(page, `/tasks/add?kind=dataAcceleration&schedule=${schedule.id}&workbook=${workbook.id}`)
      await expect(page.getByRole('button', { name: 'Change' })).toBeVisible()
      const shown = await seeWouldSend(page)
      await addButton(page).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Data acceleration/)
      expectSent(shown, sim.ledger.of('addWorkbookToSchedule')[0])
      await page.getByRole('button', { name: 'Delete the task of Slow views' }).click()
      expectSent(await inDialog(page.getByRole('dialog'), 'Delete task'), sim.ledger.of('deleteDataAccelerationTask')[0])
    })
  })

  test.describe('on Tableau Cloud', () => {
    test.use(onCloud)

    test('a new task and a changed one', async ({ page, sim }) => {
      await openNewTask(page)
      await chooseContent(page, 'Regional Sales')
      await choose(page, 'Repeats', 'Daily')
      await page.getByLabel('Start').fill('04:20')
      const made = await seeWouldSend(page)
      await page.getByRole('button', { name: 'Create task' }).click()
      await expect(page.getByText('Made a task for “Regional Sales”')).toBeVisible()
      expectSent(made, sim.ledger.of('createCloudExtractRefreshTask')[0])

      await openTaskEditor(page, cloudTaskOf(sim, 'Weekly').id)
      await page.getByLabel('Start').fill('04:25')
      await page.getByRole('button', { name: 'Save …' }).click()
      expectSent(await inDialog(page.getByRole('dialog'), 'Save changes'), sim.ledger.of('updateCloudExtractRefreshTask')[0])
    })
  })
})

test('a refusal is told in its place, nothing is sent, and nothing is asked before it is opened', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/would-send')) asked.push(request.url())
  })
  await openEditor(page, schedule)
  await page.getByLabel('Start', { exact: true }).fill('03:45')
  const dialog = await askToSave(page, 'Nightly')
  expect(asked).toEqual([])
  schedule.recurrence = { frequency: 'Daily', start: '07:30:00', intervals: [] }
  await dialog.getByText('What would be sent', { exact: true }).click()
  await expect(dialog.getByRole('status').filter({ hasText: 'It would not be sent as it is.' })).toContainText('is now “Daily at 07:30”')
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  expect(asked.length).toBeGreaterThan(0)
  expect(sim.ledger.of('updateServerSchedule')).toEqual([])
})

test('a task that is moved takes two requests, shown in order', async ({ page, sim }) => {
  await openTasks(page)
  const task = sim.world.tasks().find('Regional Sales')
  await selectBox(page, 'Regional Sales').click()
  await bulkBar(page).getByRole('button', { name: 'Move …' }).click()
  const dialog = page.getByRole('dialog')
  const choice = dialog.getByLabel('To the schedule')
  await choice.selectOption({ label: (await choice.locator('option', { hasText: 'Unused' }).textContent()) ?? '' })
  await dialog.getByRole('button', { name: 'Show the plan' }).click()
  const shown = await seeEachWouldSend(dialog, /^What would be sent for/)
  expect(await dialog.getByRole('heading', { name: /^\d\. / }).allTextContents()).toEqual([expect.stringMatching(/^1\. (?:POST|PUT) /), expect.stringMatching(/^2\. DELETE .*without a body$/)])
  expect(sim.ledger.of('deleteExtractRefreshTask')).toEqual([])
  await startRun(page, 'Move 1 task')
  await seeEnd(page, '1 of 1')
  const sent = [...sim.ledger.of('addWorkbookToSchedule'), ...sim.ledger.of('deleteExtractRefreshTask')]
  expect([shown.length, sent.length]).toEqual([2, 2])
  expect(shown[1]?.path).toContain(task.id)
  for (const [at, request] of shown.entries()) expectSent(request, sent[at])
})

test('nothing is said calmly, where somebody else has made the same change already', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  await openEditor(page, schedule)
  await page.getByLabel('Priority').fill('10')
  const dialog = await askToSave(page, 'Nightly')
  schedule.priority = 10
  await dialog.getByText('What would be sent', { exact: true }).click()
  await expect(dialog.getByRole('status').filter({ hasText: 'Nothing would be sent.' })).toContainText('already as it was wanted')
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})

test('blanks around a name are nothing to save', async ({ page, sim }) => {
  await openEditor(page, sim.world.schedule('Nightly'))
  await page.getByLabel('Name').fill('Nightly  ')
  await expect(page.getByRole('button', { name: 'Save …' })).toHaveAttribute('aria-disabled', 'true')
})

test('the command is copied as it is shown', async ({ page, context, sim }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openSchedule(page, sim.world.schedule('Nightly'))
  await page.getByRole('button', { name: 'Suspend' }).click()
  const dialog = page.getByRole('dialog')
  const { curl } = await seeWouldSend(dialog)
  await dialog.getByRole('button', { name: 'Copy the curl command' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(curl)
})
