import { createServer as createTlsServer } from 'node:https'
import type { Flavor } from '@refreshboard/tableau-sim'
import { expect } from 'vitest'
import type { Browser, Reply } from './browser.ts'
import { testCertificate } from './certificate.ts'
import type { PreparedWrite, TestWrite } from './every-write.ts'
import { startFaultFront, type FaultFront } from './fault-front.ts'
import { configOf, startHarness, type Harness } from './harness.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

/** Where nothing can be sent to: nobody listens, no such name, a certificate that nobody vouches for. */
export type Nowhere = 'refused' | 'dns' | 'tls'

export interface RigOptions {
  /** A Server unless given. */
  readonly flavor?: Flavor
  /** Of Tableau's REST API; the newest unless given. */
  readonly apiVersion?: string
  /** Calls give up soon. */
  readonly silent?: boolean
  /** How far the application's clock is ahead of Tableau's. */
  readonly aheadMs?: number
  readonly indexLagMs?: number
  /** The application can be moved to another address of Tableau. */
  readonly movable?: boolean
}

/** A browser, signed in by token as a server administrator; the application; a front that does faults; the simulator. */
export interface FaultRig extends AsyncDisposable {
  readonly browser: Browser
  readonly harness: Harness
  readonly front: FaultFront
  readonly clock: TestClock
  signIn(): Promise<void>
  /** How many writes arrived at the front. */
  sent(): number
  /** How many of them had an effect. */
  applied(write: TestWrite): number
  send(prepared: PreparedWrite, key: string): Promise<Reply>
  /** Moves all clocks. */
  advance(ms: number): void
  /** Restarts the application with Tableau at an address that nothing can be sent to, or at the front again. */
  move(to: Nowhere | 'front'): Promise<void>
}

const closedPort = async (): Promise<string> => {
  const front = await startFaultFront()
  await front.stop()
  return front.url
}

export const startFaultRig = async ({ flavor = 'server', apiVersion, silent, aheadMs = 0, indexLagMs = 0, movable = false }: RigOptions = {}): Promise<FaultRig> => {
  const clock = createTestClock(Date.parse('2026-03-04T16:00:00Z') + aheadMs)
  const front = await startFaultFront()
  const harness = await startHarness({ clock, stored: movable, sim: { flavor, indexLagMs, ...(apiVersion === undefined ? {} : { apiVersion }) }, env: { TABLEAU_SERVERS: `server=${front.url}` }, ...(silent === true ? { bff: { tableauDeadlineMs: 600 } } : {}) })
  front.target = harness.sim.url
  const browser = harness.browser()
  const tls = createTlsServer(testCertificate)
  const addressOf = async (to: Nowhere | 'front'): Promise<string> => {
    if (to === 'front') return front.url
    if (to === 'dns') return 'https://nothing.invalid'
    if (to === 'refused') return closedPort()
    await new Promise<void>((resolve) => {
      tls.listen(0, '127.0.0.1', resolve)
    })
    const address = tls.address()
    return `https://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  }
  const rig: FaultRig = {
    browser,
    harness,
    front,
    clock,
    signIn: async () => {
      expect((await browser.signInByToken(harness.sim.world.home.contentUrl)).status).toBe(201)
    },
    sent: () => front.arrived.filter(({ isWrite }) => isWrite).length,
    applied: ({ operation }) => harness.sim.ledger.of(operation).filter((entry) => entry.applied).length,
    send: ({ path, method, body }, key) => browser.request(path, { method, key, ...(body === undefined ? {} : { body }) }),
    advance: (ms) => {
      clock.advance(ms)
      harness.sim.clock.advance(ms)
    },
    move: async (to) => {
      const environment = { PORT: '0', TABLEAU_SERVERS: `server=${await addressOf(to)}`, TABLEAU_TIME_ZONE: 'America/Los_Angeles', DATABASE_URL: `sqlite:${harness.directory}/store.db` }
      await harness.restart({ config: configOf(environment) })
    },
    [Symbol.asyncDispose]: async () => {
      await harness[Symbol.asyncDispose]()
      await front[Symbol.asyncDispose]()
      tls.close()
      tls.closeAllConnections()
    },
  }
  await rig.signIn()
  return rig
}
