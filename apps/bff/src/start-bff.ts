import { randomBytes } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { Router } from 'express'
import { sql } from 'kysely'
import type { DemoAccount } from '@refreshboard/api-types'
import packageJson from '../package.json' with { type: 'json' }
import { createApp } from './app.ts'
import { applyDepsOf } from './apply-schedules.ts'
import { createAuditLog } from './audit/audit-log.ts'
import { createAuditStore } from './audit/audit-store.ts'
import { createToldOf } from './audit/told-of.ts'
import { createBackground } from './background.ts'
import { createBulkActions } from './bulk-actions.ts'
import { createBulkRuns } from './bulk/bulk-runs.ts'
import { createBulkStore } from './bulk/bulk-store.ts'
import { systemClock, type Clock } from './clock.ts'
import { isLoopback, type Config } from './config.ts'
import { createContentDirectories } from './directory/content-directories.ts'
import { readHere, rememberingLast, type ReadText } from './features/schedules-as-code/read-text.ts'
import { createSessionService } from './features/session/session.service.ts'
import { admission } from './http/admission.ts'
import { createLoadLimit } from './http/load-limit.ts'
import { createLogger, type Logger } from './http/logger.ts'
import { mountContract } from './http/mount.ts'
import { openPort } from './http/server.ts'
import { createWebBuild, staticWeb } from './http/static-web.ts'
import { createTurn, watchTurns } from './http/turn.ts'
import { createJobFeeds } from './live/job-feeds.ts'
import { createPreviewImages } from './proxy/preview-image.ts'
import { createHandlers } from './routes.ts'
import { createSessionCookie } from './session/cookie.ts'
import { loadSecretKey } from './session/secret-key.ts'
import { createSessionStore } from './session/session-store.ts'
import { createSessions } from './session/sessions.ts'
import { createSignInLimit } from './session/sign-in-limit.ts'
import { createSignOutAtTableau } from './session/sign-out-at-tableau.ts'
import { createSignOuts } from './session/sign-outs.ts'
import { createSiteBudgets } from './session/site-budgets.ts'
import { createTableauServers } from './session/tableau-servers.ts'
import { createTableauSession } from './session/tableau-session.ts'
import { createShelves } from './shelves/shelves.ts'
import { createTimeZones } from './shelves/time-zones.ts'
import { StartFault } from './start-fault.ts'
import { ballastOf } from './storage/ballast.ts'
import { openStore } from './storage/open-store.ts'
import { assertWallCredentials } from './wall-credentials.ts'
import { createLocks } from './writes/locks.ts'
import { createWriteStore } from './writes/write-store.ts'
import { createWrites } from './writes/writes.ts'

/** What a BFF is started with; `config` alone is needed. */
export interface BffOptions {
  config: Config
  /** The built web app; without it only the API is served. */
  webDir?: string
  /** A demo: its accounts can be clicked, and every server must be on this machine. */
  demo?: { accounts: DemoAccount[] }
  log?: Logger
  clock?: Clock
  /** How a text of schedules is read; in this thread unless given. */
  readText?: ReadText
  /** For one call of Tableau, in milliseconds (10,000). */
  tableauDeadlineMs?: number
  /** How long a stop waits for work that outlives its request (a sign-out at Tableau), in milliseconds (3,500). */
  backgroundGraceMs?: number
}

export interface Bff extends AsyncDisposable {
  /** The origin that people open. */
  url: string
  port: number
  /** Takes no more requests, finishes what is under way within 10 s, closes the store. */
  close(): Promise<void>
}

/** Housekeeping of the store and of what is kept in memory. */
const tidyEveryMs = 60_000

/** Why a demo does not start. */
export const simulatorsOnly = 'TABLEAU_SERVERS: the demo talks to simulators on this machine only; use “npm run serve” for a real Tableau'

const assertStartable = (config: Config, isDemo: boolean): void => {
  if (isDemo && config.servers.some((server) => !isLoopback(new URL(server.url).hostname))) {
    throw new StartFault(simulatorsOnly)
  }
  if (config.wallCredentialsFile !== undefined) assertWallCredentials(config.wallCredentialsFile, config.servers)
}

const urlHost = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)

/**
 * Opens the store and the port and answers. Throws a StartFault, in one line, for whatever keeps it from starting.
 */
