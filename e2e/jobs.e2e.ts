import { drawerOf, openDrawer, openJobs, rowOf, seeJobs } from './actions.ts'
import { signInAt } from './schedule-actions.ts'
import { expect, test } from './test.ts'

test('shows every state of the site as the simulator has it', async ({ page, sim }) => {
  await openJobs(page)
  const jobs = sim.world.site().jobs
  await expect(page.getByRole('table', { name: 'Jobs' })).toHaveAttribute('aria-rowcount', String(jobs.length + 1))
  const count = (status: string) => jobs.filter((job) => job.status === status).length
  for (const [word, status] of [['Failed', 'Failed'], ['Running', 'InProgress'], ['Waiting', 'Pending'], ['Succeeded', 'Success'], ['Cancelled', 'Cancelled']] as const) {
    await expect(page.getByRole('button', { name: `${word} ${count(status)}`, exact: true })).toBeVisible()
  }
  expect(sim.ledger.of('queryJobs')[0]).toMatchObject({ status: 200, user: 'admin' })
})

test('filters, searches and sorts in the address, and a reload shows the same view', async ({ page, sim }) => {
  await openJobs(page)
  await page.getByRole('button', { name: /^Failed/ }).click()
  const failed = sim.world.site().findJobs({ status: 'Failed' })
  const table = page.getByRole('table', { name: 'Jobs' })
  await expect(table).toHaveAttribute('aria-rowcount', String(failed.length + 1))
  const [one] = failed
  await page.getByRole('searchbox', { name: 'Search jobs' }).fill((one?.title ?? '').slice(0, 6).toUpperCase())
  await expect(table).toHaveAttribute('aria-rowcount', '2')
  await expect(rowOf(page, one?.title ?? '')).toBeVisible()
  await page.getByRole('button', { name: 'Priority' }).click()
  await expect(page.getByRole('columnheader', { name: 'Priority' })).toHaveAttribute('aria-sort', /ascending|descending/)
  await expect(page).toHaveURL(/status=Failed/)
  await expect(page).toHaveURL(/q=/)
  await expect(page).toHaveURL(/sort=priority/)
  const address = page.url()
  await page.reload()
  await seeJobs(page)
  await expect(table).toHaveAttribute('aria-rowcount', '2')
  await expect(rowOf(page, one?.title ?? '')).toBeVisible()
  expect(page.url()).toBe(address)
})

test('sorts by how long jobs ran', async ({ page, sim }) => {
  await openJobs(page)
  await page.getByRole('button', { name: /^Failed/ }).click()
  // Tableau tells times in whole seconds.
  const second = (at: number | undefined): number => Math.floor((at ?? Number.NaN) / 1000)
  const ran = new Map(sim.world.site().findJobs({ status: 'Failed' }).map((job) => [job.id, second(job.endedAt) - second(job.startedAt)]))
  const header = page.getByRole('columnheader', { name: 'Ran' })
  const first = page.getByRole('table', { name: 'Jobs' }).getByRole('link').first()
  const firstRan = async (): Promise<number | undefined> => ran.get(new URL((await first.getAttribute('href')) ?? '', page.url()).searchParams.get('job') ?? '')
  const extremes = { ascending: Math.min(...ran.values()), descending: Math.max(...ran.values()) }
  expect(extremes.ascending).toBeLessThan(extremes.descending)
  for (const order of ['descending', 'ascending'] as const) {
    await page.getByRole('button', { name: 'Ran' }).click()
    await expect(header).toHaveAttribute('aria-sort', order)
    await expect.poll(firstRan).toBe(extremes[order])
  }
})

test('a job’s drawer tells what Query Job tells', async ({ page, sim }) => {
  await openJobs(page)
  const job = sim.world.site().findJob({ status: 'Failed', jobType: 'increment_extracts' })
  const drawer = await openDrawer(page, job.title ?? '')
  const line = job.finalNotes.split('\n').find((text) => text.length > 20) ?? 'no notes'
  await expect(drawer).toContainText(line)
  expect(sim.ledger.of('queryJob').at(-1)).toMatchObject({ status: 200 })
  expect(sim.ledger.of('queryJob').at(-1)?.path).toContain(job.id)
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
})

test('a job that cannot be queried is shown from its row, with the reason', async ({ page, sim }) => {
  await openJobs(page)
  const job = sim.world.site().findJob({ jobType: 'createExtract' })
  const drawer = await openDrawer(page, job.title ?? '')
  await expect(drawer).toContainText('400031')
  await expect(drawer).toContainText('Succeeded')
  expect(sim.ledger.of('queryJob')).toMatchObject([{ status: 400, code: '400031' }])
})

test('a link to a job that is gone says so', async ({ page, sim }) => {
  await openJobs(page)
  await page.goto('/jobs?job=00000000-0000-4000-8000-000000000000')
  await expect(drawerOf(page)).toContainText('not there any more')
  expect(sim.ledger.of('queryJob')).toMatchObject([{ status: 404, code: '404018' }])
})

test('new jobs are counted and do not move the rows', async ({ page, sim }) => {
  await openJobs(page)
  const table = page.getByRole('table', { name: 'Jobs' })
  const first = (await table.getByRole('link').first().textContent()) ?? ''
  sim.clock.advance(2_000)
  sim.world.addJob('', { jobType: 'refresh_extracts', title: 'Brand new', createdAt: sim.clock.now() })
  const button = page.getByRole('button', { name: '1 new jobs: show them' })
  await expect(button).toBeVisible({ timeout: 20_000 })
  await expect(table.getByRole('link').first()).toHaveText(first)
  await button.click()
  await expect(rowOf(page, 'Brand new')).toBeVisible()
})

test('works by keyboard', async ({ page, sim }) => {
  await openJobs(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Search jobs' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(drawerOf(page)).toBeVisible()
  await expect.poll(() => sim.ledger.of('queryJob').length).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  await expect(drawerOf(page)).toBeHidden()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('Search')
})

test.describe('48,999 jobs', () => {
  test.use({ simOptions: { scenario: 'huge' } })

  test('scrolls to the last, and a reload shows it again', async ({ page, sim }) => {
    await openJobs(page)
    const table = page.getByRole('table', { name: 'Jobs' })
    await expect(table).toHaveAttribute('aria-rowcount', '49000', { timeout: 20_000 })
    const oldest = sim.world.site().jobs[0]
    const last = page.getByRole('row').and(page.locator('[aria-rowindex="49000"]'))
    await page.getByTestId('jobs-scroller').evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await expect(last).toBeVisible()
    await expect(last.getByRole('link')).toContainText(oldest?.title ?? 'no title')
    await expect(page).toHaveURL(/row=489/)
    await page.reload()
    await expect(last).toBeVisible({ timeout: 20_000 })
    await expect(last.getByRole('link')).toContainText(oldest?.title ?? 'no title')
    expect(sim.ledger.of('queryJobs').length).toBeGreaterThanOrEqual(49)
  })
})

test.describe('an empty site', () => {
  test.use({ simOptions: { scenario: 'empty' } })

  test('says why there is nothing', async ({ page, sim }) => {
    await signInAt(page, '/')
    await expect(page.getByText('This site has no jobs yet')).toBeVisible()
    expect(sim.ledger.of('queryJobs')[0]).toMatchObject({ status: 200 })
  })
})

test('a filter that nothing matches can be cleared', async ({ page }) => {
  await openJobs(page)
  await page.getByRole('searchbox', { name: 'Search jobs' }).fill('no such content')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await seeJobs(page)
  await expect(page.getByRole('searchbox', { name: 'Search jobs' })).toHaveValue('')
})
