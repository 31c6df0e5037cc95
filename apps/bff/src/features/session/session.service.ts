import type { Luid, Session, SignIn } from '@refreshboard/api-types'
import {
  currentSession,
  querySite,
  querySites,
  queryUserOnSite,
  signIn,
  switchSite,
  TableauApiError,
  type Credentials,
  type TableauAuth,
  type TableauClient,
} from '@refreshboard/tableau-client'
import { instant } from '../../clock.ts'
import { isTimeZone, type TableauServerConfig } from '../../config.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { mayAccelerate, mayCancelJobs, mayCreateTasks, mayEncryptSite, mayListJobs, mayManageExtracts, mayWriteSchedules, unknownRole } from '../../session/roles.ts'
import { addsToSchedules, deletesTasks, hasServerSchedules, hasTasks } from '../../session/server-features.ts'
import { notSignedIn, type OpenSession, type SessionFacts, type Sessions } from '../../session/sessions.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { SignInLimit } from '../../session/sign-in-limit.ts'
import type { SignOuts } from '../../session/sign-outs.ts'
import type { TableauServers } from '../../session/tableau-servers.ts'

export interface SessionDeps {
  servers: TableauServers
  sessions: Sessions
  limit: SignInLimit
  signOuts: SignOuts
  /** Keeps work that outlives its request from being cut off at a stop. */
  background: (work: Promise<unknown>) => void
  demo: boolean
}

/** A session and the value of its cookie. */
interface Opened {
  session: OpenSession
  cookieValue: string
}

/** Signing in, moving between sites and signing out. Each throws a ProblemError where it is refused. */
export interface SessionService {
  signIn(body: SignIn, cookie: string | undefined, from: { network: string; browser: string }): Promise<Opened>
  /** Moves to another site: another token at Tableau and another session here. Undefined when it is the site in use. */
  switchSite(session: OpenSession, tableau: TableauSession, site: string, browser: string): Promise<Opened | undefined>
  /** Ends it here at once, then at Tableau as far as that answers. */
  signOut(cookie: string | undefined): Promise<void>
  describe(session: OpenSession): Session
  /** Ends sessions of the same person on the same site; false when there was none. See {@link Sessions.end}. */
  end(session: OpenSession, publicId?: string): Promise<boolean>
}

/** The names after a sign-in may take this long. */
const namesMs = 5000

const credentialsOf = (body: SignIn): Credentials =>
  body.method === 'password'
    ? { method: 'password', name: body.name, password: body.password }
    : { method: 'pat', personalAccessTokenName: body.personalAccessTokenName, personalAccessTokenSecret: body.personalAccessTokenSecret }

const accountOf = (body: SignIn): string => (body.method === 'password' ? body.name : body.personalAccessTokenName)

const orUndefined = <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.then(
    (value) => value,
    () => undefined,
  )

interface Names {
  user: SessionFacts['user']
  siteName: string
  /** The site's, as Tableau Cloud tells it. */
  timeZone: string | undefined
}

/**
 * Names and role of a new session. Not every server tells them to everybody; a sign-in does not fail for want of a name,
 * and of an unknown role nothing is concluded.
 */
const readNames = async (client: TableauClient, auth: TableauAuth, userId: Luid, contentUrl: string, typedName: string): Promise<Names> => {
  const options = { auth, deadlineMs: namesMs }
  const [user, site] = await Promise.all([
    orUndefined(client.call(queryUserOnSite, { userId }, options)),
    orUndefined(client.call(querySite, {}, options)),
  ])
  const current = user === undefined ? await orUndefined(client.call(currentSession, {}, options)) : undefined
  return {
    user: user?.value ?? { id: userId, name: current?.value.user.name ?? typedName, siteRole: unknownRole },
    siteName: site?.value.name ?? (contentUrl === '' ? 'Default' : contentUrl),
    timeZone: site?.value.timeZone,
  }
}

/** On Cloud tasks run by the clock of their site; a Server's site may have a zone too, but its schedules run by the server's. */
const siteZone = (flavor: SessionFacts['flavor'], { timeZone }: Names): Pick<SessionFacts, 'siteTimeZone'> =>
  flavor === 'cloud' && timeZone !== undefined && isTimeZone(timeZone) ? { siteTimeZone: timeZone } : {}

const cloudHost = /(^|\.)online\.tableau\.com(:\d+)?$/

/** Cloud is told by its host, or by refusing the list of sites (403069). Anything else counts as a Server. */
const readFlavor = async (server: TableauServerConfig, client: TableauClient, auth: TableauAuth): Promise<SessionFacts['flavor']> => {
  if (cloudHost.test(server.host)) return 'cloud'
  try {
    await client.call(querySites, { pageNumber: 1, pageSize: 1 }, { auth, deadlineMs: namesMs })
    return 'server'
  } catch (error) {
    return error instanceof TableauApiError && error.code === '403069' ? 'cloud' : 'server'
  }
}

