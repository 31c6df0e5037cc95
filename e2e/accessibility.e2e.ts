import { AxeBuilder } from '@axe-core/playwright'
import type { paths } from '../apps/web/src/app/paths.ts'
import { drawerOf, openDrawer, openJobs, seeJobs, signInByPassword } from './actions.ts'
import { expect, test, type Page } from './test.ts'

const check = async (page: Page): Promise<void> => {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  expect(passes.length).toBeGreaterThan(10)
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(' ')) }))).toEqual([])
}

/** Every path of the app: one that is missing here does not compile. */
const visits: Record<keyof typeof paths, (page: Page) => Promise<void>> = {
  root: async (page) => {
    await openJobs(page)
    await page.goto('/')
    await seeJobs(page)
  },
  jobs: async (page) => {
    await openJobs(page)
    await page.goto('/jobs?status=Failed,Success&sort=ran:desc')
    await seeJobs(page)
  },
  signIn: async (page) => {
    await page.goto('/sign-in')
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  },
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe, ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    for (const [name, visit] of Object.entries(visits)) {
      test(`the path “${name}”`, async ({ page }) => {
        await visit(page)
        await check(page)
      })
    }

    test('sign-in, with a message under a field and with a refusal', async ({ page }) => {
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByText('Enter your user name')).toBeVisible()
      await check(page)
      await signInByPassword(page, 'admin', 'wrong')
      await expect(page.getByRole('alert')).toBeVisible()
      await check(page)
    })

    test('jobs, the drawer and the confirm dialog', async ({ page, sim }) => {
      await openJobs(page)
      await check(page)
      await openDrawer(page, sim.world.site().findJob({ status: 'Failed' }).title ?? '')
      await expect(drawerOf(page).locator('pre').first()).toBeVisible()
      await check(page)
      await openDrawer(page, sim.world.site().findJob({ status: 'Pending' }).title ?? '')
      await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Keep it' })).toBeVisible()
      await check(page)
    })

    test('the error banner, the palette, the help and the sign-in on top of the page', async ({ page, sim }) => {
      test.setTimeout(120_000)
      await openJobs(page)
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
      await check(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
      await check(page)
      await page.keyboard.press('Escape')
      sim.faults.add({ operation: 'queryJobs', times: Infinity, action: { kind: 'html' } })
      await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 })
      await check(page)
      sim.faults.clear()
      sim.world.sessions.killAll()
      await expect(page.getByRole('dialog', { name: 'Sign in again to go on' })).toBeVisible({ timeout: 30_000 })
      await check(page)
    })

    test('not allowed and not found', async ({ page }) => {
      await signInByPassword(page, 'viewer')
      await expect(page.getByText('You may not see the jobs of this site')).toBeVisible()
      await check(page)
      await page.goto('/no-such-page')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await check(page)
    })
  })
}
