import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { getSite } from '@refreshboard/api-types'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { outcomeIn, settledOutcome } from '../../testing/written.ts'

let harness: Harness
let clock: TestClock
const start = async (options: HarnessOptions = {}, account = 'admin'): Promise<Browser> => {
  clock = createTestClock()
  harness = await startHarness({ clock, ...options })
  return harness.signedIn(account)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const site = () => harness.sim.world.site()
const read = async (browser: Browser) => outputOf(getSite, await browser.get('/api/site'))
const update = (browser: Browser, body: unknown, key: string = randomUUID()): Promise<Reply> => browser.request('/api/site', { method: 'PATCH', body, key })
const siteWide = (browser: Browser, word: string, key: string = randomUUID()): Promise<Reply> => browser.post(`/api/site/extracts/${word}`, undefined, { key })
const words = [
  ['encrypt', 'encryptExtracts'],
  ['decrypt', 'decryptExtracts'],
  ['reencrypt', 'reencryptExtracts'],
] as const

describe('the site', () => {
  it('is told with its mode and whether refreshes can be run', async () => {
    const browser = await start()
    expect(await read(browser)).toEqual({ id: site().id, name: 'Default', contentUrl: '', state: 'Active', extractEncryptionMode: 'enabled', runNow: { allowed: true } })
    site().runNowEnabled = false
    site().extractEncryptionMode = 'enforced'
    expect(await read(browser)).toMatchObject({ extractEncryptionMode: 'enforced', runNow: { allowed: false, reason: containing('“Run now” is switched off in the settings of the site Default') } })
  })

  it('is told without what Tableau does not tell this person', async () => {
    const told = await read(await start({}, 'viewer'))
    expect(told).toMatchObject({ name: 'Default', runNow: { allowed: true } })
    expect(told).not.toHaveProperty('extractEncryptionMode')
  })

  it('that Tableau does not know is told apart from a session that is over', async () => {
    const browser = await start()
    harness.sim.faults.add({ operation: 'querySite', action: { kind: 'tableauError', status: 404, code: '404000', summary: 'Site not found', detail: 'No such site.' } })
    expect(problemOf(await browser.get('/api/site'))).toMatchObject({ code: 'not_found', detail: containing('Tableau does not know the site of this session') })
    harness.sim.faults.add({ operation: 'querySite', action: { kind: 'killToken' } })
    expect(problemOf(await browser.get('/api/site')).code).toBe('session_expired')
  })
})

describe('the extract encryption mode', () => {
  it('is set, and decides for all content', async () => {
    const browser = await start()
    for (const mode of ['enforced', 'disabled', 'enabled'] as const) {
      const { extractEncryptionMode } = site()
      const reply = await update(browser, { extractEncryptionMode: mode, seen: { extractEncryptionMode } })
      expect([outcomeIn(reply).state, site().extractEncryptionMode]).toEqual(['done', mode])
    }
    expect(harness.sim.ledger.of('updateSite').at(-1)?.body).toBe('<tsRequest><site extractEncryptionMode="enabled"/></tsRequest>')
    expect(site().contents.some(({ encryptExtracts }) => encryptExtracts)).toBe(false)
  })

  it('is not set where somebody else has set it meanwhile, nor to what there is not', async () => {
    const browser = await start()
    site().extractEncryptionMode = 'enforced'
    expect(problemOf(await update(browser, { extractEncryptionMode: 'disabled', seen: { extractEncryptionMode: 'enabled' } }))).toMatchObject({
      code: 'changed_elsewhere',
      detail: 'The extract encryption mode was “enabled” and is now “enforced”. Nothing was sent to Tableau.',
    })
    for (const body of [{}, { extractEncryptionMode: 'on' }, { extractEncryptionMode: 'enabled', name: 'x' }]) expect(problemOf(await update(browser, body)).code).toBe('validation')
    expect(harness.sim.ledger.of('updateSite')).toEqual([])
  })

  it('takes turns when two set it at the same time: the second sees what the first has set', async () => {
    const [browser, other] = [await start(), await harness.signedIn()]
    harness.sim.faults.add({ operation: 'updateSite', action: { kind: 'delay', ms: 60 } })
    const seen = { extractEncryptionMode: 'enabled' }
    const replies = await Promise.all([update(browser, { extractEncryptionMode: 'enforced', seen }), update(other, { extractEncryptionMode: 'disabled', seen })])
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(harness.sim.ledger.of('updateSite')).toHaveLength(1)
  })
})

describe('what is done to all extracts of a site', () => {
  it.each(words)('%s is asked for once, of this site', async (word, operation) => {
    const browser = await start()
    const reply = await siteWide(browser, word)
    expect(outcomeIn(reply)).toMatchObject({ state: 'done', operation: `site.${word}Extracts`, evidence: containing('names no job and tells no progress') })
    expect(harness.sim.ledger.of(operation).map(({ path, query, body, applied }) => [path.split('/').slice(-2), query, body, applied])).toEqual([[[site().id, `${word}-extracts`], '', '', true]])
  })

  it.each(words)('%s whose reply is lost is never confirmed, whether or not it arrived, and never sent again', async (word, operation) => {
    const browser = await start()
    for (const when of ['before', 'after'] as const) {
      harness.sim.faults.add({ operation, when, action: { kind: 'reset' } })
      const key = randomUUID()
      expect((await siteWide(browser, word, key)).status).toBe(202)
      const outcome = await settledOutcome(browser, key, clock)
      expect(outcome).toMatchObject({ state: 'unconfirmed', evidence: containing('Tableau’s reply was lost, and Tableau tells nobody whether it was done') })
      expect(outcomeIn(await siteWide(browser, word, key))).toEqual(outcome)
    }
    expect(harness.sim.ledger.of(operation).map(({ applied }) => applied)).toEqual([false, true])
  })

  it('is not taken up again under the same key after Tableau has asked to wait', async () => {
    const browser = await start()
    const key = randomUUID()
    harness.sim.faults.add({ operation: 'encryptExtracts', action: { kind: 'tableauError', status: 429, code: '429000', summary: 'Wait', detail: 'Please retry after 1 minute' } })
    expect([problemOf(await siteWide(browser, 'encrypt', key)).code, problemOf(await siteWide(browser, 'encrypt', key)).code]).toEqual(['throttled', 'throttled'])
    expect(harness.sim.ledger.of('encryptExtracts')).toHaveLength(1)
  })

  it('is refused where the mode is disabled, and to who is no server administrator', async () => {
    const browser = await start()
    const other = await harness.signedIn('site-admin')
    for (const [word] of words) expect(problemOf(await siteWide(other, word))).toMatchObject({ code: 'forbidden', tableau: { code: '403004' }, detail: containing('Server administrators alone') })
    expect(problemOf(await update(other, { extractEncryptionMode: 'enforced' }))).toMatchObject({ code: 'forbidden', tableau: { code: '403004' } })
    site().extractEncryptionMode = 'disabled'
    expect(problemOf(await siteWide(browser, 'encrypt'))).toMatchObject({ code: 'conflict', tableau: { code: '409090' } })
  })
})

describe('where there is no extract encryption', () => {
  it.each([
    ['Tableau Cloud', { flavor: 'cloud' }, 'Tableau Cloud has no such setting'],
    ['a server before API 3.5', { apiVersion: '3.4' }, 'version 3.5 '],
  ] as const)('on %s nothing is sent', async (_where, sim, reason) => {
    const browser = await start({ sim })
    for (const reply of [await update(browser, { extractEncryptionMode: 'enforced' }), ...(await Promise.all(words.map(([word]) => siteWide(browser, word))))]) {
      expect(problemOf(reply)).toMatchObject({ code: 'unsupported_here', detail: containing(reason) })
    }
    expect(harness.sim.ledger.entries.filter(({ path }) => path.endsWith('-extracts'))).toEqual([])
    expect(harness.sim.ledger.of('updateSite')).toEqual([])
    expect(await read(browser)).not.toHaveProperty('extractEncryptionMode')
  })
})
