import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { Router } from 'express'
import { sql } from 'kysely'
import type { DemoAccount } from '@refreshboard/api-types'
import packageJson from '../package.json' with { type: 'json' }
import { createApp } from './app.ts'
import { systemClock, type Clock } from './clock.ts'
import { isLoopback, type Config } from './config.ts'
import { createContentDirectories } from './directory/content-directories.ts'
import { createSessionService } from './features/session/session.service.ts'
import { createLoadLimit } from './http/load-limit.ts'
import { createLogger, type Logger } from './http/logger.ts'
import { mountContract } from './http/mount.ts'
import { openPort } from './http/server.ts'
import { createWebBuild, staticWeb } from './http/static-web.ts'
import { createJobFeeds } from './live/job-feeds.ts'
import { createPreviewImages } from './proxy/preview-image.ts'
import { createHandlers } from './routes.ts'
import { createSessionCookie } from './session/cookie.ts'
import { assertPrivate, loadSecretKey } from './session/secret-key.ts'
import { createSessionStore } from './session/session-store.ts'
import { createSessions } from './session/sessions.ts'
import { createSignInLimit } from './session/sign-in-limit.ts'
import { createTableauServers } from './session/tableau-servers.ts'
import { createTableauSession } from './session/tableau-session.ts'
import { createShelves } from './shelves/shelves.ts'
import { StartFault } from './start-fault.ts'
import { openDatabase, type Database } from './storage/database.ts'
import { createLocks } from './writes/locks.ts'
import { createWriteStore } from './writes/write-store.ts'
import { createWrites } from './writes/writes.ts'

export interface BffOptions {
  config: Config
  /** The built web app; without it only the API is served. */
  webDir?: string
  /** A demo: its accounts can be clicked, and every server must be on this machine. */
  demo?: { accounts: DemoAccount[] }
  log?: Logger
  clock?: Clock
  /** For one call of Tableau, in milliseconds (10,000). */
  tableauDeadlineMs?: number
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

/** At a stop, work that outlives its request (a sign-out at Tableau) may take this long. */
const backgroundGraceMs = 3500

const assertStartable = (config: Config, isDemo: boolean): void => {
  if (isDemo && config.servers.some((server) => !isLoopback(new URL(server.url).hostname))) {
    throw new StartFault('TABLEAU_SERVERS: the demo talks to simulators on this machine only; use “npm run serve” for a real Tableau')
  }
  const { wallCredentialsFile } = config
  if (wallCredentialsFile === undefined) return
  if (!existsSync(wallCredentialsFile)) throw new StartFault(`WALL_CREDENTIALS_FILE: ${wallCredentialsFile} does not exist`)
  assertPrivate('WALL_CREDENTIALS_FILE', wallCredentialsFile)
}

const openStore = async (file: string): Promise<Database> => {
  try {
    return await openDatabase(file)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new StartFault(`DATABASE_URL: the store ${file} cannot be opened (${reason}): choose a directory that this account can write to`, { cause: error })
  }
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
  const pending = new Set<Promise<unknown>>()
  const background = (work: Promise<unknown>): void => {
    const settled = work.then(
      () => undefined,
      (error: unknown) => log.error('work in the background failed', { error: error instanceof Error ? error.name : 'unknown' }),
    )
    pending.add(settled)
    void settled.then(() => pending.delete(settled))
  }

  const servers = createTableauServers(config.servers, options.tableauDeadlineMs === undefined ? {} : { deadlineMs: options.tableauDeadlineMs })
  const sessions = createSessions({ store: createSessionStore(database), serverKey, clock, idleMinutes: config.sessionIdleMinutes })
  const limit = createSignInLimit(database, clock)
  const feeds = createJobFeeds(clock)
  const shelves = createShelves(clock)
  const directories = createContentDirectories(clock)
  const writes = createWrites({ store: createWriteStore(database), clock, log, background, stop: stopping.signal })
  const cookie = createSessionCookie(publicOrigin.startsWith('https:'))
  const build = createWebBuild(webDir ?? '')
  const sessionService = createSessionService({ servers, sessions, limit, log, background, demo: demo !== undefined })
  await writes.recover()

  const tidy = (): void => {
    feeds.tidy()
    shelves.tidy()
    directories.tidy()
    background(Promise.all([sessions.purge(), writes.purge(), limit.purge()]))
  }
  tidy()
  const timer = setInterval(tidy, tidyEveryMs)
  timer.unref()

  const load = createLoadLimit({ total: 1000, perSession: 64, signIns: 200, now: () => clock.now() })
  const readCookie = (header: string | undefined): string | undefined => cookie.read(header)
  const previews = createPreviewImages({ servers, sessions, readCookie, publicOrigin: () => publicOrigin, load, clock })
  const contractRoutes = mountContract({
    handlers: createHandlers({
      servers: config.servers,
      demoAccounts: demo?.accounts,
      sessionService,
      cookie,
      feeds,
      shelves,
      directories,
      locks: createLocks(),
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
        onDead: (id) => sessions.markEnded(id),
      }),
    readCookie,
    publicOrigin: () => publicOrigin,
    load,
  })
  // The contract answers every other address under /api, if only by a 404.
  const api = Router().use(previews.router, contractRoutes)
  const web = webDir === undefined ? Router() : staticWeb(webDir, build)
  listening.serve(createApp({ trustProxy: config.trustProxy, publicOrigin, log, now: () => clock.now(), api, web }))
  log.info('listening', { address: publicOrigin })

  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    clearInterval(timer)
    await listening.stop()
    stopping.abort(new Error('the application is stopping'))
    feeds.close()
    shelves.close()
    directories.close()
    previews.close()
    const grace = new AbortController()
    await Promise.race([Promise.all(pending), systemClock.delay(backgroundGraceMs, grace.signal).catch(() => undefined)])
    grace.abort()
    await servers.close()
    await database.destroy()
  }
  const closeOnce = (): Promise<void> => (closed ??= close())
  return { url: publicOrigin, port: listening.port, close: closeOnce, [Symbol.asyncDispose]: closeOnce }
}
