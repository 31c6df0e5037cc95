import type { Site } from '@refreshboard/api-types'
import { isRefusal, querySites, sweepPages } from '@refreshboard/tableau-client'
import { signedIn, type Handlers } from '../../http/handler.ts'

const byName = (a: Site, b: Site): number => {
  const [x, y] = [a.name.toLowerCase(), b.name.toLowerCase()]
  return x < y ? -1 : x > y ? 1 : 0
}

export const sitesHandlers = (): Pick<Handlers, 'listSites'> => ({
  listSites: signedIn(async ({ session, tableau }) => {
    try {
      const { rows } = await sweepPages((page, signal) => tableau.call(querySites, page, { signal }))
      return { body: { sites: rows.toSorted(byName), complete: true } }
    } catch (error) {
      // Cloud has no such list (403069), and a Server keeps it from some roles: another site can still be typed.
      if (!isRefusal(error)) throw error
      return { body: { sites: [session.facts.site], complete: false } }
    }
  }),
})
