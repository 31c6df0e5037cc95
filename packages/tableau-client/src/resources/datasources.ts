import type { Content, Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { childrenOf, requiredChild } from '../xml/element.ts'
import { writeRequest } from '../xml/writer.ts'
import { decodeContent } from './content.ts'

/** Query Data Sources: the published ones that the user may see, a page at a time. */
export const queryDatasources = defineEndpoint({
  name: 'queryDatasources',
  method: 'GET',
  path: '/sites/{siteId}/datasources',
  since: '2.0',
  scope: 'tableau:content:read',
  reference: 'REST API reference, § Query Data Sources',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (page: PageRequest) => ({ query: pageQuery(page) }),
  decode: (root): Page<Content> =>
    decodePage(root, childrenOf(requiredChild(root, 'datasources'), 'datasource').map((datasource) => decodeContent('datasource', datasource))),
})

/** Query Data Source. 404004 for one that is gone or that the user may not see. */
export const queryDatasource = defineEndpoint({
  name: 'queryDatasource',
  method: 'GET',
  path: '/sites/{siteId}/datasources/{datasourceId}',
  since: '2.0',
  scope: 'tableau:content:read',
  reference: 'REST API reference, § Query Data Source',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ datasourceId }: { readonly datasourceId: Luid }) => ({ params: { datasourceId } }),
  decode: (root): Content => decodeContent('datasource', requiredChild(root, 'datasource')),
})

/** Update Data Source: whether its extract is encrypted, and nothing else of it; otherwise as Update Workbook. */
export const updateDatasource = defineEndpoint({
  name: 'updateDatasource',
  method: 'PUT',
  path: '/sites/{siteId}/datasources/{datasourceId}',
  since: '3.5',
  reference: 'REST API reference, § Update Data Source',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ datasourceId, encryptExtracts }: { readonly datasourceId: Luid; readonly encryptExtracts: boolean }) => ({
    params: { datasourceId },
    body: writeRequest({ name: 'datasource', attributes: { encryptExtracts: String(encryptExtracts) } }),
  }),
  decode: (root): Content => decodeContent('datasource', requiredChild(root, 'datasource')),
})
