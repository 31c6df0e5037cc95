import type { Page } from './test.ts'
import { cloudTaskOf, onCloud, openTaskEditor } from './cloud-actions.ts'
import { choose, openEditor, save, seeSchedule } from './schedule-actions.ts'
import { expect, test } from './test.ts'

const collision = (page: Page) => page.getByText('Somebody else has changed it; this is what is there now.')

test('two browsers change different fields of one schedule: both hold, and the second is told', async ({ page, browser, app, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  const context = await browser.newContext({ baseURL: app.url })
  const other = await context.newPage()
  await openEditor(page, schedule)
  await openEditor(other, schedule)
  await page.getByLabel('Priority', { exact: true }).fill('10')
  await save(page, 'Nightly')
  await seeSchedule(page, 'Nightly')
  await other.getByLabel('Name', { exact: true }).fill('Nightly load')
  await save(other, 'Nightly')
  await seeSchedule(other, 'Nightly load')
  await expect(other.getByText('It was saved, and what somebody else had changed meanwhile was kept:').locator('..')).toContainText('The priority was')
  expect(schedule).toMatchObject({ name: 'Nightly load', priority: 10 })
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ applied: true }, { applied: true }])
  await context.close()
})

test('two browsers change one field: the second loses nothing, and chooses field by field', async ({ page, browser, app, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  const context = await browser.newContext({ baseURL: app.url })
  const other = await context.newPage()
  await openEditor(page, schedule)
  await openEditor(other, schedule)
  await page.getByLabel('Priority', { exact: true }).fill('10')
  await page.getByLabel('Start', { exact: true }).fill('05:30')
  await save(page, 'Nightly')
  await seeSchedule(page, 'Nightly')

  await other.getByLabel('Priority', { exact: true }).fill('20')
  await other.getByLabel('Start', { exact: true }).fill('06:45')
  await other.getByLabel('Name', { exact: true }).fill('Nightly load')
  await save(other, 'Nightly')
  await expect(collision(other)).toBeVisible()
  await expect(other.getByLabel('Priority', { exact: true })).toHaveValue('20')
  await expect(other.getByLabel('Start', { exact: true })).toHaveValue('06:45')
  await expect(other.getByLabel('Name', { exact: true })).toHaveValue('Nightly load')
  expect(sim.ledger.of('updateServerSchedule')).toHaveLength(1)

  await other.getByRole('button', { name: 'Take theirs: Priority' }).click()
  await expect(other.getByLabel('Priority', { exact: true })).toHaveValue('10')
  await other.getByRole('button', { name: 'Take theirs: Repeats' }).click()
  await expect(other.getByLabel('Start', { exact: true })).toHaveValue('05:30')
  await other.getByRole('button', { name: 'Keep mine: Repeats' }).click()
  await expect(other.getByLabel('Start', { exact: true })).toHaveValue('06:45')
  await save(other, 'Nightly')
  await seeSchedule(other, 'Nightly load')
  expect(schedule).toMatchObject({ name: 'Nightly load', priority: 10, recurrence: { frequency: 'Daily', start: '06:45:00' } })
  await context.close()
})

test('what somebody else changed in the moment of the save is said on the page that follows, and the undo leaves it', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  await openEditor(page, schedule)
  await page.getByLabel('Priority', { exact: true }).fill('10')
  await choose(page, 'Its tasks run', 'One after the other')
  // Somebody else is there between the answer and the reading after it.
  sim.faults.add({ operation: 'updateServerSchedule', when: 'after', action: { kind: 'delay', ms: 600 } })
  await save(page, 'Nightly')
  await expect(() => expect(schedule.priority).toBe(10)).toPass({ intervals: [20] })
  schedule.name = 'Renamed meanwhile'
  await seeSchedule(page, 'Renamed meanwhile')
  await expect(page.getByText('It was saved, and something else is not as it was:').locator('..')).toContainText('Renamed meanwhile')
  expect(sim.ledger.of('updateServerSchedule')).toHaveLength(1)
  await page.getByRole('button', { name: 'Undo the change of “Nightly”' }).click()
  await expect(page.getByText('Undone: the change of “Nightly”')).toBeVisible()
  await expect(page.getByText('It was saved, and something else was changed')).toHaveCount(0)
  expect(schedule).toMatchObject({ name: 'Renamed meanwhile', priority: 50 })
})

test.describe('on Tableau Cloud', () => {
  test.use(onCloud)

  test('a task that somebody else changed keeps what was typed, and theirs can be taken', async ({ page, sim }) => {
    const task = cloudTaskOf(sim, 'Weekly')
    await openTaskEditor(page, task.id)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(task.content.name)
    await page.getByLabel('Start').fill('04:25')
    const { ownSchedule } = task
    if (ownSchedule === undefined) throw new Error('it has no times of its own')
    ownSchedule.recurrence = { ...ownSchedule.recurrence, start: '09:35:00' }
    await page.getByRole('button', { name: 'Save …' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
    await expect(collision(page)).toBeVisible()
    await expect(page.getByLabel('Start')).toHaveValue('04:25')
    await page.getByRole('button', { name: 'Take theirs: Repeats' }).click()
    await expect(page.getByLabel('Start')).toHaveValue('09:35')
    await expect(page.getByText('Nothing is changed yet.').last()).toBeVisible()
    await page.getByRole('button', { name: 'Keep mine: Repeats' }).click()
    await page.getByRole('button', { name: 'Save …' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText(/^Saved the task of/)).toBeVisible()
    expect(sim.ledger.of('updateCloudExtractRefreshTask')).toMatchObject([{ applied: true }])
    expect(ownSchedule.recurrence.start).toBe('04:25:00')
  })
})
