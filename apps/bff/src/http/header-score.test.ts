import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Reply } from '../testing/browser.ts'
import { headerScore } from '../testing/header-score.ts'
import { startHarness, type Harness } from '../testing/harness.ts'

/** As the build writes it: every script with its hash. That it does is seen in a real browser. */
const page = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><script src="/assets/app-1.js" integrity="sha384-AAAA"></script>'

const points = {
  'content security policy': 10,
  cookies: 0,
  'sharing with other origins': 0,
  redirection: 0,
  'referrer policy': 5,
  'strict transport security': 0,
  'integrity of scripts': 0,
  'x-content-type-options': 0,
  framing: 5,
  'cross-origin resource policy': 10,
}

describe('the headers of an https deployment', () => {
  let harness: Harness
  let browser: Browser
  let indexFile: string
  beforeAll(async () => {
    harness = await startHarness({ env: { PUBLIC_ORIGIN: 'https://board.example' } })
    const webDir = path.join(harness.directory, 'web')
    indexFile = path.join(webDir, 'index.html')
    mkdirSync(path.join(webDir, 'assets'), { recursive: true })
    writeFileSync(indexFile, page)
    writeFileSync(path.join(webDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    writeFileSync(path.join(webDir, 'assets', 'app-1.js'), 'export {}')
    await harness.restart({ webDir })
    browser = harness.browser()
  })
  afterAll(async () => {
    await harness[Symbol.asyncDispose]()
  })

  const open = (address: string, headers: Record<string, string> = {}): Promise<Reply> => browser.get(address, { headers: { accept: 'text/html,*/*', ...headers } })

  /** What a page gets that the BFF cannot read. */
  const broken = async (): Promise<Reply> => {
    rmSync(indexFile)
    mkdirSync(indexFile)
    try {
      return await open('/')
    } finally {
      rmSync(indexFile, { recursive: true })
      writeFileSync(indexFile, page)
    }
  }

  it('give a page all the points that there are for one', async () => {
    const reply = await open('/')
    expect([reply.status, headerScore(reply)]).toEqual([200, { score: 135, points: { ...points, 'integrity of scripts': 5 } }])
  })

  // An error is no page: the five points for scripts are not to be had.
  it.each([
    ['a missing file', 404, () => open('/assets/gone.js')],
    ['an unknown address of the API', 404, () => open('/api/nope')],
    ['a method that is not offered', 405, () => browser.request('/api/jobs', { method: 'DELETE' })],
    ['a fault of the application', 500, broken],
  ])('give %s all the points that there are for an error', async (_name, status, ask) => {
    const reply = await ask()
    expect([reply.status, headerScore(reply)]).toEqual([status, { score: 130, points }])
  })

  it('give a sign-in the points for its cookie too', async () => {
    const reply = await browser.signIn('admin')
    expect([reply.status, headerScore(reply)]).toEqual([201, { score: 135, points: { ...points, cookies: 5 } }])
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-refreshboard=[\w.-]{43,}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)])
  })

  it('are the same on every answer', async () => {
    const etag = (await open('/favicon.svg')).headers.get('etag') ?? ''
    const replies = [
      await open('/'),
      await open('/assets/app-1.js'),
      await open('/favicon.svg', { 'if-none-match': etag, 'cache-control': 'max-age=0' }),
      await browser.get('/api/health'),
      await browser.get('/api/nope'),
      await browser.get('/%E0%A4%A'),
      await browser.get('/api/servers', { headers: { 'sec-fetch-site': 'cross-site' } }),
      await browser.request('/api/jobs', { method: 'DELETE' }),
      await browser.post('/api/session', undefined, { raw: '{' }),
      await browser.signOut(),
      await broken(),
    ]
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 304, 200, 404, 400, 403, 405, 400, 204, 500])
    for (const { status, headers } of replies) {
      expect([status, headers.get('content-security-policy')?.replace(/'nonce-[\w+/=]+'/, 'a nonce')]).toEqual([
        status,
        "default-src 'none';script-src 'self';style-src 'self' a nonce;img-src 'self';connect-src 'self';font-src 'self';manifest-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
      ])
      const others = ['cross-origin-opener-policy', 'cross-origin-resource-policy', 'referrer-policy', 'strict-transport-security', 'x-content-type-options', 'x-frame-options']
      expect([status, others.map((name) => headers.get(name))]).toEqual([status, ['same-origin', 'same-origin', 'no-referrer', 'max-age=31536000', 'nosniff', 'DENY']])
    }
  })
})
