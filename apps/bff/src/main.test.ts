import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTableauSim, type TableauSim } from '@refreshboard/tableau-sim'
import { getSession, getWrite, listServers, planSchedules } from '@refreshboard/api-types'
import { bundled, type Bundled } from './testing/bundled.ts'
import { createBrowser, outputOf } from './testing/browser.ts'
import { eventually } from './testing/harness.ts'
import { startProgram, type Program } from './testing/process.ts'

const bundles: Partial<Record<'main' | 'demo', Bundled>> = {}
const bundleOf = (entry: 'main' | 'demo'): Bundled => {
  const found = bundles[entry]
  if (found === undefined) throw new Error('it was not bundled')
  return found
}

beforeAll(async () => {
  bundles.main = await bundled('main')
  bundles.demo = await bundled('demo')
}, 60_000)
afterAll(() => {
  for (const bundle of Object.values(bundles)) bundle.remove()
})

let directory = ''
const programs: Program[] = []
const run = (entry: 'main' | 'demo', environment: Record<string, string> = {}): Program => {
  const program = startProgram(bundleOf(entry).file, { DATABASE_URL: `sqlite:${path.join(directory, 'store.db')}`, ...environment })
  programs.push(program)
  return program
}
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'refreshboard-main-'))
})
afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.child.kill('SIGKILL')
    await program.exited
  }
  rmSync(directory, { recursive: true, force: true })
})

const ofSimulator = (files: string[]): string[] => files.filter((file) => file.includes('tableau-sim'))

describe('the production bundle', () => {
  it('holds no code of the simulator and none of a test; the demo holds the simulator', () => {
    const { inputs } = bundleOf('main')
    expect(inputs.length).toBeGreaterThan(100)
    expect(ofSimulator(inputs)).toEqual([])
    expect(ofSimulator(bundleOf('demo').inputs).length).toBeGreaterThan(5)
    expect(inputs.filter((file) => /\/testing\/|\.test\.ts$|fast-check|vitest/.test(file))).toEqual([])
  })

  it('holds no account of the demo and no word of a fault that could be ordered; the demo does', () => {
    const words = /demo-pat|startTableauSim|killToken|killAllTokens|crash[-_]?(at|point)|inject[-_]?fault|fault[-_]?(hook|injection)/gi
    expect(readFileSync(bundleOf('main').file, 'utf8').match(words)).toBeNull()
    expect(readFileSync(bundleOf('demo').file, 'utf8').match(words)).toEqual(expect.arrayContaining(['demo-pat', 'startTableauSim', 'killToken']))
  })

  it('is told by its environment in one place alone', () => {
    const own = bundleOf('main').inputs.filter((file) => file.startsWith('src/') || file.startsWith('../../packages/'))
    expect(own.length).toBeGreaterThan(100)
    expect(own.filter((file) => readFileSync(path.resolve(import.meta.dirname, '..', file), 'utf8').includes('process.env'))).toEqual(['src/main.ts'])
  })
})

