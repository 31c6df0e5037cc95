import type { SiteDetail } from '@refreshboard/api-types'
import { querySite } from '@refreshboard/tableau-client'
import { signedIn, type Handlers } from '../../http/handler.ts'
import { assertOffered, hasEncryption } from '../../session/server-features.ts'
import { runNowOf } from '../../shelves/run-now.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { Locks } from '../../writes/locks.ts'
import { requestOf, writeReply } from '../../writes/write-request.ts'
import type { Writes } from '../../writes/writes.ts'
import { siteWideIntention, type SiteWideWrite } from './site-wide.ts'
import { updateIntention } from './update-site.ts'

interface SiteDeps {
  shelves: Shelves
  writes: Writes
  locks: Locks
}

type SiteHandlers = Pick<Handlers, 'getSite' | 'updateSite' | SiteWideWrite>

export const siteHandlers = ({ shelves, writes, locks }: SiteDeps): SiteHandlers => {
  const siteWide = (write: SiteWideWrite): Handlers[SiteWideWrite] =>
    signedIn(async ({ session, tableau, ...context }) => {
      assertOffered(hasEncryption(session.facts))
      return writeReply(await writes.perform(tableau, siteWideIntention(write, session.facts.site, requestOf(context))))
    })

  return {
    getSite: signedIn(async ({ tableau }) => {
      const { value } = await tableau.call(querySite, {})
      const { runNowEnabled: _run, timeZone: _zone, ...told } = value
      const body: SiteDetail = { ...told, runNow: runNowOf(value) }
      return { body }
    }),
    updateSite: signedIn(async ({ input: { body }, session, tableau, ...context }) => {
      assertOffered(hasEncryption(session.facts))
      const { tasks } = shelves.of(session.principal)
      return writeReply(await writes.perform(tableau, updateIntention(tasks, locks, session.facts.site.id, body, requestOf(context))))
    }),
    encryptSiteExtracts: siteWide('encryptSiteExtracts'),
    decryptSiteExtracts: siteWide('decryptSiteExtracts'),
    reencryptSiteExtracts: siteWide('reencryptSiteExtracts'),
  }
}
