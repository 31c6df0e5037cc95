import { parseCookie, stringifySetCookie } from 'cookie'

/** The session cookie of one deployment: `__Host-` and Secure, except on plain-http loopback, which browsers would refuse. */
export interface SessionCookie {
  name: string
  /** The value in a `Cookie` header, if it is there. */
  read(header: string | undefined): string | undefined
  /** A `Set-Cookie` header. It has no age of its own: the server alone decides when a session is over. */
  set(value: string): string
  clear(): string
}

export const createSessionCookie = (secure: boolean): SessionCookie => {
  const name = secure ? '__Host-refreshboard' : 'refreshboard'
  const attributes = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const
  return {
    name,
    read: (header) => (header === undefined ? undefined : parseCookie(header)[name]),
    set: (value) => stringifySetCookie({ name, value, ...attributes }),
    clear: () => stringifySetCookie({ name, value: '', maxAge: 0, ...attributes }),
  }
}
