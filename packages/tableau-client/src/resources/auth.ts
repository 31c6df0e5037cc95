import type { Luid } from '@refreshboard/api-types'
import { defineEndpoint, type NoInput } from '../endpoint.ts'
import { isToken } from '../token.ts'
import { optionalText, requiredChild, requiredLuid, requiredText, type XmlElement, XmlReadError } from '../xml/element.ts'
import { type RequestElement, writeRequest } from '../xml/writer.ts'

export type Credentials =
  | { readonly method: 'password'; readonly name: string; readonly password: string }
  | { readonly method: 'pat'; readonly personalAccessTokenName: string; readonly personalAccessTokenSecret: string }

export interface SignInInput {
  /** The site's content URL; empty for the Default site of a Tableau Server. */
  readonly site: string
  readonly credentials: Credentials
}

/** A session at Tableau. */
export interface SignedIn {
  /** For the header of every later call; never for a log, an error or a browser. */
  readonly token: string
  readonly site: { readonly id: Luid; readonly contentUrl: string }
  readonly userId: Luid
  /** Tableau's estimate; servers before 2021 leave it out. */
  readonly expiresInMs?: number
}

/** `173:21:12`: hours can have three digits. Anything else is no estimate. */
const durationMs = (text: string | undefined): number | undefined => {
  const found = /^(\d{1,5}):(\d\d):(\d\d)$/.exec(text ?? '')
  return found === null ? undefined : (Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3])) * 1000
}

const decodeCredentials = (root: XmlElement): SignedIn => {
  const credentials = requiredChild(root, 'credentials')
  const token = requiredText(credentials, 'token')
  if (!isToken(token)) throw new XmlReadError('token of <credentials> is not fit for a header')
  const site = requiredChild(credentials, 'site')
  const expiresInMs = durationMs(credentials.attributes['estimatedTimeToExpiration'])
  return {
    token,
    site: { id: requiredLuid(site, 'id'), contentUrl: requiredText(site, 'contentUrl') },
    userId: requiredLuid(requiredChild(credentials, 'user'), 'id'),
    ...(expiresInMs === undefined ? {} : { expiresInMs }),
  }
}

const siteElement = (contentUrl: string): RequestElement => ({ name: 'site', attributes: { contentUrl } })

const credentialAttributes = (credentials: Credentials): Readonly<Record<string, string>> =>
  credentials.method === 'password'
    ? { name: credentials.name, password: credentials.password }
    : {
        personalAccessTokenName: credentials.personalAccessTokenName,
        personalAccessTokenSecret: credentials.personalAccessTokenSecret,
      }

/** Sign In. 401001 for a wrong user, password, token or site alike. A second sign-in with a PAT ends its first session. */
export const signIn = defineEndpoint({
  name: 'signIn',
  method: 'POST',
  path: '/auth/signin',
  since: '2.0',
  sinceFor: ({ credentials }) => (credentials.method === 'pat' ? '3.6' : '2.0'),
  reference: 'REST API reference, § Sign In',
  auth: 'none',
  operation: 'sign-in',
  reply: 'body',
  encode: ({ site, credentials }: SignInInput) => ({
    body: writeRequest({ name: 'credentials', attributes: credentialAttributes(credentials), children: [siteElement(site)] }),
  }),
  decode: decodeCredentials,
})

/** Sign Out. 401002 when the token was dead already. */
export const signOut = defineEndpoint({
  name: 'signOut',
  method: 'POST',
  path: '/auth/signout',
  since: '2.0',
  reference: 'REST API reference, § Sign Out',
  auth: 'session',
  operation: 'sign-out',
  reply: 'none',
  encode: (_input: NoInput) => ({}),
  decode: () => undefined,
})

/** Switch Site: new credentials; the old token is dead afterwards. 403070 for the site already in use. */
export const switchSite = defineEndpoint({
  name: 'switchSite',
  method: 'POST',
  path: '/auth/switchSite',
  since: '2.6',
  reference: 'REST API reference, § Switch Site',
  auth: 'session',
  operation: 'sign-in',
  reply: 'body',
  encode: ({ site }: { readonly site: string }) => ({ body: writeRequest(siteElement(site)) }),
  decode: decodeCredentials,
})

/** Whose session a token is. */
export interface CurrentSession {
  readonly site: { readonly id: Luid; readonly contentUrl?: string; readonly name?: string }
  readonly user: { readonly id: Luid; readonly name?: string }
}

/** Get Current Server Session. */
export const currentSession = defineEndpoint({
  name: 'currentSession',
  method: 'GET',
  path: '/sessions/current',
  since: '3.1',
  reference: 'REST API reference, § Get Current Server Session',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (_input: NoInput) => ({}),
  decode: (root): CurrentSession => {
    const session = requiredChild(root, 'session')
    const site = requiredChild(session, 'site')
    const user = requiredChild(session, 'user')
    return {
      site: { id: requiredLuid(site, 'id'), ...optionalText(site, 'contentUrl'), ...optionalText(site, 'name') },
      user: { id: requiredLuid(user, 'id'), ...optionalText(user, 'name') },
    }
  },
})
