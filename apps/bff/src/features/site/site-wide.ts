import type { SessionFacts } from '../../session/sessions.ts'
import { decryptExtracts, encryptExtracts, reencryptExtracts } from '@refreshboard/tableau-client'
import type { Intention, IntentionRequest, ReadBack } from '../../writes/intention.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { againOf, unseenOf } from '../../writes/write-laws.ts'

/** What is done to all extracts of a site at once. */
export type SiteWideWrite = 'encryptSiteExtracts' | 'decryptSiteExtracts' | 'reencryptSiteExtracts'

const calls = { encryptSiteExtracts: encryptExtracts, decryptSiteExtracts: decryptExtracts, reencryptSiteExtracts: reencryptExtracts } as const

/** What Tableau does with every extract; the end of a sentence. */
const work: Readonly<Record<SiteWideWrite, string>> = {
  encryptSiteExtracts: 'encrypts all extracts of the site',
  decryptSiteExtracts: 'decrypts all extracts of the site',
  reencryptSiteExtracts: 'encrypts all extracts of the site with new keys',
}

/** Where a person can look instead. */
const lookAt: Readonly<Record<SiteWideWrite, string>> = {
  encryptSiteExtracts: 'Look at the encryption of its workbooks and data sources in the list of extracts',
  decryptSiteExtracts: 'Look at the encryption of its workbooks and data sources in the list of extracts',
  reencryptSiteExtracts: 'Nothing that can be looked at changes; ask whoever runs the server to look at its background tasks',
}

/** Tableau names no job and tells no progress, so there is nothing to read back. */
const readBack =
  (write: SiteWideWrite): ReadBack =>
  () =>
    Promise.resolve({ state: 'unconfirmed', evidence: `Tableau’s reply was lost, and ${unseenOf(write)} ${lookAt[write]} before sending it again.` })

/** Asks for it once. That Tableau took it says that the work has begun, not that it is over. */
export const siteWideIntention = (write: SiteWideWrite, { id, name }: SessionFacts['site'], request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: id,
  input: { siteId: id },
  send: async (tableau) => {
    await tableau.call(calls[write], {})
    return { evidence: `Tableau has taken it and ${work[write]} ${name}. It names no job and tells no progress; ${againOf(write)}.` }
  },
  readBack: readBack(write),
})

export const siteWideResumables = (): Resumable[] =>
  (['encryptSiteExtracts', 'decryptSiteExtracts', 'reencryptSiteExtracts'] as const).map((write) => ({ write, readBack: () => readBack(write) }))
