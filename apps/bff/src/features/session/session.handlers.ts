import type { SessionCookie } from '../../session/cookie.ts'
import { signedIn, type Handlers } from '../../http/mount.ts'
import type { SessionService } from './session.service.ts'

interface SessionHandlersDeps {
  service: SessionService
  cookie: SessionCookie
}

export const sessionHandlers = ({ service, cookie: sessionCookie }: SessionHandlersDeps): Pick<Handlers, 'signIn' | 'getSession' | 'signOut' | 'switchSite'> => ({
  signIn: async ({ input, cookie, network }) => {
    const { session, cookieValue } = await service.signIn(input.body, cookie, network)
    return { body: service.describe(session), cookie: sessionCookie.set(cookieValue) }
  },
  getSession: signedIn(({ session }) => Promise.resolve({ body: service.describe(session) })),
  signOut: async ({ cookie }) => {
    await service.signOut(cookie)
    return { body: undefined, cookie: sessionCookie.clear(), clearSiteData: '"cache", "storage"' }
  },
  switchSite: signedIn(async ({ input, session, tableau, cookie }) => {
    const opened = await service.switchSite(session, tableau, input.body.site, cookie)
    if (!opened) return { body: service.describe(session) }
    return { body: service.describe(opened.session), cookie: sessionCookie.set(opened.cookieValue) }
  }),
})
