import { headerScore } from '../apps/bff/src/testing/header-score.ts'
import { seeJobs, signInByPassword } from './actions.ts'
import { expect, test } from './https-test.ts'
import type { Page } from './test.ts'

const nonceOf = (page: Page): Promise<string | null> => page.locator('meta[name="csp-nonce"]').getAttribute('content')

test('every page has a nonce of its own, no policy allows anything unsafe, and scripts are held to their hashes', async ({ page, app }) => {
  const nonces = new Set<string | null>()
  for (const path of ['/sign-in', '/sign-in', '/jobs']) {
    const answer = await page.goto(path)
    const headers = (await answer?.allHeaders()) ?? {}
    const nonce = await nonceOf(page)
    nonces.add(nonce)
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(headers['content-security-policy']).not.toMatch(/unsafe-|\*|data:|blob:|https?:/)
    expect(headers['content-security-policy-report-only']).toBeUndefined()
    expect(headers['cache-control']).toBe('no-store')
    expect(headerScore({ headers: new Headers(headers), text: (await answer?.text()) ?? '' }).score).toBe(135)
  }
  expect(nonces.size).toBe(3)

  // Chromium runs what it is told the hash of, and nothing else under that name.
  await page.route(/\/assets\/index-.*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: 'document.title = "changed on the way"' }))
  await page.goto(`${app.url}/sign-in`)
  await expect(page.locator('#root')).toBeEmpty()
  await expect(page).toHaveTitle('Refreshboard')
})

test('a script that somebody planted does not run, and is heard of', async ({ page, violations }) => {
  await signInByPassword(page)
  await seeJobs(page)
  await page.evaluate(() => {
    const script = Object.assign(document.createElement('script'), { textContent: 'document.title = "planted"' })
    const image = '<img src="/favicon.ico" onerror="document.title = \'planted\'" onload="document.title = \'planted\'">'
    const link = '<a id="planted" href="javascript:document.title=%22planted%22">x</a><base href="https://evil.hostile.test"><iframe srcdoc="<script>parent.document.title=1</script>"></iframe>'
    const div = Object.assign(document.createElement('div'), { innerHTML: `${image}${link}<p style="color: red">x</p>` })
    const foreign = Object.assign(document.createElement('script'), { src: 'https://evil.hostile.test/x.js' })
    document.body.append(script, div, foreign)
    document.querySelector<HTMLElement>('#planted')?.click()
  })
  for (const what of ['script-src-elem blocked “inline”', 'script-src-attr blocked “inline”', 'style-src-attr blocked “inline”', 'script-src-elem blocked “https://evil.hostile.test/x.js”', 'base-uri blocked']) {
    await expect.poll(() => violations.some((text) => text.includes(what)), what).toBe(true)
  }
  expect(await page.title()).not.toMatch(/planted|^1$/)
  violations.length = 0
})
