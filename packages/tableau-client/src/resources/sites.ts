import type { Site } from '@refreshboard/api-types'
import { defineEndpoint, type NoInput } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { childrenOf, requiredChild } from '../xml/element.ts'
import { decodeSite, decodeSiteFacts, type SiteFacts } from './site-facts.ts'

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
  decode: (root): SiteFacts => decodeSiteFacts(requiredChild(root, 'site')),
})
