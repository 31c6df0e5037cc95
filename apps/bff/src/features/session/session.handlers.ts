import type { SessionCookie } from '../../session/cookie.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'
import { ProblemError } from '../../http/problem-error.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { SessionService } from './session.service.ts'

/** What a browser forgets at a sign-out. */
const clearSiteData = '"cache", "storage"'

interface SessionHandlersDeps {
  service: SessionService
  sessions: Sessions
  cookie: SessionCookie
}

export const sessionHandlers = ({ service, sessions, cookie: sessionCookie }: SessionHandlersDeps): Pick<Handlers, 'signIn' | 'getSession' | 'signOut' | 'switchSite' | 'listSessions' | 'endSession' | 'endSessions'> => ({
  signIn: async ({ input, cookie, network, browser }) => {
    const { session, cookieValue } = await service.signIn(input.body, cookie, { network, browser })
    return { body: service.describe(session), cookie: sessionCookie.set(cookieValue) }
  },
  getSession: signedIn(({ session }) => Promise.resolve({ body: service.describe(session) })),
  signOut: async ({ cookie }) => {
    await service.signOut(cookie)
    return { body: undefined, cookie: sessionCookie.clear(), clearSiteData }
  },
  switchSite: signedIn(async ({ input, session, tableau, browser }) => {
    const opened = await service.switchSite(session, tableau, input.body.site, browser)
    if (!opened) return { body: service.describe(session) }
    return { body: service.describe(opened.session), cookie: sessionCookie.set(opened.cookieValue) }
  }),
  listSessions: signedIn(async ({ session }) => ({ body: { items: await sessions.list(session) } })),
  endSession: signedIn(async ({ input, session }) => {
    if (!(await service.end(session, input.params.id))) {
      throw new ProblemError('not_found', 'You have no such session on this site. It may be over already: read the list again.')
    }
    return { body: undefined }
  }),
  endSessions: signedIn(async ({ session }) => {
    await service.end(session)
    return { body: undefined, cookie: sessionCookie.clear(), clearSiteData }
  }),
})
