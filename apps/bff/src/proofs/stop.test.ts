import { randomUUID } from 'node:crypto'
import { get } from 'node:http'
import Libsql from 'libsql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TableauSim } from '@refreshboard/tableau-sim'
import { bundled, type Bundled } from '../testing/bundled.ts'
import type { FaultFront } from '../testing/fault-front.ts'
import { eventually } from '../testing/harness.ts'
import { startKillableRig, type KillableRig } from '../testing/killable-rig.ts'
import type { Killable } from '../testing/killable.ts'
import { outcomeIn } from '../testing/written.ts'

let bundle: Bundled
beforeAll(async () => {
  bundle = await bundled('main')
}, 60_000)
afterAll(() => bundle.remove())

let rig: KillableRig
let sim: TableauSim
let front: FaultFront
let app: Killable
beforeEach(async () => {
  rig = await startKillableRig(bundle)
  sim = rig.sim
  front = rig.front
  app = rig.app
})
afterEach(() => rig[Symbol.asyncDispose]())

/** One request on a connection of its own: its status, what kept it from being answered, or `cut` in the middle of its answer. */
const healthOnce = (): Promise<number | string> =>
  new Promise((resolve) => {
    get(`${app.origin}/api/health`, { agent: false }, (response) => {
      response.on('error', () => resolve('cut'))
      response.on('end', () => resolve(response.complete ? (response.statusCode ?? 0) : 'cut'))
      response.resume()
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
  })

/** Asks on new connections, several at a time, until one is refused; resolves with what each came to. */
const askUntilRefused = async (): Promise<(number | string)[]> => {
  const results: (number | string)[] = []
  const lane = async (): Promise<void> => {
    for (let result: number | string = 0; result !== 'ECONNREFUSED'; ) {
      result = await healthOnce()
      results.push(result)
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  return results
}

interface Line {
  msg?: string
  route?: string
  status?: number
}
const requestsLogged = (): Line[] =>
  app.program
    .stdout()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line) as Line) // oxlint-disable-line typescript/no-unsafe-type-assertion -- the log's own form
    .filter(({ msg }) => msg === 'request')

describe('SIGTERM under load', () => {
  it('refuses new connections, finishes what is under way with its record, resets nothing and ends with 0', async () => {
    const [admin, other] = [app.browser(), app.browser()]
    await admin.signIn('admin')
    await other.signIn('viewer')
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => (goOn = resolve))
    let arrived = 0
    front.interfere = () => ({
      before: () => {
        arrived += 1
        return held
      },
      reaches: true,
    })
    const key = randomUUID()
    const job = sim.world.site().findJob({ status: 'Pending' })
    const write = admin.post(`/api/jobs/${job.id}/cancel`, undefined, { key })
    const reads = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? admin : other).get('/api/sites'))
    const answers = Promise.all([write, ...reads].map((answer) => answer.then(({ status }) => status, () => 'broken off')))
    await eventually(() => arrived >= 5, 'that requests are under way')
    const asked = askUntilRefused()
    await eventually(() => app.program.stdout().includes('/api/health'), 'that new connections are answered')
    app.program.child.kill('SIGTERM')
    const results = await asked

    goOn()
    expect(await answers).toEqual([200, ...reads.map(() => 200)])
    expect(outcomeIn(await write).state).toBe('done')
    expect(await app.program.exited).toBe(0)
    expect(app.program.stderr()).toBe('')

    // What was accepted was answered: no more answers left than arrived, and none was broken off.
    const logged = requestsLogged()
    expect(logged.filter(({ status }) => status === 499)).toEqual([])
    expect(results).not.toContain('cut')
    expect(results.filter((result) => result === 200)).toHaveLength(logged.filter(({ route, status }) => route === '/api/health' && status === 200).length)
    const database = new Libsql(app.databaseFile)
    expect(database.prepare('select key, state from writes').all([])).toEqual([{ key, state: 'done' }])
    database.close()
  })

  // It waits for real: in the long version alone.
  if (process.env['STOP_TIMES'] === undefined) return
  it('waits for what is under way, and not for ever', async () => {
    const browser = app.browser()
    await browser.signIn('admin')
    let arrived = 0
    front.interfere = () => ({ before: () => void (arrived += 1), reaches: false, deliver: () => ({ bytes: Buffer.alloc(0), ending: 'silence' }) })
    const never = browser.get('/api/sites').then(
      ({ status }) => status,
      () => 'broken off',
    )
    await eventually(() => arrived > 0)
    const startedAt = performance.now()
    app.program.child.kill('SIGTERM')
    expect(await app.program.exited).toBe(0)
    const seconds = (performance.now() - startedAt) / 1000
    // Tableau’s silence is answered as such, when there is still time for it.
    expect([504, 'broken off']).toContain(await never)
    process.stdout.write(`figure=stop-in-the-face-of-silence value=${seconds.toFixed(1)} unit=s goal=14 ${seconds <= 14 ? 'pass' : 'fail'}\n`)
  })
})
