import { addContent } from './extract-actions.ts'
import { choose, openNewSchedule, openSchedule, seeSchedule, signInAt } from './schedule-actions.ts'
import { addButton, chooseContent, openTasks, scheduleChoice } from './task-actions.ts'
import { expect, test, type Page } from './test.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Data acceleration tasks' })

test.describe('with API 3.15, the last that has it', () => {
  test.use({ simOptions: { scenario: 'small', apiVersion: '3.15' } })

  test('a workbook is added on the page of a schedule of its type, listed, and taken away again', async ({ page, sim }) => {
    const schedule = sim.world.addSchedule({ name: 'Before work', type: 'DataAcceleration', frequency: 'Daily', start: '05:00:00', intervals: [] })
    const workbook = addContent(sim, 'Slow views', { hasExtracts: true })
    addContent(sim, 'Slow orders', { kind: 'datasource', hasExtracts: true })
    await openSchedule(page, schedule)
    await page.getByRole('link', { name: 'Add content' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Accelerate a workbook')
    await expect(scheduleChoice(page, 'Before work')).toBeChecked()
    await expect(scheduleChoice(page, 'Nightly')).toBeHidden()
    await page.getByRole('searchbox', { name: 'Search workbooks' }).fill('Slow')
    await expect(page.getByRole('list', { name: 'Workbooks' }).getByRole('button')).toHaveCount(1)
    await page.getByRole('list', { name: 'Workbooks' }).getByRole('button', { name: /^Slow views/ }).click()
    await addButton(page).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Data acceleration \d+$/)
    const row = table(page).getByRole('row', { name: /Slow views/ })
    await expect(row).toContainText('Before work')
    expect(sim.ledger.of('addWorkbookToSchedule')).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
    expect(sim.ledger.of('addWorkbookToSchedule')[0]?.body).toContain(`<dataAcceleration><workbook id="${workbook.id}"/></dataAcceleration>`)
    await row.getByRole('button', { name: 'Delete the task of Slow views' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('“Slow views” is no longer accelerated by “Before work”')
    await dialog.getByRole('button', { name: 'Delete task' }).dblclick()
    await expect(row).toBeHidden()
    expect(sim.ledger.of('deleteDataAccelerationTask')).toMatchObject([{ applied: true, user: 'admin' }])
    expect(sim.world.site().content(workbook.id)).toBe(workbook)
  })

  test('runs by a schedule of its type, which is made in the form', async ({ page, sim }) => {
    await openNewSchedule(page)
    await page.getByLabel('Name').fill('Before work')
    await choose(page, 'Type', 'Data acceleration')
    await choose(page, 'Repeats', 'Daily')
    await page.getByLabel('Start', { exact: true }).fill('05:00')
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await seeSchedule(page, 'Before work')
    expect(sim.world.schedule('Before work').type).toBe('DataAcceleration')
    expect(sim.ledger.of('createServerSchedule')).toMatchObject([{ status: 201, applied: true, user: 'admin' }])
    await expect(page.getByRole('link', { name: 'Add content' })).toBeVisible()
  })

  test('is found from the tasks, and the schedules of its type are not offered for refreshes', async ({ page, sim }) => {
    sim.world.addSchedule({ name: 'Before work', type: 'DataAcceleration', frequency: 'Daily', start: '05:00:00', intervals: [] })
    await openTasks(page)
    await page.getByRole('link', { name: 'Data acceleration' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Data acceleration/)
    await page.goto('/tasks/add')
    await chooseContent(page, 'Regional Sales')
    await expect(scheduleChoice(page, 'Nightly')).toBeVisible()
    await expect(scheduleChoice(page, 'Before work')).toBeHidden()
  })

  test('is for administrators, and the page says so', async ({ page, sim }) => {
    await signInAt(page, '/tasks/data-acceleration', 'creator')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Data acceleration is not there')
    await expect(page.getByRole('main')).toContainText(/administrators/i)
    expect(sim.ledger.of('listDataAccelerationTasks')).toEqual([])
  })
})

test('with a current API it is gone: the page says why, and nothing is asked', async ({ page, sim }) => {
  await openNewSchedule(page)
  await expect(page.getByRole('radiogroup', { name: 'Type' }).getByText('Flow', { exact: true })).toBeVisible()
  await expect(page.getByText('Data acceleration', { exact: true })).toBeHidden()
  const schedule = sim.world.addSchedule({ name: 'Before work', type: 'DataAcceleration', frequency: 'Daily', start: '05:00:00', intervals: [] })
  await openTasks(page)
  await page.getByRole('link', { name: 'Data acceleration' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Data acceleration is not there')
  await expect(page.getByRole('main')).toContainText(/3\.16|3\.15/)
  await page.goto(`/schedules/${schedule.id}`)
  await expect(page.getByRole('button', { name: 'Add content' })).toHaveAttribute('aria-disabled', 'true')
  expect(sim.ledger.of('listDataAccelerationTasks')).toEqual([])
  expect(sim.ledger.of('addWorkbookToSchedule')).toEqual([])
})
