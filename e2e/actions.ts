import { expect, type Page } from './test.ts'

/** What people do, by role and label. */
export const signInByPassword = async (page: Page, name = 'admin', password = name): Promise<void> => {
  await page.goto('/')
  await page.getByLabel('User name').fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** A session from before the test begins, made by the request that the form makes: the form has tests of its own. */
export const beSignedIn = async (page: Page, name = 'admin', site = ''): Promise<void> => {
  const browser = await page.evaluate(() => navigator.userAgent)
  const reply = await page.request.post('/api/session', {
    headers: { 'x-refreshboard': '1', 'sec-fetch-site': 'same-origin', 'user-agent': browser },
    data: { serverId: 'sim', site, method: 'password', name, password: name },
  })
  expect(reply.status()).toBe(201)
}

export const signInByToken = async (page: Page, secret = 'demo-pat-secret'): Promise<void> => {
  await page.goto('/')
  await page.getByText(/access token/i).click()
  await page.getByLabel('Token name').fill('demo-pat')
  await page.getByLabel('Token secret').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The jobs page with its rows. */
export const seeJobs = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { level: 1, name: /^Jobs/ })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Jobs' })).toHaveAttribute('aria-busy', 'false')
}

export const openJobs = async (page: Page, name = 'admin'): Promise<void> => {
  await beSignedIn(page, name)
  await page.goto('/')
  await seeJobs(page)
}

/** The link of a job's row; its name holds the content and the state. */
export const rowOf = (page: Page, title: string) => page.getByRole('table', { name: 'Jobs' }).getByRole('link', { name: new RegExp(`^${title.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}, `) })

export const drawerOf = (page: Page) => page.getByRole('complementary', { name: 'Job' })

/** Opens a job's drawer by a click on its row. */
export const openDrawer = async (page: Page, title: string) => {
  await rowOf(page, title).first().click()
  const drawer = drawerOf(page)
  await expect(drawer.getByRole('heading', { level: 2 })).toHaveText(title)
  return drawer
}

/** From the open drawer through the confirm dialog. */
export const confirmCancel = async (page: Page): Promise<void> => {
  await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel job' }).click()
}