describe('running', () => {
  let sim: TableauSim
  beforeEach(async () => {
    sim = await startTableauSim({ scenario: 'small' })
  })
  afterEach(async () => {
    await sim.close()
  })

  const origin = async (program: Program): Promise<string> => {
    const [, address = ''] = await program.prints(/"address":"([^"]+)"/)
    return address
  }
  const environment = (port = '0') => ({ TABLEAU_SERVERS: `server=${sim.url}`, PORT: port, TABLEAU_TIME_ZONE: 'UTC' })

  it('makes its store and its key for itself alone', async () => {
    const program = run('main', environment())
    await origin(program)
    for (const name of ['store.db', 'refreshboard.key']) expect([name, statSync(path.join(directory, name)).mode & 0o777]).toEqual([name, 0o600])
  })

  it.each(['main', 'demo'] as const)('reads a text of schedules in the thread that %s is delivered with', async (entry) => {
    const program = run(entry, entry === 'main' ? environment() : { PORT: '0' })
    const [, address = ''] = await program.prints(entry === 'main' ? /"address":"([^"]+)"/ : /Refreshboard \(demo\): (\S+)/)
    const browser = createBrowser(() => address)
    await browser.signIn('admin')
    const { faults } = outputOf(planSchedules, await browser.post('/api/schedules-as-code/plan', { yaml: 'refreshboard: 1\nschedules: &all []\n' }))
    expect(faults.map(({ line, rule }) => [line, rule])).toEqual([[2, 'yaml-anchor']])
  })

  it('offers no address at which a fault could be ordered', async () => {
    const address = await origin(run('main', environment()))
    const browser = createBrowser(() => address)
    await browser.signIn('admin')
    for (const where of ['/api/faults', '/api/__faults', '/api/fault', '/api/crash', '/api/debug', '/api/test', '/api/sim', '/api/demo', '/__faults', '/faults', '/debug', '/sim', '/api/3.24/serverinfo']) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) expect([where, method, (await browser.request(where, { method })).status]).toEqual([where, method, 404])
    }
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('ends by %s with 0, after what is under way', async (signal) => {
    const program = run('main', environment())
    const address = await origin(program)
    const browser = createBrowser(() => address)
    await browser.signIn('admin')
    sim.faults.add({ operation: 'querySites', action: { kind: 'delay', ms: 500 } })
    const underWay = browser.get('/api/sites')
    await eventually(() => sim.ledger.of('querySites').length > 1)
    program.child.kill(signal)
    expect((await underWay).status).toBe(200)
    expect(await program.exited).toBe(0)
    await expect(browser.get('/api/health')).rejects.toThrow('fetch failed')
    expect(program.stderr()).toBe('')
  })

  it('after a kill, who was signed in still is, and a cancel that was on its way is known and not sent again', async () => {
    const program = run('main', environment())
    const address = await origin(program)
    const browser = createBrowser(() => address)
    await browser.signIn('admin')
    const job = sim.world.site().findJob({ status: 'Pending' })
    const key = randomUUID()
    sim.faults.add({ operation: 'cancelJob', when: 'after', action: { kind: 'hang' } })
    const lost = browser.post(`/api/jobs/${job.id}/cancel`, undefined, { key }).catch(() => 'lost')
    await eventually(() => sim.ledger.of('cancelJob').length === 1)
    program.child.kill('SIGKILL')
    expect(await program.exited).toBeNull()
    expect(await lost).toBe('lost')

    const again = run('main', environment(new URL(address).port))
    expect(await origin(again)).toBe(address)
    expect(outputOf(getSession, await browser.get('/api/session')).user.name).toBe('admin')
    await eventually(async () => outputOf(getWrite, await browser.get(`/api/writes/${key}`)).state === 'done')
    expect(outputOf(getWrite, await browser.get(`/api/writes/${key}`)).evidence).toContain('cancelled')
    expect((await browser.post(`/api/jobs/${job.id}/cancel`, undefined, { key })).status).toBe(200)
    expect(sim.ledger.of('cancelJob').map(({ applied }) => applied)).toEqual([true])
  })
})

describe('the demo', () => {
  it('starts with nothing but a port, prints where and who, and leaves nothing behind', async () => {
    const program = run('demo', { PORT: '0', TMPDIR: directory })
    const [, address = ''] = await program.prints(/Refreshboard \(demo\): (\S+)/)
    const [, simulator = ''] = await program.prints(/Simulated Tableau Server: (\S+)/)
    const [, cloud = ''] = await program.prints(/Simulated Tableau Cloud: (\S+)/)
    await program.prints(/demo-pat \/ demo-pat-secret/)
    const browser = createBrowser(() => address)
    expect((await browser.get('/api/health')).status).toBe(200)
    const { servers, demoAccounts = [] } = outputOf(listServers, await browser.get('/api/servers'))
    expect(servers).toEqual([
      { id: 'server', host: new URL(simulator).host },
      { id: 'cloud', host: new URL(cloud).host },
    ])
    for (const account of demoAccounts) {
      const { label: _label, on: _on, ...body } = account
      expect((await browser.post('/api/session', body)).status).toBe(201)
      expect(outputOf(getSession, await browser.get('/api/session'))).toMatchObject({ server: { flavor: account.serverId }, site: { contentUrl: account.site } })
    }
    expect(demoAccounts).toHaveLength(14)
    expect((await browser.signInByToken()).json).toMatchObject({ demo: true })
    program.child.kill('SIGTERM')
    expect(await program.exited).toBe(0)
    for (const gone of [simulator, cloud]) await expect(fetch(gone)).rejects.toThrow('fetch failed')
    expect(existsSync(path.join(directory, 'store.db'))).toBe(false)
  })
})
