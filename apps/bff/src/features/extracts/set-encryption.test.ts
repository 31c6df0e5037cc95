import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { groundOf, type SimContent } from '../../testing/ground.ts'
import { startHarness, type Harness } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'
import { outcomeIn } from '../../testing/written.ts'

let harness: Harness
const start = async (): Promise<ReturnType<typeof groundOf>> => {
  harness = await startHarness()
  return groundOf(harness.sim)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const change = (browser: Browser, { kind, id }: SimContent, body: unknown, key: string = randomUUID()): Promise<Reply> => browser.request(`/api/${kind}s/${id}`, { method: 'PATCH', body, key })

describe('the encryption of one item', () => {
  it('is set, and a change meanwhile is not overwritten', async () => {
    const on = await start()
    const browser = await harness.signedIn()
    for (const kind of ['workbook', 'datasource'] as const) {
      const item = on.item(kind)
      expect(outcomeIn(await change(browser, item, { encryptExtracts: true, seen: { encryptExtracts: false } }))).toMatchObject({ state: 'done', operation: `${kind}s.update` })
      expect(item.encryptExtracts).toBe(true)
      const collision = problemOf(await change(browser, item, { encryptExtracts: true, seen: { encryptExtracts: false } }))
      expect(collision).toMatchObject({ code: 'changed_elsewhere', detail: 'Its extracts were not to be encrypted and are now to be encrypted. Nothing was sent to Tableau.' })
    }
    expect([harness.sim.ledger.of('updateWorkbook').length, harness.sim.ledger.of('updateDatasource').length]).toEqual([1, 1])
  })

  it('is the site’s where its mode decides', async () => {
    const on = await start()
    on.site.extractEncryptionMode = 'enforced'
    const reply = await change(await harness.signedIn(), on.item('workbook'), { encryptExtracts: false })
    expect(problemOf(reply)).toMatchObject({ code: 'conflict', tableau: { code: '409090' }, detail: containing('mode decides for all content') })
  })

  it('is no leader’s to set', async () => {
    const on = await start()
    const item = on.item('workbook', { project: on.project({ leaderUserIds: [on.userId('leader')] }) })
    expect(problemOf(await change(await harness.signedIn('leader'), item, { encryptExtracts: true }))).toMatchObject({ code: 'forbidden', detail: containing('Its owner and administrators') })
  })
})
