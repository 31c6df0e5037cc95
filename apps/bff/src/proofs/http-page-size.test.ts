import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listJobs, type Endpoint } from '@refreshboard/api-types'
import { outputOf, problemOf, type Browser } from '../testing/browser.ts'
import { eventually, startHarness, type Harness } from '../testing/harness.ts'
import { endpoints } from '../testing/shots.ts'
import { createTestClock } from '../testing/test-clock.ts'

const bounded = ['limit', 'offset', 'pageSize', 'pageNumber', 'page', 'size']
const wrong = ['-1', '1000000000', '1e3', '', ' 1', '0x10', '1.5', 'NaN', 'Infinity', '1,2', 'null', '+1', '١']
const wrongLimits = [...wrong, '0', '1001']

const paged = endpoints.flatMap((endpoint: Endpoint) => Object.keys(endpoint.query?.shape ?? {}).filter((name) => bounded.includes(name)).map((name): [string, string] => [endpoint.path, name]))

describe('how much one request can ask for', () => {
  let harness: Harness
  let browser: Browser
  beforeAll(async () => {
    harness = await startHarness()
    browser = await harness.signedIn()
  })
  afterAll(async () => {
    await harness[Symbol.asyncDispose]()
  })
  beforeEach(() => harness.sim.ledger.clear())

  it('is looked at wherever there are pages', () => {
    expect(paged.length).toBeGreaterThanOrEqual(6)
  })

  it.each(paged)('%s takes no %s out of bounds, and asks Tableau nothing', async (path, name) => {
    for (const value of name === 'limit' ? wrongLimits : wrong) {
      const reply = await browser.get(`${path}?${new URLSearchParams({ [name]: value }).toString()}`)
      expect([value, problemOf(reply)]).toEqual([value, expect.objectContaining({ code: 'validation', fields: { [name]: expect.any(String) as unknown } })])
    }
    for (const query of [`${name}=1&${name}=2`, `${name}[]=1`, `${name}[0]=1`, `${name}[a]=1`]) {
      expect([query, problemOf(await browser.get(`${path}?${query}`)).code]).toEqual([query, 'validation'])
    }
    expect(harness.sim.ledger.entries).toEqual([])
  })
})

it('a hundred browsers of one person that ask for all jobs are one sweep', async () => {
  await using harness = await startHarness({ sim: { scenario: 'busy' }, clock: createTestClock() })
  const browsers = await Promise.all(Array.from({ length: 25 }, () => harness.signedIn()))
  harness.sim.ledger.clear()
  const askings = Array.from({ length: 4 }, (_, turn) => browsers.map((browser, n) => browser.get(`/api/jobs?limit=1000&offset=${turn * 100 + n}`))).flat()
  const statuses = (await Promise.all(askings)).map(({ status }) => status)
  expect(statuses).toEqual(Array.from({ length: 100 }, () => 200))
  const [first] = browsers
  if (!first) throw new Error('there is no browser')
  await eventually(async () => outputOf(listJobs, await first.get('/api/jobs')).age.complete, 'the whole list')
  const pages = harness.sim.ledger.of('queryJobs').map(({ query }) => /pageNumber=(\d+)/.exec(query)?.[1] ?? '1')
  expect(pages.length).toBeGreaterThan(0)
  // Each page once.
  expect(pages).toEqual([...new Set(pages)])
})
