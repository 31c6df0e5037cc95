import { readFile } from 'node:fs/promises'
import { editExport, exportField, importField, openAsCode, planText } from './as-code-actions.ts'
import { expect, test, type Page } from './test.ts'

const plan = (page: Page) => page.getByRole('list', { name: 'The plan' })
const writes = ['createServerSchedule', 'updateServerSchedule', 'deleteServerSchedule', 'addWorkbookToSchedule', 'deleteExtractRefreshTask'] as const

test('the export is shown, copied and saved, and planned again there is nothing to apply', async ({ page, sim }) => {
  await openAsCode(page)
  await page.getByRole('button', { name: 'Read the schedules' }).click()
  await expect(exportField(page)).toHaveValue(/refreshboard: 1[\s\S]*name: Weekday early/)
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toBe('schedules.yaml')
  expect(await readFile(await download.path(), 'utf8')).toBe(await exportField(page).inputValue())
  await page.getByRole('button', { name: 'Edit it below' }).click()
  await planText(page)
  await expect(page.getByText('There is nothing to apply: Tableau is as the text says, as far as it can be written.')).toBeVisible()
  for (const operation of writes) expect(sim.ledger.of(operation)).toEqual([])
})

test('an edited export is planned field by field, applied once, and leads to its run', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Weekday early')
  await openAsCode(page)
  const text = await editExport(page)
  const edited = `${text.replace('start: "05:00:00", weekDays: [Monday', 'start: "04:30:00", weekDays: [Monday')}  - name: Made from text\n    type: Extract\n    repeats: { frequency: Daily, start: "03:35:00" }\n`
  expect(edited).not.toBe(text)
  await importField(page).fill(edited)
  await planText(page)
  await expect(plan(page)).toContainText('Will be made')
  await expect(plan(page)).toContainText('Made from text')
  await expect(plan(page)).toContainText(/Mon–Fri at 05:00.* → Mon–Fri at 04:30/)
  for (const operation of writes) expect(sim.ledger.of(operation)).toEqual([])
  await page.getByRole('button', { name: 'Apply 2 changes' }).dblclick()
  await expect(page).toHaveURL(/\/bulk\/[0-9a-f-]{36}/)
  await expect(async () => expect(schedule.recurrence.start).toBe('04:30:00')).toPass({ timeout: 20_000 })
  await expect(async () => expect(sim.world.schedule('Made from text').recurrence.start).toBe('03:35:00')).toPass({ timeout: 20_000 })
  expect(sim.ledger.of('createServerSchedule')).toHaveLength(1)
  expect(sim.ledger.of('updateServerSchedule')).toHaveLength(1)
})

test('a fault names its line and rule, leads there, and nothing is lost', async ({ page }) => {
  await openAsCode(page)
  const text = 'refreshboard: 1\nschedules:\n  - name: A\n    type: Extract\n    repeats: { frequency: Weekly, start: "05:00:00" }\n    nonsense: 1\n'
  await importField(page).fill(text)
  await planText(page)
  await expect(page.getByText(/\d faults?: nothing can be planned/)).toBeVisible()
  await page.getByRole('button', { name: 'Line 6', exact: true }).click()
  await expect(importField(page)).toBeFocused()
  expect(await importField(page).evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd))).toBe('    nonsense: 1')
  await expect(importField(page)).toHaveValue(text)
  await expect(page.getByRole('button', { name: /^Apply/ })).toBeHidden()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click()
  await expect(importField(page)).toHaveValue(text)
})

test('what would be deleted is counted, and the count is typed', async ({ page, sim }) => {
  await openAsCode(page)
  const text = await editExport(page)
  const without = text.replace(/ {2}- name: Unused\n(?: {4}.*\n| {6}.*\n| {8}.*\n)*/, '')
  expect(without).not.toBe(text)
  await importField(page).fill(without)
  await planText(page)
  await expect(page.getByText('There is nothing to apply')).toBeVisible()
  await page.getByRole('checkbox', { name: /^Delete what the text does not name/ }).check()
  await planText(page)
  await expect(plan(page)).toContainText('Will be deleted')
  const apply = page.getByRole('button', { name: 'Apply 1 change' })
  await expect(apply).toHaveAttribute('aria-disabled', 'true')
  await apply.click({ force: true })
  expect(sim.ledger.of('deleteServerSchedule')).toEqual([])
  await page.getByRole('textbox', { name: 'Type 1, the number of what is deleted, to go on' }).fill('1')
  await apply.click()
  await expect(page).toHaveURL(/\/bulk\//)
  await expect(async () => expect(sim.ledger.of('deleteServerSchedule')).toMatchObject([{ applied: true }])).toPass({ timeout: 20_000 })
})

test('something that changed since the plan is shown, and nothing is sent before it is applied again', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Weekday early')
  await openAsCode(page)
  const text = await editExport(page)
  await importField(page).fill(text.replace('start: "05:00:00", weekDays: [Monday', 'start: "04:30:00", weekDays: [Monday'))
  await planText(page)
  const apply = page.getByRole('button', { name: 'Apply 1 change' })
  await expect(apply).toBeVisible()
  schedule.recurrence = { ...schedule.recurrence, start: '09:15:00' }
  await apply.click()
  await expect(page.getByText('Something changed at Tableau in the meantime, so nothing was sent.')).toBeVisible()
  await expect(plan(page)).toContainText('Mon–Fri at 09:15')
  expect(sim.ledger.of('updateServerSchedule')).toEqual([])
  await apply.click()
  await expect(async () => expect(schedule.recurrence.start).toBe('04:30:00')).toPass({ timeout: 20_000 })
})

test('a file is chosen or dropped, and what was typed before can be put back', async ({ page }) => {
  await openAsCode(page)
  await importField(page).fill('typed by hand')
  await page.locator('input[data-file]').setInputFiles({ name: 'nightly.yaml', mimeType: 'application/yaml', buffer: Buffer.from('refreshboard: 1\nschedules: []\n') })
  await expect(importField(page)).toHaveValue('refreshboard: 1\nschedules: []\n')
  await page.getByRole('button', { name: 'Put back what was here before' }).click()
  await expect(importField(page)).toHaveValue('typed by hand')
  await page.locator('input[data-file]').setInputFiles({ name: 'picture.yaml', mimeType: 'application/yaml', buffer: Buffer.from([0xff, 0xfe, 0x00]) })
  await expect(page.getByText('“picture.yaml” cannot be read as text (UTF-8).')).toBeVisible()
  await expect(importField(page)).toHaveValue('typed by hand')
})