export const createSessionService = (deps: SessionDeps): SessionService => {
  const { servers, sessions, limit, signOuts, background } = deps

  const open = async (server: TableauServerConfig, body: SignIn, browser: string): Promise<Opened> => {
    const { client } = servers.of(server.id)
    const info = await client.negotiate()
    const { value: signedIn } = await client.call(signIn, { site: body.site, credentials: credentialsOf(body) })
    const auth = { token: signedIn.token, siteId: signedIn.site.id }
    const [names, flavor] = await Promise.all([
      readNames(client, auth, signedIn.userId, signedIn.site.contentUrl, accountOf(body)),
      readFlavor(server, client, auth),
    ])
    return sessions.create(
      {
        token: signedIn.token,
        serverId: server.id,
        flavor,
        productVersion: info.productVersion,
        apiVersion: info.apiVersion,
        site: { id: signedIn.site.id, name: names.siteName, contentUrl: signedIn.site.contentUrl },
        user: names.user,
        ...siteZone(flavor, names),
      },
      signedIn.expiresInMs,
      browser,
    )
  }

  return {
    signIn: async (body, cookie, { network, browser }) => {
      const server = servers.find(body.serverId)
      if (!server) {
        throw new ProblemError('validation', 'There is no server with this id. Choose one of the list.', { fields: { serverId: 'is not a configured server' } })
      }
      const account = JSON.stringify([server.id, body.method, accountOf(body)])
      const opened = await limit.guarded({ account, network }, () => open(server, body, browser))
      const former = await sessions.discard(cookie, signOuts.plan)
      if (former) background(signOuts.attempt(former.id))
      return opened
    },
    switchSite: async (session, tableau, site, browser) => {
      if (site === session.facts.site.contentUrl) return undefined
      const { facts } = session
      const { value: switched } = await tableau.call(switchSite, { site })
      const { client } = servers.of(facts.serverId)
      const auth = { token: switched.token, siteId: switched.site.id }
      const names = await readNames(client, auth, switched.userId, switched.site.contentUrl, facts.user.name)
      const { siteTimeZone: _, ...kept } = facts
      const opened = await sessions.create(
        {
          ...kept,
          token: switched.token,
          site: { id: switched.site.id, name: names.siteName, contentUrl: switched.site.contentUrl },
          user: names.user,
          ...siteZone(facts.flavor, names),
        },
        switched.expiresInMs,
        browser,
      )
      // Its token died with the switch: there is nothing to sign out at Tableau.
      if (await sessions.drop(session)) return opened
      // Signed out meanwhile, here or from another browser: the switch must not bring it back.
      const late = await sessions.discard(opened.cookieValue, signOuts.plan)
      if (late) background(signOuts.attempt(late.id))
      throw notSignedIn()
    },
    signOut: async (cookie) => {
      const former = await sessions.discard(cookie, signOuts.plan)
      if (former) await signOuts.attempt(former.id)
    },
    end: async (session, publicId) => {
      const { ended, known } = await sessions.end(session, publicId, signOuts.plan)
      background(Promise.all(known.map(({ id }) => signOuts.attempt(id))))
      return ended > 0
    },
    describe: ({ facts, principalTag, idleExpiresAt, expiresAt }) => {
      const { host, timeZone: configured } = servers.of(facts.serverId).server
      const timeZone = facts.siteTimeZone ?? configured
      return {
        server: {
          id: facts.serverId,
          host,
          flavor: facts.flavor,
          productVersion: facts.productVersion,
          apiVersion: facts.apiVersion,
          ...(timeZone === undefined ? {} : { timeZone: { name: timeZone, inferred: false } }),
        },
        site: facts.site,
        user: facts.user,
        can: {
          listJobs: mayListJobs(facts),
          cancelJobs: mayCancelJobs(facts),
          writeSchedules: mayWriteSchedules(facts),
          readSchedules: hasServerSchedules(facts),
          listTasks: hasTasks(facts),
          deleteTasks: deletesTasks(facts),
          addToSchedules: addsToSchedules(facts),
          createTasks: mayCreateTasks(facts),
          manageExtracts: mayManageExtracts(facts),
          siteEncryption: mayEncryptSite(facts),
          dataAcceleration: mayAccelerate(facts),
        },
        idleExpiresAt: instant(Math.min(idleExpiresAt, expiresAt)),
        expiresAt: instant(expiresAt),
        demo: deps.demo,
        principal: principalTag,
      }
    },
  }
}
