import { openJobs, seeJobs } from './actions.ts'
import { askFor, bulkBar, countOf, expectSelected, heldJobs, runState, searchJobs, seeEnd, selectAll, selectBox, startRun } from './bulk-actions.ts'
import { openSchedules, signInAt } from './schedule-actions.ts'
import { appliedOf, openTasks, taskLink } from './task-actions.ts'
import { expect, test } from './test.ts'

// Many are sent one after another, on a machine that may be busy.
test.describe.configure({ timeout: 90_000 })

test.describe('jobs', () => {
  test('thirty that are selected are cancelled, each once', async ({ page, sim }) => {
    const jobs = heldJobs(sim, 40)
    await openJobs(page)
    await searchJobs(page, 'Held back')
    await selectBox(page, 'Held back 001').click()
    await selectBox(page, 'Held back 030').click({ modifiers: ['Shift'] })
    await expectSelected(page, 30)
    const dialog = await askFor(page, 'Cancel …')
    await expect(dialog.getByText('30 jobs of 30')).toBeVisible()
    const button = dialog.getByRole('button', { name: 'Cancel 30 jobs' })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await button.click({ force: true })
    expect(sim.ledger.of('cancelJob')).toEqual([])
    await startRun(page, 'Cancel 30 jobs', { typed: 30 })
    await seeEnd(page, '30 of 30')
    await page.goBack()
    await seeJobs(page)
    await expect(bulkBar(page)).toBeHidden()
    const sent = sim.ledger.of('cancelJob')
    expect(sent).toHaveLength(30)
    expect(new Set(sent.map(({ path }) => path)).size).toBe(30)
    expect(appliedOf(sent)).toBe(30)
    expect(jobs.map(({ status }) => status)).toEqual([...jobs.slice(0, 30).map(() => 'Cancelled'), ...jobs.slice(30).map(() => 'Pending')])
  })

  test('everything that matches a filter is cancelled, and nothing else', async ({ page, sim }) => {
    const jobs = heldJobs(sim, 110)
    const others = heldJobs(sim, 5, 'Let me be')
    await openJobs(page)
    await searchJobs(page, 'Held back')
    await selectAll(page).click()
    await expectSelected(page, 110)
    await expect(page).toHaveURL(/selected=all/)
    await askFor(page, 'Cancel …')
    await startRun(page, 'Cancel 110 jobs', { typed: 110 })
    await seeEnd(page, '110 of 110')
    await expect(countOf(page, 'Done')).toContainText('110')
    expect(sim.ledger.of('cancelJob')).toHaveLength(110)
    expect(jobs.every(({ status }) => status === 'Cancelled')).toBe(true)
    expect(others.every(({ status }) => status === 'Pending')).toBe(true)
  })

  test('what is over by then is left out with its reason, and asks again when the set has changed', async ({ page, sim }) => {
    const jobs = heldJobs(sim, 4)
    await openJobs(page)
    await searchJobs(page, 'Held back')
    await selectAll(page).click()
    await expectSelected(page, 4)
    const dialog = await askFor(page, 'Cancel …')
    const [first] = jobs
    if (first === undefined) throw new Error('There is a first job.')
    sim.world.engine.cancel(sim.world.site(), first)
    // The figures of the jobs are fresh for five seconds.
    await page.waitForTimeout(6000)
    await dialog.getByRole('button', { name: 'Cancel 4 jobs' }).click()
    await expect(dialog.getByRole('alert')).toContainText('so nothing was sent')
    await expect(dialog.getByRole('alert')).toContainText('“Held back 001”')
    expect(sim.ledger.of('cancelJob')).toEqual([])
    await startRun(page, 'Cancel 3 jobs')
    await seeEnd(page, '3 of 3')
    expect(appliedOf(sim.ledger.of('cancelJob'))).toBe(3)
  })

  test('one that is refused does not stop the others, and stands there in Tableau’s own words', async ({ page, sim }) => {
    const jobs = heldJobs(sim, 6)
    sim.faults.add({ operation: 'cancelJob', path: new RegExp(jobs[2]?.id ?? ''), action: { kind: 'tableauError', status: 403, code: '403091', summary: 'Forbidden', detail: 'Can not cancel job, because it is already complete.' } })
    await openJobs(page)
    await searchJobs(page, 'Held back')
    await selectAll(page).click()
    await askFor(page, 'Cancel …')
    await startRun(page, 'Cancel 6 jobs')
    await seeEnd(page, '6 of 6', 'Finished, 1 to look at')
    await countOf(page, 'Refused').click()
    const items = page.getByRole('list', { name: 'Items' }).getByRole('listitem')
    await expect(items).toHaveCount(1)
    await expect(items).toContainText('Held back 003')
    await expect(items).toContainText('403091')
    await expect(items).toContainText('Request id')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export as CSV' }).click()
    const file = await (await download).createReadStream()
    const text = (await file.toArray()).map(String).join('')
    expect(text.trimEnd().split('\r\n')).toHaveLength(7)
    expect(text).toContain('403091')
    expect(appliedOf(sim.ledger.of('cancelJob'))).toBe(5)
  })

  test('a run is paused, goes on without its page, and is stopped', async ({ page, sim, context }) => {
    heldJobs(sim, 120)
    sim.faults.add({ operation: 'cancelJob', times: Infinity, action: { kind: 'delay', ms: 120 } })
    await openJobs(page)
    await searchJobs(page, 'Held back')
    await selectAll(page).click()
    await askFor(page, 'Cancel …')
    await startRun(page, 'Cancel 120 jobs', { typed: 120 })
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(runState(page)).toHaveText('Paused', { timeout: 15_000 })
    const sent = sim.ledger.of('cancelJob').length
    expect(sent).toBeLessThan(120)
    await page.waitForTimeout(1500)
    expect(sim.ledger.of('cancelJob')).toHaveLength(sent)
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(runState(page)).toHaveText('Under way')

    // The tab is closed; another one tells of it on every page, and leads to it.
    const other = await context.newPage()
    await page.close()
    await other.goto('/schedules')
    await other.getByRole('link', { name: /^Cancelling 120 · \d+ done/ }).click()
    await expect(other.getByRole('progressbar')).toBeVisible()
    await other.getByRole('button', { name: 'Stop …' }).click()
    await other.getByRole('button', { name: 'Stop for good' }).click()
    await expect(runState(other)).toHaveText('Stopped', { timeout: 15_000 })
    const at = sim.ledger.of('cancelJob').length
    expect(at).toBeLessThan(120)
    await expect(countOf(other, 'Not sent')).toContainText(String(120 - at))
    await other.waitForTimeout(1000)
    expect(sim.ledger.of('cancelJob')).toHaveLength(at)
    await other.goto('/bulk')
    await expect(other.getByRole('link', { name: 'Cancel 120 jobs' })).toBeVisible()
  })
})

