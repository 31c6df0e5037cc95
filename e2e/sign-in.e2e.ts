import { drawerOf, openJobs, rowOf, seeJobs, signInByPassword, signInByToken } from './actions.ts'
import { expect, test } from './test.ts'

test('signs in by password, on the site that a pasted address names', async ({ page, sim }) => {
  await page.goto('/')
  await page.getByLabel('Site').fill(`${sim.url}/#/site/finance/home`)
  await page.getByLabel('User name').fill('admin')
  await page.getByRole('textbox', { name: 'Password' }).fill('admin')
  await expect(page.getByLabel('Site')).toHaveValue('finance')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await seeJobs(page)
  await expect(page.getByRole('button', { name: /site finance/ })).toBeVisible()
  expect(sim.ledger.of('signIn')).toMatchObject([{ status: 200, user: 'admin', site: 'finance' }])
  expect(sim.ledger.of('queryJobs').length).toBeGreaterThan(0)
})

test('signs in by personal access token', async ({ page, sim }) => {
  await signInByToken(page)
  await seeJobs(page)
  expect(sim.ledger.of('signIn')).toMatchObject([{ status: 200, user: 'admin' }])
  expect(sim.ledger.of('signIn')[0]?.body).toContain('personalAccessTokenName="demo-pat"')
})

test('says what is missing under the field, before anything is sent', async ({ page, sim }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Enter your user name')).toBeVisible()
  await expect(page.getByLabel('User name')).toHaveAttribute('aria-invalid', 'true')
  expect(sim.ledger.of('signIn')).toEqual([])
})

test('a wrong password is refused in Tableau’s words, and nothing typed is lost', async ({ page, sim }) => {
  await signInByPassword(page, 'admin', 'wrong')
  await expect(page.getByRole('alert')).toContainText('Tableau refused the sign-in')
  await expect(page.getByRole('alert')).toContainText('401001')
  await expect(page.getByLabel('User name')).toHaveValue('admin')
  expect(sim.ledger.of('signIn')).toMatchObject([{ status: 401, code: '401001' }])
  await page.getByRole('textbox', { name: 'Password' }).fill('admin')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await seeJobs(page)
  expect(sim.ledger.of('signIn')).toHaveLength(2)
})

test('a second sign-in with the same token ends the first, which signs in again in place', async ({ page, browser, sim, app }) => {
  await signInByToken(page)
  await seeJobs(page)
  await page.getByRole('button', { name: /^Failed/ }).click()
  await expect(rowOf(page, sim.world.site().findJob({ status: 'Failed' }).title ?? '')).toBeVisible()
  // The list alone would go on: both are one principal and share its reads. A call with the dead token is what is refused.
  await page.getByRole('button', { name: 'Pause' }).click()
  const other = await browser.newContext({ baseURL: app.url })
  const second = await other.newPage()
  await signInByToken(second)
  await seeJobs(second)
  await rowOf(page, sim.world.site().findJob({ status: 'Failed' }).title ?? '').click()
  const dialog = page.getByRole('dialog', { name: 'Sign in again to go on' })
  await expect(dialog).toBeVisible()
  expect(sim.ledger.of('queryJob')).toMatchObject([{ status: 401, code: '401002' }])
  expect(sim.ledger.of('signIn')).toHaveLength(2)
  await dialog.getByText(/password/i).first().click()
  await dialog.getByLabel('User name').fill('admin')
  await dialog.getByRole('textbox', { name: 'Password' }).fill('admin')
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(/status=Failed/)
  await expect(drawerOf(page)).toContainText('Failed')
  expect(sim.ledger.of('signIn')).toHaveLength(3)
  await other.close()
})

test('signs out here and at Tableau', async ({ page, sim }) => {
  await openJobs(page)
  await page.getByRole('button', { name: 'Signed in as admin' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect.poll(() => sim.ledger.of('signOut').map(({ status }) => status)).toEqual([204])
  await page.goto('/jobs')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  const cookies = await page.context().cookies()
  expect(cookies.filter(({ value }) => value !== '')).toEqual([])
})

test('switches the site', async ({ page, sim }) => {
  await openJobs(page)
  await page.getByRole('button', { name: /site Default/ }).click()
  await page.getByRole('menuitemradio', { name: /finance/ }).click()
  await expect(page.getByRole('button', { name: /site finance/ })).toBeVisible()
  const job = sim.world.site('finance').findJob({ status: 'Failed' })
  await expect(rowOf(page, job.title ?? '').first()).toBeVisible()
  expect(sim.ledger.of('switchSite')).toMatchObject([{ status: 200 }])
})

test('the cookie is out of reach of the page, and nothing secret is stored', async ({ page, sim }) => {
  await signInByToken(page)
  await seeJobs(page)
  const [cookie, ...others] = await page.context().cookies()
  expect(others).toEqual([])
  expect(cookie).toMatchObject({ name: 'refreshboard', httpOnly: true, sameSite: 'Strict', path: '/', secure: false })
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const stored = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]))
  const token = sim.world.sessions.list()[0]?.token ?? 'no session'
  for (const secret of [cookie?.value ?? 'no cookie', token, 'demo-pat-secret']) {
    expect(stored).not.toContain(secret)
    expect(await page.content()).not.toContain(secret)
  }
})

test('a viewer is told who may list jobs and why', async ({ page, sim }) => {
  await signInByPassword(page, 'viewer')
  // Who may not list jobs lands where there is something to do.
  await expect(page.getByRole('heading', { level: 1, name: /^Tasks/ })).toBeVisible()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).click()
  await expect(page.getByText('You may not see the jobs of this site')).toBeVisible()
  await expect(page.getByText(/administrators/).first()).toBeVisible()
  expect(sim.ledger.of('signIn')).toMatchObject([{ status: 200, user: 'viewer' }])
  expect(sim.ledger.of('queryJobs').filter(({ status }) => status === 200)).toEqual([])
})
