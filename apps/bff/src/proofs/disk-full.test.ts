import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createManualClock, startTableauSim, type TableauSim } from '@refreshboard/tableau-sim'
import type { Browser } from '../testing/browser.ts'
import { bundled, type Bundled } from '../testing/bundled.ts'
import { disks, type Disk } from '../testing/disks.ts'
import { integrityOf, startKillable, type Killable } from '../testing/killable.ts'
import { outcomeIn, outcomeOf } from '../testing/written.ts'

let bundle: Bundled
beforeAll(async () => {
  bundle = await bundled('main')
}, 60_000)
afterAll(() => bundle.remove())

describe.each(disks)('a store with no room left, by %s', (_name, makeDisk) => {
  let disk: Disk
  let sim: TableauSim
  let app: Killable
  beforeEach(async () => {
    disk = makeDisk()
    sim = await startTableauSim({ scenario: 'small', clock: createManualClock() })
    app = await startKillable(bundle, disk.directory, sim.url)
  })
  afterEach(async () => {
    await app.kill()
    await sim.close()
    disk.remove()
  })
  const pid = (): number => app.program.child.pid ?? 0
  const signedIn = async (account = 'admin'): Promise<Browser> => {
    const browser = app.browser()
    expect((await browser.signIn(account)).status).toBe(201)
    return browser
  }
  const cancel = (browser: Browser, key: string, job: { id: string }) => browser.post(`/api/jobs/${job.id}/cancel`, undefined, { key })

  it('keeps every sign-out, refuses what is new, serves what is there, and goes on when there is room', async () => {
    const [one, two, three] = [await signedIn(), await signedIn('creator'), await signedIn('viewer')]
    const job = sim.world.site().findJob({ status: 'Pending' })
    expect(existsSync(`${app.databaseFile}-ballast`)).toBe(true)
    disk.fill(pid())

    expect((await two.signOut()).status).toBe(204)
    expect(existsSync(`${app.databaseFile}-ballast`)).toBe(false)
    expect((await app.browser().signIn('viewer')).json).toMatchObject({ code: 'storage_unavailable', status: 503 })
    const key = randomUUID()
    expect((await cancel(one, key, job)).json).toMatchObject({ code: 'storage_unavailable', status: 503 })
    expect([sim.ledger.of('cancelJob'), (await one.get(`/api/writes/${key}`)).status]).toEqual([[], 404])
    for (const address of ['/api/session', '/api/jobs', '/api/schedules', '/api/ready']) expect([address, (await one.get(address)).status]).toEqual([address, 200])
    expect((await three.signOut()).status).toBe(204)

    // The limit of a process ends with it; the disk stays full.
    await app.kill()
    await app.restart()
    expect([(await one.get('/api/session')).status, (await two.get('/api/session')).status, (await three.get('/api/session')).status]).toEqual([200, 401, 401])

    disk.clear(pid())
    await signedIn('viewer')
    expect(existsSync(`${app.databaseFile}-ballast`)).toBe(true)
    expect(outcomeIn(await cancel(one, key, job)).state).toBe('done')
    expect(integrityOf(app.databaseFile)).toEqual([{ integrity_check: 'ok' }])
  })

  it('records what became of a write that was under way, and recovers without a restart', async () => {
    const browser = await signedIn()
    const job = sim.world.site().findJob({ status: 'Pending' })
    const key = randomUUID()
    sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'delay', ms: 200 } })
    const answer = cancel(browser, key, job)
    while (sim.ledger.of('cancelJob').length === 0) await browser.get('/api/health')
    disk.fill(pid())
    expect(outcomeIn(await answer).state).toBe('done')
    expect((await app.browser().signIn('viewer')).json).toMatchObject({ code: 'storage_unavailable', status: 503 })
    disk.clear(pid())
    await signedIn('viewer')
    expect((await outcomeOf(browser, key)).state).toBe('done')
  })
})
