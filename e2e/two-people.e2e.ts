import { randomUUID } from 'node:crypto'
import type { TableauSim } from '@refreshboard/tableau-sim'
import { seeJobs } from './actions.ts'
import { expect, test } from './https-test.ts'
import type { Page } from './test.ts'

/** What only an administrator is shown: content of a closed project, its task, its jobs. Every text of it holds the mark. */
const addSecrets = ({ world }: TableauSim, mark: string): void => {
  const site = world.site()
  const owner = world.account('admin').memberships.find((membership) => membership.site === site)
  const ownerId = owner?.userId ?? ''
  const project = site.addProject({ name: `Closed ${mark}`, ownerId, openToAll: false })
  for (const status of ['Failed', 'Success'] as const) {
    const content = site.addContent({ kind: 'workbook', name: `${status} ${mark}`, project, ownerId })
    world.addTask('', { content, schedule: world.schedule('Nightly') })
    world.addJob('', { jobType: 'refresh_extracts', title: content.name, subtitle: project.name, status, content })
  }
}

const signIn = async (page: Page, name: string, password: string): Promise<void> => {
  await page.getByLabel('User name').fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: `Signed in as ${name}` })).toBeVisible()
}

const signOut = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: `Signed in as ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
}

/** From now on, on every page of the context: whether the mark was in the document at any time, were it for one frame. */
const watchFor = (mark: string): void => {
  const look = (): void => {
    // oxlint-disable-next-line no-console -- where the test listens
    if (document.documentElement.outerHTML.includes(mark)) console.log(`seen: ${mark}`)
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
}

/** All that a page of the origin can have left in the browser. */
const leftInBrowser = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const cached = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))
    const workers = await navigator.serviceWorker.getRegistrations()
    return JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), databases, cached, workers.map(({ scope }) => scope), document.cookie, history.state, name])
  })

const pages = ['/jobs?status=Failed', '/tasks', '/schedules', '/schedules?view=week', '/schedules/new', '/tasks/add', '/sign-in']

test('who comes next sees nothing of who was there before, and nothing secret is left or sent', async ({ page, context, sim, front }) => {
  test.setTimeout(90_000)
  const mark = randomUUID()
  const password = `password-${randomUUID()}`
  sim.world.addAccount('ada', 'ServerAdministrator', password)
  addSecrets(sim, mark)

  const sent: string[] = []
  context.on('request', (request) => sent.push(request.url()))
  const secrets = new Set([password])
  const keepSecrets = async (): Promise<void> => {
    for (const { token } of sim.world.sessions.list()) secrets.add(token)
    for (const { value } of await context.cookies()) if (value !== '') secrets.add(value)
  }
  const seeNoSecret = async (where: Page): Promise<void> => {
    await keepSecrets()
    const left = await leftInBrowser(where)
    for (const secret of secrets) expect(left).not.toContain(secret)
    expect(await where.evaluate(() => document.cookie)).toBe('')
  }

  // One person, on every page, in two tabs.
  await page.goto('/')
  await signIn(page, 'ada', password)
  await seeJobs(page)
  const secondTab = await context.newPage()
  await secondTab.goto('/tasks')
  await expect(secondTab.getByText(mark).first()).toBeVisible()
  for (const path of pages) {
    await page.goto(path)
    await expect(page.locator('main, form').first()).toBeVisible()
    await seeNoSecret(page)
  }
  await page.goto('/jobs?status=Failed')
  await expect(page.getByText(mark).first()).toBeVisible()
  await signOut(page, 'ada')

  // Nobody, and the way back.
  await context.addInitScript(watchFor, mark)
  const seen: string[] = []
  context.on('console', (message) => {
    if (message.text().startsWith('seen: ')) seen.push(`${message.text()} at ${message.page()?.url()}`)
  })
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await page.content()).not.toContain(mark)
  await page.goto('/jobs?status=Failed')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await page.content()).not.toContain(mark)

  // Another person, in the same tab and in the second one.
  await signIn(page, 'viewer', 'viewer')
  for (const path of pages) {
    await page.goto(path)
    await expect(page.locator('main, form').first()).toBeVisible()
    expect(await page.content()).not.toContain(mark)
  }
  await page.goto('/tasks')
  await expect(page.getByRole('button', { name: 'Signed in as viewer' })).toBeVisible()
  const answered = secondTab.waitForResponse(/\/api\/tasks/)
  await secondTab.goto('/tasks')
  await expect(secondTab.getByRole('button', { name: 'Signed in as viewer' })).toBeVisible()
  expect((await answered).status()).toBe(200)
  expect(await secondTab.content()).not.toContain(mark)
  await seeNoSecret(secondTab)
  await signOut(page, 'viewer')
  await seeNoSecret(page)

  expect(seen).toEqual([])
  expect(secrets.size).toBeGreaterThanOrEqual(5)
  const carried = [...sent, ...front.passed.flatMap(({ path, referer = '' }) => [path, referer])].filter((text) => [...secrets].some((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)) || text.includes(Buffer.from(secret).toString('base64url').slice(0, -2))))
  expect(carried).toEqual([])
  expect(sent.length).toBeGreaterThan(100)
  expect(front.passed.filter(({ referer }) => referer !== undefined)).toEqual([])
})
