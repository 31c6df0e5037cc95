import { seeJobs, signInByPassword } from './actions.ts'
import { expect, test as base } from './https-test.ts'

/** What a hostile page causes on its own console is none of the app’s. */
const test = base.extend({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  violations: async ({}, use) => use([]),
})

const hosts = ['evil.hostile.test', 'evil.example.test']

test('the session cookie is out of reach of scripts, siblings and plain http', async ({ page, app, front }) => {
  await signInByPassword(page)
  await seeJobs(page)
  const [cookie, ...others] = await page.context().cookies()
  expect(others).toEqual([])
  expect(cookie).toMatchObject({ name: '__Host-refreshboard', domain: 'board.example.test', path: '/', secure: true, httpOnly: true, sameSite: 'Strict', expires: -1 })
  expect(Buffer.from(cookie?.value ?? '', 'base64url').length).toBeGreaterThanOrEqual(32)
  expect(cookie?.value.length).toBeLessThan(4096)
  expect(await page.evaluate(() => document.cookie)).toBe('')

  // What a sibling sets for the whole domain must not take its place.
  await page.goto(front.originOf('evil.example.test'))
  const tossed = await page.evaluate(() => {
    const names = ['__Host-refreshboard', '__host-refreshboard', '\u2000__Host-refreshboard', '', 'refreshboard', '__Secure-refreshboard']
    for (const name of names) for (const path of ['/', '/api', '/api/session']) document.cookie = `${name}=${name === '' ? '__Host-refreshboard=' : ''}tossed; Domain=example.test; Path=${path}; Secure`
    return document.cookie
  })
  expect(tossed).toContain('tossed')
  const sent = page.waitForRequest(`${app.url}/api/session`)
  await page.goto(`${app.url}/jobs`)
  expect((await (await sent).allHeaders()).cookie).toContain('tossed')
  await seeJobs(page)
  await expect(page.getByRole('button', { name: 'Signed in as admin' })).toBeVisible()
})

for (const host of hosts) {
  test(`${host} shows nothing of the app in a frame`, async ({ page, app, front }) => {
    await signInByPassword(page)
    await seeJobs(page)
    await page.goto(front.originOf(host))
    front.passed.length = 0
    const loaded = await page.evaluate(async (url) => {
      const tags = ['iframe', 'embed', 'object'] as const
      const shown = tags.map((tag) => {
        const element = Object.assign(document.createElement(tag), tag === 'object' ? { data: url } : { src: url })
        document.body.append(element)
        return new Promise((resolve) => {
          element.addEventListener('load', () => resolve(tag), { once: true })
          element.addEventListener('error', () => resolve(tag), { once: true })
        })
      })
      return Promise.all(shown)
    }, `${app.url}/jobs`)
    expect(loaded).toHaveLength(3)
    expect(page.frames().filter((frame) => frame.url().startsWith(app.url))).toEqual([])
    // The page came, was refused by the browser, and asked for nothing.
    expect(new Set(front.passed.map(({ path }) => path))).toEqual(new Set(['/jobs']))
  })

  test(`${host} has no hold on a window of the app that it opens`, async ({ page, app, front }) => {
    await page.goto(front.originOf(host))
    const opening = page.waitForEvent('popup')
    const opened = await page.evaluateHandle((url) => open(url), `${app.url}/sign-in`)
    const popup = await opening
    await expect(popup.getByRole('button', { name: 'Sign in' })).toBeVisible()
    expect(await popup.evaluate(() => opener === null)).toBe(true)
    expect(await opened.evaluate((handle) => handle?.closed)).toBe(true)
  })
}
