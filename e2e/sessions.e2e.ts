import { AxeBuilder } from '@axe-core/playwright'
import { openJobs, seeJobs } from './actions.ts'
import { expect, test, type Page } from './test.ts'

const openSessions = async (page: Page, name = 'admin') => {
  await page.getByRole('button', { name: `Signed in as ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Your sessions' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your sessions' })
  await expect(dialog.getByText('this browser', { exact: true })).toBeVisible()
  return dialog
}

const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Signed in as/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

/** In this tab, over the session that the browser has. */
const signInInstead = async (page: Page, name: string): Promise<void> => {
  await page.goto('/sign-in?another=1')
  await page.getByLabel('User name').fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(name)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: `Signed in as ${name}` })).toBeVisible()
}

const reauth = (page: Page) => page.getByRole('dialog', { name: 'Sign in again to go on' })

/** Whom each request to the API claims to be sent for, from now on. */
const claimsOf = (page: Page): string[] => {
  const claims: string[] = []
  page.on('request', (request) => {
    const claim = request.headers()['x-refreshboard-principal']
    if (claim !== undefined) claims.push(claim)
  })
  return claims
}

test('lists the browsers that are signed in, and ends another one', async ({ page, browser, app, sim }) => {
  await openJobs(page)
  const other = await browser.newContext({ baseURL: app.url })
  const there = await other.newPage()
  await openJobs(there)
  await there.getByRole('button', { name: 'Pause' }).click()

  const dialog = await openSessions(page)
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  await expect(dialog.getByRole('listitem').first()).toContainText(/Chrom\w+ on Linux/)
  expect(sim.ledger.of('signOut')).toEqual([])
  await dialog.getByRole('button', { name: /^End: / }).click()
  await expect(dialog.getByText(/^Ended: /)).toBeVisible()
  await expect(dialog.getByRole('listitem')).toHaveCount(1)
  await expect.poll(() => sim.ledger.of('signOut').map(({ status }) => status)).toEqual([204])

  await there.getByRole('button', { name: 'Resume' }).click()
  await expect(reauth(there)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.reload()
  await seeJobs(page)
  await other.close()
})

test('signs out everywhere', async ({ page, browser, app, sim }) => {
  await openJobs(page)
  const other = await browser.newContext({ baseURL: app.url })
  const there = await other.newPage()
  await openJobs(there)
  const stranger = await browser.newContext({ baseURL: app.url })
  const elsewhere = await stranger.newPage()
  await openJobs(elsewhere, 'site-admin')

  const dialog = await openSessions(page)
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await there.goto('/jobs')
  await expect(there.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await elsewhere.goto('/jobs')
  await seeJobs(elsewhere)
  await expect.poll(() => sim.world.sessions.list().map(({ account }) => account.name)).toEqual(['site-admin'])
  await other.close()
  await stranger.close()
})

test('says in the dialog what could not be done', async ({ page }) => {
  await openJobs(page)
  await page.route('**/api/sessions', async (route) => {
    if (route.request().method() === 'DELETE') await route.abort()
    else await route.continue()
  })
  const dialog = await openSessions(page)
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(dialog.getByRole('alert')).toContainText('does not answer')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe, ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the dialog of the sessions', async ({ page, browser, app }) => {
      await openJobs(page)
      const other = await browser.newContext({ baseURL: app.url })
      await openJobs(await other.newPage())
      const dialog = await openSessions(page)
      await expect(dialog.getByRole('listitem')).toHaveCount(2)
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
      expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(' ')) }))).toEqual([])
      await other.close()
    })
  })
}

test.describe('another tab of the same browser', () => {
  test('follows a sign-out within a second', async ({ page, context }) => {
    await openJobs(page)
    const tab = await context.newPage()
    await tab.goto('/jobs')
    await seeJobs(tab)
    const claims = claimsOf(tab)
    await signOut(page)
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    claims.length = 0
    await expect(tab.getByText('You signed out in another tab.')).toBeVisible({ timeout: 1000 })
    await expect(tab.getByRole('table', { name: 'Jobs' })).toBeHidden()
    expect(claims).toEqual([])
  })

  test('follows a change of user within a second, and asks nothing more as the old one', async ({ page, context, sim }) => {
    await openJobs(page)
    const claims = claimsOf(page)
    const title = sim.world.site().findJob({ status: 'Failed' }).title ?? ''
    await page.goto(`/jobs?q=${encodeURIComponent(title)}`)
    await seeJobs(page)
    const [old = 'none'] = claims
    const tab = await context.newPage()
    await signInInstead(tab, 'viewer')
    claims.length = 0
    await expect(page.getByRole('button', { name: 'Signed in as admin' })).toBeHidden({ timeout: 1000 })
    await expect(page.getByRole('button', { name: 'Signed in as viewer' })).toBeVisible()
    await expect(page.getByText('You may not see the jobs of this site')).toBeVisible()
    await expect(page.getByText(title)).toBeHidden()
    expect(claims).not.toContain(old)
  })

  test.describe('that has no way to be told', () => {
    test.beforeEach(async ({ context }) => {
      await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'BroadcastChannel'))
    })

    test('notices a sign-out at its next answer', async ({ page, context }) => {
      await openJobs(page)
      const tab = await context.newPage()
      await tab.goto('/jobs')
      await seeJobs(tab)
      // Otherwise its next reading may be sooner than the click, which the dialog would then be in the way of.
      await tab.getByRole('button', { name: 'Pause' }).click()
      await signOut(page)
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
      await tab.getByRole('button', { name: /^Failed/ }).click()
      await expect(reauth(tab)).toBeVisible()
    })

    test('notices a change of user at its next answer, which does and tells nothing', async ({ page, context, sim }) => {
      await openJobs(page)
      const refused: string[] = []
      page.on('response', (response) => {
        if (response.status() === 409) refused.push(response.url())
      })
      await page.getByRole('button', { name: 'Pause' }).click()
      const tab = await context.newPage()
      await signInInstead(tab, 'site-admin')
      await page.getByRole('button', { name: /^Failed/ }).click()
      await expect(page.getByRole('button', { name: 'Signed in as site-admin' })).toBeVisible()
      expect(refused).not.toEqual([])
      await seeJobs(page)
      expect(sim.ledger.of('signIn').map(({ user }) => user)).toEqual(['admin', 'site-admin'])
    })
  })
})

test('a second sign-in of the same person leaves the other tab as it is', async ({ page, context }) => {
  await openJobs(page)
  await page.getByRole('button', { name: /^Failed/ }).click()
  await expect(page).toHaveURL(/status=Failed/)
  const loads: string[] = []
  page.on('domcontentloaded', () => loads.push(page.url()))
  const tab = await context.newPage()
  await signInInstead(tab, 'admin')
  await page.getByRole('button', { name: 'Signed in as admin' }).click()
  await expect(page.getByRole('menuitem', { name: 'Your sessions' })).toBeVisible()
  expect(loads).toEqual([])
  await expect(page).toHaveURL(/status=Failed/)
})