test.describe('tasks', () => {
  test('run now leaves out what is queued already', async ({ page, sim }) => {
    await openTasks(page)
    const busy = sim.world.site().findJob({ status: 'InProgress' })
    const names = [busy.title ?? '', 'Campaign Performance', 'Web Traffic']
    const shown: string[] = []
    for (const name of names) {
      if ((await taskLink(page, name).count()) !== 1) continue
      await selectBox(page, name).click()
      shown.push(name)
    }
    await expectSelected(page, shown.length)
    const dialog = await askFor(page, 'Run now …')
    await expect(dialog.getByText(/^Left out: /)).toBeVisible()
    const before = sim.ledger.of('runExtractRefreshTask').length
    await startRun(page, `Run ${shown.length - 1} task${shown.length === 2 ? '' : 's'}`)
    await seeEnd(page, `${shown.length - 1} of ${shown.length - 1}`)
    expect(appliedOf(sim.ledger.of('runExtractRefreshTask').slice(before))).toBe(shown.length - 1)
  })

  test('some are deleted', async ({ page, sim }) => {
    await openTasks(page)
    for (const name of ['Campaign Performance', 'Regional Sales']) await selectBox(page, name).click()
    const dialog = await askFor(page, 'Delete …')
    await expect(dialog.getByRole('list', { name: 'What to know before' })).toBeVisible()
    const requests: string[] = []
    await dialog.getByText(/^What would be sent for/).click()
    for (const place of ['1 of 2', '2 of 2']) {
      await expect(dialog.getByText(place)).toBeVisible()
      const line = dialog.locator('code').filter({ hasText: /^DELETE / })
      await expect(line).not.toHaveText(requests[0] ?? '')
      requests.push((await line.textContent()) ?? '')
      await dialog.getByRole('button', { name: 'The request of the next one' }).click()
    }
    await startRun(page, 'Delete 2 tasks')
    await seeEnd(page, '2 of 2')
    expect(appliedOf(sim.ledger.of('deleteExtractRefreshTask'))).toBe(2)
    expect(sim.ledger.of('deleteExtractRefreshTask').map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(requests.toSorted())
  })

  test('one whose old place cannot be left is two tasks then, and both can be gone to', async ({ page, sim }) => {
    await openTasks(page)
    sim.faults.add({ operation: 'deleteExtractRefreshTask', times: Infinity, action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'Not yours.' } })
    await selectBox(page, 'Regional Sales').click()
    await bulkBar(page).getByRole('button', { name: 'Move …' }).click()
    const choice = page.getByRole('dialog').getByLabel('To the schedule')
    await choice.selectOption({ label: (await choice.locator('option', { hasText: 'Unused' }).textContent()) ?? '' })
    await page.getByRole('button', { name: 'Show the plan' }).click()
    await startRun(page, 'Move 1 task')
    await seeEnd(page, '1 of 1', 'Finished, 1 to look at')
    await expect(countOf(page, 'Half done')).toContainText('1')
    await page.getByRole('link', { name: 'Open the new task' }).click()
    await expect(page.getByRole('complementary', { name: 'Task' })).toContainText('Regional Sales')
    expect(appliedOf(sim.ledger.of('deleteExtractRefreshTask'))).toBe(0)
  })
})

test.describe('schedules', () => {
  test('are suspended and resumed', async ({ page, sim }) => {
    await openSchedules(page)
    for (const name of ['Nightly', 'Unused']) await selectBox(page, name).click()
    await askFor(page, 'Suspend …')
    await startRun(page, 'Suspend 2 schedules')
    await seeEnd(page, '2 of 2')
    expect(sim.world.schedule('Nightly').state).toBe('Suspended')
    await page.goto('/schedules')
    for (const name of ['Nightly', 'Unused']) await selectBox(page, name).click()
    await askFor(page, 'Resume …')
    await startRun(page, 'Resume 2 schedules')
    await seeEnd(page, '2 of 2')
    expect(sim.world.schedule('Nightly').state).toBe('Active')
    expect(appliedOf(sim.ledger.of('updateServerSchedule'))).toBe(4)
  })

  test('who may not write them reads why', async ({ page }) => {
    await signInAt(page, '/schedules', 'site-admin')
    await selectBox(page, 'Nightly').click()
    const button = bulkBar(page).getByRole('button', { name: 'Suspend …' })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toHaveAccessibleDescription(/administrators/)
  })
})
