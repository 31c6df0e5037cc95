import { drawerOf, openDrawer, openJobs, rowOf, seeJobs } from './actions.ts'
import { expect, test } from './test.ts'

test('a session killed in mid-work: sign in in place, and everything stays', async ({ page, sim }) => {
  await openJobs(page)
  await page.getByRole('button', { name: /^Waiting/ }).click()
  const job = sim.world.site().findJob({ status: 'Pending' })
  await openDrawer(page, job.title ?? '')
  sim.world.sessions.killAll()
  const dialog = page.getByRole('dialog', { name: 'Sign in again to go on' })
  await expect(dialog).toBeVisible({ timeout: 20_000 })
  await expect(dialog.getByLabel('User name')).toHaveValue('admin')
  await dialog.getByRole('textbox', { name: 'Password' }).fill('admin')
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await expect(dialog).toBeHidden()
  await expect(drawerOf(page).getByRole('heading', { level: 2 })).toHaveText(job.title ?? '')
  await expect(page).toHaveURL(/status=Pending/)
  expect(sim.ledger.of('signIn')).toHaveLength(2)
  const dead = sim.ledger.of('signIn')[1]?.seq ?? 0
  expect(sim.ledger.entries.filter((entry) => entry.seq > dead && entry.code === '401002')).toEqual([])
})

test('an HTML page instead of a reply keeps the last good data with its age', async ({ page, sim }) => {
  test.setTimeout(120_000)
  await openJobs(page)
  const row = rowOf(page, sim.world.site().findJob({ status: 'InProgress' }).title ?? '').first()
  await expect(row).toBeVisible()
  sim.faults.add({ operation: 'queryJobs', times: Infinity, action: { kind: 'html', status: 200 } })
  await expect(page.getByRole('alert')).toContainText('could not be read', { timeout: 30_000 })
  await expect(page.getByText('Request id')).toBeVisible()
  await expect(row).toBeVisible()
  const calls = sim.ledger.of('queryJobs').length
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => sim.ledger.of('queryJobs').length, { timeout: 20_000 }).toBeGreaterThan(calls)
  sim.faults.clear()
  await expect(page.getByRole('alert')).toBeHidden({ timeout: 45_000 })
})

test('Tableau out of reach from the start: a sentence, not a blank page, and it recovers by itself', async ({ page, sim }) => {
  test.setTimeout(120_000)
  sim.faults.add({ operation: 'queryJobs', times: Infinity, action: { kind: 'reset' } })
  await openJobs(page).catch(() => undefined)
  await expect(page.getByRole('alert')).toContainText('Refreshboard cannot reach Tableau', { timeout: 30_000 })
  sim.faults.clear()
  // The page asks again when the last answer said, which after several failures is later than other waits here.
  await expect(page.getByRole('alert')).toBeHidden({ timeout: 45_000 })
  await seeJobs(page)
})

test('offline: said within two seconds, and a write is refused with the dialog kept', async ({ page, sim, context }) => {
  await openJobs(page)
  await openDrawer(page, sim.world.site().findJob({ status: 'Pending' }).title ?? '')
  await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel job' })).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText(/offline/i).first()).toBeVisible({ timeout: 2_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel job' }).click()
  await expect(page.getByRole('dialog')).toContainText('offline')
  await context.setOffline(false)
  const polls = sim.ledger.of('queryJobs').length
  await expect.poll(() => sim.ledger.of('queryJobs').length, { timeout: 20_000 }).toBeGreaterThan(polls)
  expect(sim.ledger.of('cancelJob')).toEqual([])
})

test('an address that leads nowhere says so', async ({ page }) => {
  await openJobs(page)
  await page.goto('/no-such-page')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page')
  await expect(page.getByRole('link', { name: /jobs/i }).first()).toBeVisible()
})

test('a page in another tab follows a sign-out', async ({ page, context }) => {
  await openJobs(page)
  const other = await context.newPage()
  await other.goto('/jobs')
  await seeJobs(other)
  await page.getByRole('button', { name: 'Signed in as admin' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible({ timeout: 3_000 })
})
