import { confirmCancel, drawerOf, openDrawer, openJobs, rowOf } from './actions.ts'
import { expect, test } from './test.ts'

const applied = (entries: readonly { applied: boolean }[]) => entries.filter((entry) => entry.applied).length

test('cancels a waiting job', async ({ page, sim }) => {
  await openJobs(page)
  const job = sim.world.site().findJob({ status: 'Pending', jobType: 'increment_extracts' })
  await openDrawer(page, job.title ?? '')
  await confirmCancel(page)
  await expect(drawerOf(page)).toContainText('Cancelled', { timeout: 15_000 })
  expect(sim.ledger.of('cancelJob')).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
  expect(sim.ledger.of('cancelJob')[0]?.path).toContain(job.id)
  expect(job.status).toBe('Cancelled')
})

test('cancels a running job, which ends a moment later', async ({ page, sim }) => {
  await openJobs(page)
  const job = sim.world.site().findJob({ status: 'InProgress' })
  await openDrawer(page, job.title ?? '')
  await confirmCancel(page)
  await expect(drawerOf(page)).toContainText(/Being cancelled|Cancelled/)
  sim.clock.advance(10_000)
  await expect(drawerOf(page)).toContainText('Cancelled', { timeout: 20_000 })
  expect(sim.ledger.of('cancelJob')).toMatchObject([{ status: 200, applied: true }])
})

test('“Keep it” sends nothing', async ({ page, sim }) => {
  await openJobs(page)
  await openDrawer(page, sim.world.site().findJob({ status: 'Pending' }).title ?? '')
  await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(sim.ledger.of('cancelJob')).toEqual([])
})

test('a job that ended in between: Tableau’s 403091 in words', async ({ page, sim }) => {
  await openJobs(page)
  await openDrawer(page, sim.world.site().findJob({ status: 'InProgress' }).title ?? '')
  await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
  // The dialog is open while the job runs to its end.
  sim.faults.add({
    operation: 'cancelJob',
    action: { kind: 'tableauError', status: 403, code: '403091', summary: 'Forbidden', detail: 'Can not cancel job, because it is already complete.' },
  })
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel job' }).click()
  await expect(page.getByRole('dialog')).toContainText('already finished')
  await expect(page.getByRole('dialog')).toContainText('403091')
  expect(sim.ledger.of('cancelJob')).toMatchObject([{ status: 403, code: '403091', applied: false }])
})

test('a finished job’s button says why it cannot be used', async ({ page, sim }) => {
  await openJobs(page)
  const drawer = await openDrawer(page, sim.world.site().findJob({ status: 'Failed' }).title ?? '')
  await expect(drawer.getByRole('button', { name: 'Cancel job' })).toHaveAttribute('aria-disabled', 'true')
  expect(sim.ledger.of('cancelJob')).toEqual([])
})

test('a double click cancels once', async ({ page, sim }) => {
  await openJobs(page)
  const job = sim.world.site().findJob({ status: 'Pending' })
  await openDrawer(page, job.title ?? '')
  await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
  sim.faults.add({ operation: 'cancelJob', action: { kind: 'delay', ms: 300 } })
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel job' }).dblclick()
  await expect(drawerOf(page)).toContainText('Cancelled', { timeout: 15_000 })
  expect(sim.ledger.of('cancelJob')).toHaveLength(1)
  expect(applied(sim.ledger.of('cancelJob'))).toBe(1)
})

test('a replayed request with the same key cancels once and answers the same', async ({ page, sim }) => {
  await openJobs(page)
  await openDrawer(page, sim.world.site().findJob({ status: 'Pending' }).title ?? '')
  const sent = page.waitForRequest((request) => request.url().endsWith('/cancel'))
  await confirmCancel(page)
  const request = await sent
  const first: unknown = await (await request.response())?.json()
  const again = await page.evaluate(
    async ({ url, key }) => {
      const answer = await fetch(url, { method: 'POST', headers: { 'x-refreshboard': '1', 'idempotency-key': key } })
      return { status: answer.status, body: (await answer.json()) as unknown }
    },
    { url: request.url(), key: request.headers()['idempotency-key'] ?? '' },
  )
  expect(again).toEqual({ status: 200, body: first })
  expect(sim.ledger.of('cancelJob')).toHaveLength(1)
})

test('the reply is reset after the effect: applied once, and read back as cancelled', async ({ page, sim }) => {
  await openJobs(page)
  const job = sim.world.site().findJob({ status: 'Pending' })
  await openDrawer(page, job.title ?? '')
  sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'reset' } })
  await confirmCancel(page)
  await expect(drawerOf(page)).toContainText(/Cancelled/, { timeout: 30_000 })
  await expect(rowOf(page, job.title ?? '')).toHaveAccessibleName(/Cancelled/, { timeout: 20_000 })
  expect(sim.ledger.of('cancelJob')).toHaveLength(1)
  expect(applied(sim.ledger.of('cancelJob'))).toBe(1)
})

test('no reply after the effect: applied once, and read back as cancelled', async ({ page, sim }) => {
  await openJobs(page)
  await openDrawer(page, sim.world.site().findJob({ status: 'Pending' }).title ?? '')
  sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'hang' } })
  await confirmCancel(page)
  await expect(drawerOf(page)).toContainText('Cancelled', { timeout: 40_000 })
  expect(sim.ledger.of('cancelJob')).toHaveLength(1)
  expect(applied(sim.ledger.of('cancelJob'))).toBe(1)
})

test('reset before the effect: never sent again, and the screen does not say cancelled', async ({ page, sim }) => {
  test.setTimeout(90_000)
  await openJobs(page)
  const job = sim.world.site().findJob({ status: 'Pending' })
  await openDrawer(page, job.title ?? '')
  sim.faults.add({ operation: 'cancelJob', when: 'before', action: { kind: 'reset' } })
  await confirmCancel(page)
  await expect(drawerOf(page)).toContainText('Checking', { timeout: 15_000 })
  await expect(drawerOf(page)).toContainText('could not be confirmed', { timeout: 60_000 })
  expect(sim.ledger.of('cancelJob')).toHaveLength(1)
  expect(applied(sim.ledger.of('cancelJob'))).toBe(0)
  expect(job.status).toBe('Pending')
})