export const startBff = async (options: BffOptions): Promise<Bff> => {
  const { config, demo, clock = systemClock, webDir } = options
  assertStartable(config, demo !== undefined)
  const log = options.log ?? createLogger(config.logLevel)
  const serverKey = config.secretKeyFile === undefined ? randomBytes(32) : loadSecretKey(config.secretKeyFile)
  const database = await openStore(config.databaseFile)
  const listening = await openPort(config.host, config.port).catch(async (error: unknown) => {
    await database.destroy()
    throw error
  })

  const publicOrigin = config.publicOrigin ?? `http://${urlHost(config.host)}:${listening.port}`
  const stopping = new AbortController()
  // Everything that waits listens to it.
  setMaxListeners(0, stopping.signal)
  const { run: background, drained } = createBackground(log, systemClock)

  const servers = createTableauServers(config.servers, options.tableauDeadlineMs === undefined ? {} : { deadlineMs: options.tableauDeadlineMs })
  const sessions = createSessions({ store: createSessionStore(database), serverKey, clock, idleMinutes: config.sessionIdleMinutes })
  const signOuts = createSignOuts({ database, serverKey, clock, stop: stopping.signal, signOut: createSignOutAtTableau(servers, log) })
  const limit = createSignInLimit(database, clock)
  const feeds = createJobFeeds(clock)
  const shelves = createShelves(clock)
  const directories = createContentDirectories(clock)
  const budgets = createSiteBudgets(clock)
  const audit = createAuditStore(database, serverKey, clock)
  const writes = createWrites({ store: createWriteStore(database), audit: createAuditLog({ store: audit, toldOf: createToldOf({ shelves, feeds, directories }), clock, log }), clock, log, background, stop: stopping.signal })
  const locks = createLocks()
  const asCode = applyDepsOf({ shelves, directories, locks, clock, readText: rememberingLast(options.readText ?? readHere) })
  const bulk = createBulkRuns({
    store: createBulkStore(database),
    actions: createBulkActions({ shelves, directories, feeds, locks, asCode, clock, stop: stopping.signal }),
    writes,
    clock,
    log,
    background,
    stop: stopping.signal,
    lives: (id) => sessions.lives(id),
  })
  const cookie = createSessionCookie(publicOrigin.startsWith('https:'))
  const build = createWebBuild(webDir ?? '')
  const sessionService = createSessionService({ servers, sessions, limit, signOuts, background, demo: demo !== undefined })
  await writes.recover()
  await bulk.recover()

  const ballast = config.databaseFile === ':memory:' ? undefined : ballastOf(config.databaseFile)
  const tidy = (): void => {
    if (ballast?.hold() === false) log.error('the disk of the store is full: nobody can sign in and nothing is sent to Tableau until there is room')
    feeds.tidy()
    shelves.tidy()
    directories.tidy()
    background(Promise.all([sessions.purge(), signOuts.drain(), writes.purge(), audit.purge(), bulk.purge(), limit.purge()]))
  }
  tidy()
  const timer = setInterval(tidy, tidyEveryMs)
  timer.unref()

  const load = createLoadLimit({ total: 1000, perSession: 64, signIns: 200, now: () => clock.now() })
  const turn = createTurn(() => clock.monotonic())
  const unwatch = watchTurns(turn)
  const readCookie = (header: string | undefined): string | undefined => cookie.read(header)
  const previews = createPreviewImages({ servers, sessions, readCookie, publicOrigin: () => publicOrigin, load, clock })
  const contractRoutes = mountContract({
    handlers: createHandlers({
      servers: config.servers,
      demoAccounts: demo?.accounts,
      sessionService,
      sessions,
      cookie,
      feeds,
      shelves,
      timeZones: createTimeZones(config.servers, clock),
      budgets,
      directories,
      locks,
      asCode,
      audit,
      bulk,
      writes,
      clock,
      build,
      pingStore: async () => {
        await sql`select 1`.execute(database)
      },
      version: packageJson.version,
    }),
    sessions,
    tableauOf: (session) =>
      createTableauSession({
        client: servers.of(session.facts.serverId).client,
        auth: { token: session.facts.token, siteId: session.facts.site.id },
        sessionId: session.id,
        principal: session.principal,
        user: session.facts.user,
        flavor: session.facts.flavor,
        serverId: session.facts.serverId,
        site: session.facts.site,
        onDead: (id) => sessions.markEnded(id),
        onCall: (operation) => budgets.count(session.facts, operation),
      }),
    readCookie,
    publicOrigin: () => publicOrigin,
    load,
    turn,
  })
  // The contract answers every other address under /api, if only by a 404.
  const api = Router().use(previews.router, contractRoutes)
  const web = webDir === undefined ? Router() : staticWeb(webDir, build)
  const application = createApp({ trustProxy: config.trustProxy, publicOrigin, log, now: () => clock.now(), api, web })
  listening.serve(admission({ load, turn, log })(application))
  log.info('listening', { address: publicOrigin })

  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    clearInterval(timer)
    unwatch()
    await listening.stop()
    stopping.abort(new Error('the application is stopping'))
    feeds.close()
    shelves.close()
    directories.close()
    previews.close()
    await drained(options.backgroundGraceMs ?? 3500)
    await servers.close()
    await database.destroy()
  }
  const closeOnce = (): Promise<void> => (closed ??= close())
  return { url: publicOrigin, port: listening.port, close: closeOnce, [Symbol.asyncDispose]: closeOnce }
}
