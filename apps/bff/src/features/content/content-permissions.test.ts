import { afterEach, describe, expect, it } from 'vitest'
import { getDatasource, getWorkbook, type ContentDetail } from '@refreshboard/api-types'
import { outputOf, problemOf } from '../../testing/browser.ts'
import { groundOf, type SimContent } from '../../testing/ground.ts'
import { startHarness, type Harness } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'

let harness: Harness
const start = async (sim: Parameters<typeof startHarness>[0] = {}) => {
  harness = await startHarness(sim)
  return groundOf(harness.sim)
}
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

const opened = async (account: string, { kind, id }: SimContent): Promise<ContentDetail> => {
  const reply = await (await harness.signedIn(account)).get(`/api/${kind}s/${id}`)
  return kind === 'workbook' ? outputOf(getWorkbook, reply) : outputOf(getDatasource, reply)
}
/** Whether extracts of it can be managed, and its encryption be set. */
const may = async (account: string, item: SimContent): Promise<[boolean, boolean]> => {
  const { manage, setEncryption } = await opened(account, item)
  return [manage.allowed, setEncryption.allowed]
}
const asked = (): number => harness.sim.ledger.of('queryProjectPermissions').length

describe('what may be done with one item', () => {
  it('administrators and its owner know without asking', async () => {
    const on = await start()
    const item = on.item('workbook', { ownerId: on.userId('creator') })
    expect([await may('admin', item), await may('site-admin', item), await may('creator', item), asked()]).toEqual([[true, true], [true, true], [true, true], 0])
  })

  it('who owns or leads its project may manage its extracts, and not set its encryption', async () => {
    const on = await start()
    const led = on.item('datasource', { project: on.project({ leaderUserIds: [on.userId('leader')] }) })
    const owned = on.item('workbook', { project: on.project({ ownerId: on.userId('leader') }) })
    expect([await may('leader', led), await may('leader', owned)]).toEqual([[true, false], [true, false]])
    expect((await opened('leader', led)).setEncryption).toEqual({ allowed: false, reason: 'The owner and administrators may do this. You are neither.' })
  })

  it('so may who leads a project above, of which its own does not tell', async () => {
    const on = await start()
    const top = on.project({ leaderUserIds: [on.userId('leader')] })
    const middle = on.project({ parent: top })
    const item = on.item('workbook', { project: on.project({ parent: middle }) })
    // Tableau may answer for the project that somebody leads alone.
    const refusal = { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'No' } as const
    harness.sim.faults.add({ operation: 'queryProjectPermissions', times: 2, action: refusal })
    expect([await may('leader', item), asked(), harness.sim.ledger.of('queryProjectPermissions').at(-1)?.path]).toEqual([[true, false], 3, containing(top.id)])
  })

  it('nobody else may, and is told why', async () => {
    const on = await start()
    const item = on.item('workbook', { project: on.project({ parent: on.project() }) })
    for (const account of ['leader', 'creator', 'explorer']) {
      expect([account, (await opened(account, item)).manage]).toEqual([
        account,
        { allowed: false, reason: 'The owner, owners and leaders of its project, and administrators may do this. You are none of them.' },
      ])
    }
    // The project and the one above it, for each of them.
    expect(asked()).toBe(6)
    expect((await opened('creator', on.item('workbook', { project: undefined, ownerId: on.userId('creator') }))).manage).toEqual({ allowed: true })
  })

  it('with a role that owns and leads nothing nothing is asked', async () => {
    const on = await start()
    const { manage, setEncryption } = await opened('viewer', on.item('workbook'))
    expect([manage, setEncryption.allowed, asked()]).toEqual([{ allowed: false, reason: containing('With your role on this site, Viewer, nobody owns or leads anything.') }, false, 0])
  })

  it('what cannot be found out is offered: Tableau decides when it is tried', async () => {
    const on = await start()
    harness.sim.faults.add({ operation: 'queryProjectPermissions', times: Infinity, action: { kind: 'html', status: 502 } })
    expect(await may('creator', on.item('workbook'))).toEqual([true, false])
  })

  it('a token that dies meanwhile ends the session', async () => {
    const on = await start()
    const { id } = on.item('workbook')
    const browser = await harness.signedIn('creator')
    harness.sim.faults.add({ operation: 'queryProjectPermissions', action: { kind: 'killToken' } })
    expect(problemOf(await browser.get(`/api/workbooks/${id}`)).code).toBe('session_expired')
  })

  it('a server before API 3.5 has neither, and is not asked', async () => {
    const on = await start({ sim: { apiVersion: '3.4' } })
    const { manage, setEncryption } = await opened('creator', on.item('workbook'))
    expect([manage, setEncryption, asked()]).toEqual([{ allowed: false, reason: containing('version 3.5 ') }, { allowed: false, reason: containing('version 3.5 ') }, 0])
  })

  it('on Tableau Cloud there is no encryption to set', async () => {
    const on = await start({ sim: { flavor: 'cloud' } })
    const { manage, setEncryption } = await opened('creator', on.item('workbook', { ownerId: on.userId('creator') }))
    expect([manage, setEncryption]).toEqual([{ allowed: true }, { allowed: false, reason: containing('Tableau Cloud has no such setting') }])
  })
})
