import { afterEach, describe, expect, it } from 'vitest'
import type { TableauSim } from './index.ts'
import { SearchIndex } from './search-index.ts'
import { all, one, send, signIn, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn
afterEach(() => sim.close())

const start = async (indexLagMs?: number): Promise<void> => {
  sim = await startStill({ scenario: 'empty', ...(indexLagMs !== undefined && { indexLagMs }) })
  admin = await signIn(sim)
}
const call = (rest: string, method = 'GET', body = '') => send(sim, `/api/3.24/${rest}`, { method, body, token: admin.token })
const create = async (name: string) => {
  const body = `<tsRequest><schedule name="${name}" type="Extract" frequency="Daily"><frequencyDetails start="02:00:00"/></schedule></tsRequest>`
  return one((await call('schedules', 'POST', body)).text, 'schedule').getAttribute('id') ?? ''
}
const names = async () => all((await call('schedules')).text, 'schedule').map((row) => row.getAttribute('name'))
const listed = async (rest: string, element: string) => all((await call(`sites/${admin.siteId}/${rest}`)).text, element).length

describe('lists that are behind', () => {
  it('show a schedule late and let it go late, and getting it is never behind', async () => {
    await start(30_000)
    sim.world.addSchedule({ name: 'Old', frequency: 'Daily', start: '02:00:00', intervals: [] })
    const id = await create('New')
    expect(await names()).toEqual(['Old'])
    expect((await call(`schedules/${id}`)).status).toBe(200)
    sim.clock.advance(29_999)
    expect(await names()).toEqual(['Old'])
    sim.clock.advance(1)
    expect(await names()).toEqual(['Old', 'New'])
    expect((await call(`schedules/${id}`, 'DELETE')).status).toBe(204)
    expect((await call(`schedules/${id}`)).status).toBe(404)
    expect(await names()).toEqual(['Old', 'New'])
    sim.clock.advance(30_000)
    expect(await names()).toEqual(['Old'])
  })

  it('keep a name taken and an unlisted one refused', async () => {
    await start(30_000)
    await create('New')
    const again = await call('schedules', 'POST', '<tsRequest><schedule name="New" type="Extract" frequency="Daily"><frequencyDetails start="02:00:00"/></schedule></tsRequest>')
    expect(again.status).toBe(409)
    expect(sim.world.schedules).toHaveLength(1)
  })

  it('show a task late and let it go late, by itself and with its schedule', async () => {
    await start(30_000)
    const id = await create('New')
    const content = sim.world.site().addContent({ kind: 'workbook', name: 'Sales', ownerId: admin.userId })
    const body = `<tsRequest><task><extractRefresh><workbook id="${content.id}"/></extractRefresh></task></tsRequest>`
    const added = one((await call(`sites/${admin.siteId}/schedules/${id}/workbooks`, 'PUT', body)).text, 'extractRefresh').getAttribute('id') ?? ''
    const counts = async () => [await listed('tasks/extractRefreshes', 'extractRefresh'), await listed(`schedules/${id}/extracts`, 'extract')]
    expect(await counts()).toEqual([0, 0])
    expect((await call(`sites/${admin.siteId}/tasks/extractRefreshes/${added}`)).status).toBe(200)
    sim.clock.advance(30_000)
    expect(await counts()).toEqual([1, 1])
    await call(`sites/${admin.siteId}/tasks/extractRefreshes/${added}`, 'DELETE')
    expect(await counts()).toEqual([1, 1])
    expect((await call(`sites/${admin.siteId}/tasks/extractRefreshes/${added}`)).status).toBe(404)
    sim.clock.advance(30_000)
    expect(await counts()).toEqual([0, 0])
    await call(`sites/${admin.siteId}/schedules/${id}/workbooks`, 'PUT', body)
    sim.clock.advance(30_000)
    await call(`schedules/${id}`, 'DELETE')
    expect(await listed('tasks/extractRefreshes', 'extractRefresh')).toBe(1)
    sim.clock.advance(30_000)
    expect(await listed('tasks/extractRefreshes', 'extractRefresh')).toBe(0)
  })

  it('are switched on and off while it runs', async () => {
    await start()
    await create('At once')
    expect(await names()).toEqual(['At once'])
    sim.world.indexLagMs = 5000
    await create('Late')
    sim.world.indexLagMs = 0
    await create('At once again')
    expect(await names()).toEqual(['At once', 'At once again'])
    sim.clock.advance(5000)
    expect(await names()).toEqual(['At once', 'Late', 'At once again'])
  })
})

describe('an index', () => {
  it('refuses an id twice, whatever its case', async () => {
    await start()
    const index = new SearchIndex<{ id: string }>()
    index.add({ id: 'a' }, 0)
    expect(() => index.add({ id: 'A' }, 0)).toThrow('A')
    expect(index.get('A')).toEqual({ id: 'a' })
  })
})
