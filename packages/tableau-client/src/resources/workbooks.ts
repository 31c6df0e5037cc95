import type { Content, Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { buildPath } from '../url.ts'
import type { ApiVersion } from '../version.ts'
import { child, childrenOf, optionalText, optionalWord, requiredChild, requiredWord, type XmlElement } from '../xml/element.ts'
import { writeRequest } from '../xml/writer.ts'
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
 * Update Workbook: whether its extracts are encrypted, and nothing else of it. Its owner and administrators (403004); it counts where
 * the site's mode is `enabled` (extract and encryption reference, § About Extract Encryption).
 */
export const updateWorkbook = defineEndpoint({
  name: 'updateWorkbook',
  method: 'PUT',
  path: '/sites/{siteId}/workbooks/{workbookId}',
  since: '3.5',
  reference: 'REST API reference, § Update Workbook',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ workbookId, encryptExtracts }: { readonly workbookId: Luid; readonly encryptExtracts: boolean }) => ({
    params: { workbookId },
    body: writeRequest({ name: 'workbook', attributes: { encryptExtracts: String(encryptExtracts) } }),
  }),
  decode: (root): Content => decodeContent('workbook', requiredChild(root, 'workbook')),
})

/** A connection of a workbook to its data; several can lead to one data source. */
export interface WorkbookConnection {
  /** Such as `sqlserver` or `excel-direct`. */
  readonly type?: string
  /** The data source that it belongs to, embedded or published. */
  readonly datasource?: { readonly id: string; readonly name?: string }
}

const decodeConnection = (connection: XmlElement): WorkbookConnection => {
  const datasource = child(connection, 'datasource')
  return {
    ...optionalWord(connection, 'type'),
    ...(datasource === undefined ? {} : { datasource: { id: requiredWord(datasource, 'id'), ...optionalText(datasource, 'name') } }),
  }
}

/** Query Workbook Connections: all of them in one reply. */
export const queryWorkbookConnections = defineEndpoint({
  name: 'queryWorkbookConnections',
  method: 'GET',
  path: '/sites/{siteId}/workbooks/{workbookId}/connections',
  since: '2.0',
  reference: 'REST API reference, § Query Workbook Connections',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ workbookId }: { readonly workbookId: Luid }) => ({ params: { workbookId } }),
  decode: (root): WorkbookConnection[] => childrenOf(requiredChild(root, 'connections'), 'connection').map(decodeConnection),
})

/**
 * Where Query Workbook Preview Image answers a PNG, for a proxy: everything after the host. It is no endpoint object, since
 * its reply is no XML.
 *
 * @throws {TableauInputError} for an id that is none.
 */
export const previewImagePath = (apiVersion: ApiVersion, ids: { readonly siteId: Luid; readonly workbookId: Luid }): string =>
  buildPath('queryWorkbookPreviewImage', apiVersion, '/sites/{siteId}/workbooks/{workbookId}/previewImage', { ...ids })
