import { expect, it } from 'vitest'
import { problemOf } from '../testing/browser.ts'
import { eventually, startHarness } from '../testing/harness.ts'

it('a switch of the site succeeds although a request that was still on its way finds the old token dead', async () => {
  await using harness = await startHarness()
  const browser = await harness.signedIn()
  harness.sim.faults.add({ operation: 'queryUserOnSite', action: { kind: 'delay', ms: 300 } })
  const switching = browser.post('/api/session/site', { site: 'finance' })
  await eventually(() => harness.sim.ledger.of('switchSite').some(({ status }) => status === 200), 'the switch at Tableau')
  expect(problemOf(await browser.get('/api/tasks')).code).toBe('session_expired')
  expect((await switching).status).toBe(200)
  expect((await browser.get('/api/tasks')).status).toBe(200)
})
