import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createManualClock, startTableauSim, type TableauSim, type TableauSimOptions, type VirtualClock } from '@refreshboard/tableau-sim'
import { systemClock, type Clock } from '../clock.ts'
import { readConfig, type Config } from '../config.ts'
import { createLogger } from '../http/logger.ts'
import { startBff, type Bff, type BffOptions } from '../start-bff.ts'
import { createBrowser, type Browser } from './browser.ts'

/** A real simulator and a real BFF on free ports. */
export interface Harness extends AsyncDisposable {
  sim: TableauSim
  simClock: VirtualClock
  bff: Bff
  /** Every line that was logged, at level debug. */
  logs: string[]
  /** A browser without a session. */
  browser(): Browser
  /** A browser in which an account is signed in. */
  signedIn(account?: string, site?: string): Promise<Browser>
  /** Ends the BFF and starts another one on the same store, at another port. */
  restart(options?: Partial<BffOptions>): Promise<void>
  directory: string
}

export interface HarnessOptions {
  sim?: TableauSimOptions
  bff?: Partial<BffOptions>
  env?: Record<string, string>
  clock?: Clock
  /** On a file; otherwise the store is in memory. */
  stored?: boolean
}

/** The configuration that an environment means; throws its faults. */
export const configOf = (environment: Record<string, string>): Config => {
  const read = readConfig(environment)
  if (!read.ok) throw new Error(read.faults.join('\n'))
  return read.config
}

export const startHarness = async (options: HarnessOptions = {}): Promise<Harness> => {
  const simClock = options.sim?.clock ?? createManualClock()
  const sim = await startTableauSim({ scenario: 'small', ...options.sim, clock: simClock })
  const directory = mkdtempSync(path.join(tmpdir(), 'refreshboard-test-'))
  const logs: string[] = []
  const config = configOf({
    PORT: '0',
    TABLEAU_SERVERS: `server=${sim.url}`,
    TABLEAU_TIME_ZONE: 'America/Los_Angeles',
    DATABASE_URL: options.stored === true ? `sqlite:${path.join(directory, 'store.db')}` : 'sqlite::memory:',
    ...options.env,
  })
  const start = (more: Partial<BffOptions> = {}): Promise<Bff> =>
    startBff({ config, clock: options.clock ?? systemClock, log: createLogger('debug', (line) => logs.push(line)), ...options.bff, ...more })
  const harness: Harness = {
    sim,
    simClock,
    bff: await start(),
    logs,
    directory,
    browser: () => createBrowser(() => `http://127.0.0.1:${harness.bff.port}`),
    signedIn: async (account = 'admin', site = sim.world.home.contentUrl) => {
      const browser = harness.browser()
      const reply = await browser.signIn(account, site)
      if (reply.status !== 201) throw new Error(`sign-in as ${account} answered ${reply.status}`)
      return browser
    },
    restart: async (more) => {
      await harness.bff.close()
      harness.bff = await start(more)
    },
    [Symbol.asyncDispose]: async () => {
      await harness.bff.close()
      await sim.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
  return harness
}

/** Waits for something that is on its way over real sockets, without a timer. */
export const eventually = async (condition: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> => {
  const end = performance.now() + 10_000
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what} did not come true`)
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}
