import type { Content, Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { buildPath } from '../url.ts'
import type { ApiVersion } from '../version.ts'
import { childrenOf, requiredChild } from '../xml/element.ts'
import { decodeContent } from './content.ts'

/** Query Workbooks for Site: those the user may see, a page at a time. The owner has a name on newer servers only. */
export const queryWorkbooks = defineEndpoint({
  name: 'queryWorkbooks',
  method: 'GET',
  path: '/sites/{siteId}/workbooks',
  since: '2.0',
  scope: 'tableau:content:read',
  reference: 'REST API reference, § Query Workbooks for Site',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (page: PageRequest) => ({ query: pageQuery(page) }),
  decode: (root): Page<Content> =>
    decodePage(root, childrenOf(requiredChild(root, 'workbooks'), 'workbook').map((workbook) => decodeContent('workbook', workbook))),
})

/** Query Workbook. 404006 for one that is gone or that the user may not see. */
export const queryWorkbook = defineEndpoint({
  name: 'queryWorkbook',
  method: 'GET',
  path: '/sites/{siteId}/workbooks/{workbookId}',
  since: '2.0',
  scope: 'tableau:content:read',
  reference: 'REST API reference, § Query Workbook',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ workbookId }: { readonly workbookId: Luid }) => ({ params: { workbookId } }),
  decode: (root): Content => decodeContent('workbook', requiredChild(root, 'workbook')),
})

/**
 * Where Query Workbook Preview Image answers a PNG, for a proxy: everything after the host. It is no endpoint object, since
 * its reply is no XML.
 *
 * @throws {TableauInputError} for an id that is none.
 */
export const previewImagePath = (apiVersion: ApiVersion, ids: { readonly siteId: Luid; readonly workbookId: Luid }): string =>
  buildPath('queryWorkbookPreviewImage', apiVersion, '/sites/{siteId}/workbooks/{workbookId}/previewImage', { ...ids })
