import type { Site } from '@refreshboard/api-types'
import { defineEndpoint, type NoInput } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { childrenOf, optionalFlag, optionalText, optionalWord, requiredChild, requiredLuid, requiredText, requiredWord, type XmlElement } from '../xml/element.ts'

const decodeSite = (site: XmlElement): Site => ({
  id: requiredLuid(site, 'id'),
  name: requiredWord(site, 'name'),
  contentUrl: requiredText(site, 'contentUrl'),
  ...optionalText(site, 'state'),
})

/** Query Sites: on a Tableau Server the sites the user belongs to; 403069 on Tableau Cloud. */
export const querySites = defineEndpoint({
  name: 'querySites',
  method: 'GET',
  path: '/sites',
  since: '2.0',
  reference: 'REST API reference, § Query Sites',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (page: PageRequest) => ({ query: pageQuery(page) }),
  decode: (root): Page<Site> => decodePage(root, childrenOf(requiredChild(root, 'sites'), 'site').map(decodeSite)),
})

/** What Query Site tells of the session's site beyond the contract's; each is absent where the user is not told. */
export type SiteFacts = Site & {
  /** Whether refreshes can be run by hand. */
  readonly runNowEnabled?: boolean
  /** The IANA zone in which tasks of Tableau Cloud run. */
  readonly timeZone?: string
}

/** Query Site: the session's own. */
export const querySite = defineEndpoint({
  name: 'querySite',
  method: 'GET',
  path: '/sites/{siteId}',
  since: '2.0',
  reference: 'REST API reference, § Query Site',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (_input: NoInput) => ({}),
  decode: (root): SiteFacts => {
    const site = requiredChild(root, 'site')
    return { ...decodeSite(site), ...optionalFlag(site, 'runNowEnabled'), ...optionalWord(site, 'timeZone') }
  },
})
