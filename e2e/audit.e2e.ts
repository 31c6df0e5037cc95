import { readFile } from 'node:fs/promises'
import type { TableauSim } from '@refreshboard/tableau-sim'
import { openEditor, openSchedule, save, seeSchedule, signInAt } from './schedule-actions.ts'
import { expect, test, type Page } from './test.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Audit' })
const drawer = (page: Page) => page.getByRole('complementary', { name: 'Record' })

const openAudit = async (page: Page): Promise<void> => {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Audit' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Audit/ })).toBeVisible()
}

/** A change that is taken and a deletion that is refused. */
const makeRecords = async (page: Page, sim: TableauSim): Promise<void> => {
  await openEditor(page, sim.world.schedule('Nightly'))
  await page.getByLabel('Priority').fill('10')
  await save(page, 'Nightly')
  await seeSchedule(page, 'Nightly')
  await page.goto(`/schedules/${sim.world.schedule('Unused').id}`)
  await seeSchedule(page, 'Unused')
  sim.faults.add({ operation: 'deleteServerSchedule', action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: '=1+1 not today' } })
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete schedule' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('403004')
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
}

test('says who did what with what answer, word for word what was sent, filtered in the address', async ({ page, sim }) => {
  await makeRecords(page, sim)
  await openAudit(page)
  await expect(table(page).getByRole('row')).toHaveCount(3)
  await expect(page.getByText('Chain intact: 4 entries checked')).toBeVisible()
  await expect(page.getByText(/^Everybody’s changes to/)).toBeVisible()
  const rows = table(page).getByRole('row')
  await expect(rows.nth(1)).toContainText('Delete a schedule')
  await expect(rows.nth(1)).toContainText('Refused')
  await expect(rows.nth(1)).toContainText('403004')
  await expect(rows.nth(2)).toContainText('Change a schedule')
  await expect(rows.nth(2)).toContainText('Nightly')
  await expect(rows.nth(2)).toContainText('Done')
  await expect(rows.nth(2)).toContainText('admin')

  await page.getByRole('button', { name: 'Answer: all' }).click()
  await page.getByRole('checkbox', { name: 'Done' }).click()
  await expect(page).toHaveURL('/audit?state=done')
  await expect(table(page).getByRole('row')).toHaveCount(2)
  await page.keyboard.press('Escape')
  await table(page).getByRole('link', { name: /^Change a schedule: Nightly/ }).click()
  const [put] = sim.ledger.of('updateServerSchedule')
  await expect(drawer(page).locator('pre')).toHaveText(put?.body ?? '')
  await expect(drawer(page)).toContainText(`PUT ${put?.path}`)
  await expect(drawer(page).getByRole('row', { name: 'Priority 50 10' })).toBeVisible()
  await expect(drawer(page).getByRole('button', { name: 'Copy the request id' })).toBeVisible()
  await page.reload()
  await expect(drawer(page)).toContainText('Change a schedule: Nightly')
  await page.keyboard.press('Escape')
  await expect(drawer(page)).toBeHidden()
})

test('is exported as CSV and JSON, all that matches, safe for a spreadsheet', async ({ page, sim }) => {
  await makeRecords(page, sim)
  await openAudit(page)
  await expect(table(page).getByRole('row')).toHaveCount(3)
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const csv = await readFile(await (await waiting).path(), 'utf8')
  await expect(page.getByText('Saved 2 records as CSV.')).toBeVisible()
  const lines = csv.split('\r\n')
  expect(lines[0]).toMatch(/^\uFEFFseq,at,who,/)
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain('schedules.delete')
  // What Tableau said begins like a formula: it stays text.
  expect(lines[1]).toContain(",'=1+1 not today,")
  expect(lines[2]).toContain('schedules.update')
  const next = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export JSON' }).click()
  const json: unknown = JSON.parse(await readFile(await (await next).path(), 'utf8'))
  const xml = sim.ledger.of('updateServerSchedule')[0]?.body
  expect(json).toMatchObject({ scope: 'site', chain: { intact: true }, records: [{ operation: 'schedules.delete', state: 'refused' }, { operation: 'schedules.update', state: 'done', request: { xml } }] })
})

test('shows others their own records alone, and says so', async ({ page, sim, browser, app }) => {
  await makeRecords(page, sim)
  const context = await browser.newContext({ baseURL: app.url })
  const other = await context.newPage()
  await signInAt(other, '/audit', 'creator')
  await expect(other.getByText('Your own changes; administrators see everybody’s')).toBeVisible()
  await expect(other.getByText('Nothing was changed yet')).toBeVisible()
  await context.close()
})

test('a broken chain is said in words, before anything else', async ({ page, sim }) => {
  await openSchedule(page, sim.world.schedule('Nightly'))
  await page.route('**/api/audit?*', async (route) => {
    const response = await route.fetch()
    const text = (await response.text()).replace(/"chain":\{[^}]*\}/, '"chain":{"intact":false,"checked":7,"brokenAt":5}')
    await route.fulfill({ response, body: text })
  })
  await openAudit(page)
  await expect(page.getByText('The chain is broken at entry 5: something was changed or taken out of the store.')).toBeVisible()
})
