import type { Account } from '../accounts.ts'
import type { Call, HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import type { Session } from '../sessions.ts'
import { isAtLeast } from '../versions.ts'
import { membershipOf } from '../world.ts'
import { childOf } from '../xml-in.ts'
import type { RequestElement } from '../xml-in.ts'
import { element } from '../xml-out.ts'

/** Sign In, Sign Out, Switch Site, Get Current Server Session. */
export const authRoutes: readonly Route[] = [
  { operation: 'signIn', method: 'POST', path: '/auth/signin', since: '2.0', access: 'anyone', handle: signIn },
  { operation: 'signOut', method: 'POST', path: '/auth/signout', since: '2.0', access: 'session', handle: signOut },
  { operation: 'switchSite', method: 'POST', path: '/auth/switchSite', since: '2.6', access: 'session', handle: switchSite },
  { operation: 'currentSession', method: 'GET', path: '/sessions/current', since: '3.1', access: 'session', handle: currentSession },
]

/** A wrong user, password, token or site all get the same 401001, so that nothing can be told from it. */
function signIn(call: Call): HandlerReply {
  const credentials = childOf(call.body(), 'credentials')
  if (credentials === undefined) throw refusals.badRequest('Payload is either malformed or incomplete: credentials are missing.')
  const { account, pat } = authenticate(call, credentials)
  if (childOf(credentials, 'user') !== undefined) throw refusals.forbidden('Signing in as another user is not simulated.')
  const session = openSession(call, account, childOf(credentials, 'site')?.attributes.get('contentUrl') ?? '', pat)
  return { status: 200, content: credentialsElement(call, session), applied: true, opened: session }
}

function authenticate(call: Call, credentials: RequestElement): { account: Account; pat: string | undefined } {
  const { attributes } = credentials
  const tokenName = attributes.get('personalAccessTokenName')
  const tokenSecret = attributes.get('personalAccessTokenSecret')
  // Personal access tokens exist from 3.6 on; before that the two attributes mean nothing.
  if (tokenName !== undefined && tokenSecret !== undefined && isAtLeast(call.version, '3.6')) {
    const token = call.world.personalAccessTokens.find((candidate) => candidate.name === tokenName && candidate.secret === tokenSecret)
    if (token === undefined) throw refusals.signIn()
    return { account: token.owner, pat: token.name }
  }
  const name = attributes.get('name')
  const password = attributes.get('password')
  if (name === undefined || password === undefined) {
    if (attributes.has('jwt')) throw refusals.signIn()
    throw refusals.badRequest('Payload is either malformed or incomplete: name and password are missing.')
  }
  // Tableau compares user names without regard to case.
  const account = call.world.accounts.find((candidate) => candidate.name === name.toLowerCase() && candidate.password === password)
  if (account === undefined) throw refusals.signIn()
  return { account, pat: undefined }
}

function openSession(call: Call, account: Account, contentUrl: string, pat: string | undefined): Session {
  const site = call.world.sites.find((candidate) => candidate.contentUrl === contentUrl)
  const membership = site && membershipOf(account, site)
  if (site === undefined || membership === undefined || membership.siteRole === 'Unlicensed') throw refusals.signIn()
  return call.world.sessions.open(account, membership, site, pat)
}

function signOut({ world, session }: SignedInCall): HandlerReply {
  world.sessions.killToken(session.token)
  return { status: 204, applied: true }
}

/** New credentials on the other site; the old token is dead from then on. */
function switchSite(call: SignedInCall): HandlerReply {
  const contentUrl = childOf(call.body(), 'site')?.attributes.get('contentUrl')
  if (contentUrl === undefined) throw refusals.badRequest('Payload is either malformed or incomplete: the site is missing.')
  if (contentUrl === call.session.site.contentUrl) throw refusals.sameSite()
  const opened = openSession(call, call.session.account, contentUrl, call.session.pat)
  call.world.sessions.killToken(call.session.token)
  return { status: 200, content: credentialsElement(call, opened), applied: true, opened }
}

function currentSession({ session }: SignedInCall): HandlerReply {
  const { site, account, membership } = session
  return {
    status: 200,
    content: element(
      'session',
      {},
      element('site', { id: site.id, name: site.name, contentUrl: site.contentUrl }),
      element('user', { id: membership.userId, name: account.name, siteRole: membership.siteRole, authSetting: 'ServerDefault' }),
    ),
  }
}

const credentialsElement = (call: Call, session: Session) =>
  element(
    'credentials',
    { token: session.token, estimatedTimeToExpiration: isAtLeast(call.version, expirySince) ? inHours(call.world.sessions.idleLimitMs) : undefined },
    element('site', { id: session.site.id, contentUrl: session.site.contentUrl }),
    element('user', { id: session.membership.userId }),
  )

/** Old servers leave the expiry out; from which version on it is there is inferred. */
const expirySince = '3.6'

/** H:MM:SS; the hours may go past 99. */
const inHours = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
