import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTableauSim, type TableauSim } from '@refreshboard/tableau-sim'
import { getSession, getWrite, listServers } from '@refreshboard/api-types'
import { bundle } from '../build.mjs'
import { createBrowser, outputOf } from './testing/browser.ts'
import { eventually } from './testing/harness.ts'
import { startProgram, type Program } from './testing/process.ts'
import { matching } from './testing/matchers.ts'

// Below the package, where the bundle finds libsql; of this run alone.
const directoryOfRun = `dist/test-${process.pid}`
const built = path.resolve(import.meta.dirname, '..', directoryOfRun)
const inputs: Record<'main' | 'demo', string[]> = { main: [], demo: [] }

beforeAll(async () => {
  inputs.main = await bundle('main', directoryOfRun)
  inputs.demo = await bundle('demo', directoryOfRun)
})
afterAll(() => {
  rmSync(built, { recursive: true, force: true })
})

let directory = ''
const programs: Program[] = []
const run = (entry: 'main' | 'demo', environment: Record<string, string> = {}): Program => {
  const program = startProgram(path.join(built, `${entry}.js`), { DATABASE_URL: `sqlite:${path.join(directory, 'store.db')}`, ...environment })
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

const good = { TABLEAU_SERVERS: 'main=https://tableau.example.com', PORT: '0' }

describe('the production bundle', () => {
  it('holds no code of the simulator; the demo does', () => {
    const ofSimulator = (files: string[]): string[] => files.filter((file) => file.includes('tableau-sim'))
    expect(inputs.main.length).toBeGreaterThan(100)
    expect(ofSimulator(inputs.main)).toEqual([])
    expect(ofSimulator(inputs.demo).length).toBeGreaterThan(5)
    expect(inputs.main.filter((file) => /\/testing\/|\.test\.ts$|fast-check|vitest/.test(file))).toEqual([])
  })
})

describe('a start that is refused', () => {
  const refused = async (entry: 'main' | 'demo', environment: Record<string, string>): Promise<string[]> => {
    const program = run(entry, environment)
    expect(await program.exited).toBe(1)
    expect(program.stderr()).not.toMatch(/\n\s+at |node:internal|Error:/)
    return program.stderr().trimEnd().split('\n')
  }

  it('prints one line for each fault of the environment', async () => {
    const lines = await refused('main', { PORT: 'x', PUBLIC_ORIGIN: 'http://refreshboard.example.com', DATABASE_URL: 'postgres://db' })
    expect(lines.map((line) => line.split(':')[0])).toEqual(['PORT', 'PUBLIC_ORIGIN', 'TABLEAU_SERVERS', 'DATABASE_URL'])
  })

  it('names a key file that others can read', async () => {
    const file = path.join(directory, 'shared.key')
    writeFileSync(file, Buffer.alloc(32, 1))
    chmodSync(file, 0o644)
    expect(await refused('main', { ...good, SECRET_KEY_FILE: file })).toEqual([matching(/^SECRET_KEY_FILE: .*mode 644.*chmod 600/)])
  })

  it('names a credentials file for walls that is missing, or that others can read', async () => {
    const file = path.join(directory, 'walls.json')
    expect(await refused('main', { ...good, WALL_CREDENTIALS_FILE: file })).toEqual([matching(/^WALL_CREDENTIALS_FILE: .* does not exist$/)])
    writeFileSync(file, '{}')
    chmodSync(file, 0o604)
    expect(await refused('main', { ...good, WALL_CREDENTIALS_FILE: file })).toEqual([matching(/^WALL_CREDENTIALS_FILE: .*chmod 600/)])
  })

  it('names a store that cannot be opened', async () => {
    writeFileSync(path.join(directory, 'file'), 'x')
    expect(await refused('main', { ...good, DATABASE_URL: `sqlite:${directory}/file/store.db`, SECRET_KEY_FILE: path.join(directory, 'key') })).toEqual([matching(/^DATABASE_URL: /)])
    writeFileSync(path.join(directory, 'text.db'), 'this is no database, but a text that is long enough to be looked at '.repeat(20))
    expect(await refused('main', { ...good, DATABASE_URL: `sqlite:${directory}/text.db` })).toEqual([matching(/^DATABASE_URL: .*SQLITE_NOTADB/)])
  })

  it.each(['main', 'demo'] as const)('names a port that is in use (%s)', async (entry) => {
    const other = createServer()
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve)
    })
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    expect(await refused(entry, { ...good, PORT: port })).toEqual([matching(new RegExp(`^PORT: ${port} is in use by another program`))])
    await new Promise((resolve) => {
      other.close(resolve)
    })
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
    await program.prints(/demo-pat \/ demo-pat-secret/)
    const browser = createBrowser(() => address)
    expect((await browser.get('/api/health')).status).toBe(200)
    const { servers, demoAccounts = [] } = outputOf(listServers, await browser.get('/api/servers'))
    expect(servers).toEqual([{ id: 'server', host: new URL(simulator).host }])
    for (const account of demoAccounts) {
      const { label: _label, ...credentials } = account
      expect((await browser.post('/api/session', { serverId: 'server', site: '', ...credentials })).status).toBe(201)
    }
    expect(demoAccounts).toHaveLength(7)
    expect((await browser.signInByToken()).json).toMatchObject({ demo: true })
    program.child.kill('SIGTERM')
    expect(await program.exited).toBe(0)
    await expect(fetch(simulator)).rejects.toThrow('fetch failed')
    expect(existsSync(path.join(directory, 'store.db'))).toBe(false)
  })
})
