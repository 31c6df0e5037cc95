import type { Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { TableauInputError } from '../errors.ts'
import { writeRequest } from '../xml/writer.ts'
import { decodeStartedJob, type StartedJob } from './started-job.ts'

interface WorkbookInput {
  readonly workbookId: Luid
}

interface DatasourceInput {
  readonly datasourceId: Luid
}

interface Encryption {
  /** Absent: as the site and the content say. */
  readonly encrypt?: boolean | undefined
}

const encryptQuery = ({ encrypt }: Encryption): { query?: URLSearchParams } => (encrypt === undefined ? {} : { query: new URLSearchParams({ encrypt: String(encrypt) }) })

/** The example of the reference closes `<datasources>` before its child; the schema of the API has it around them. */
const datasourcesElement = (datasourceIds: readonly Luid[] | undefined): string =>
  writeRequest({
    name: 'datasources',
    attributes: { includeAll: String(datasourceIds === undefined) },
    children: (datasourceIds ?? []).map((id) => ({ name: 'datasource', attributes: { id } })),
  })

/**
 * Create Extracts for Embedded Data Sources in a Workbook: of all its data sources, or of those given. Owner, owner or leader of its
 * project, administrators (403004). 409070 for one that is file based; refused where the site has run now switched off, and
 * where `encrypt` is asked for and encryption is disabled. Its job is listed, but cannot be queried (400031).
 */
export const createWorkbookExtract = defineEndpoint({
  name: 'createWorkbookExtract',
  method: 'POST',
  path: '/sites/{siteId}/workbooks/{workbookId}/createExtract',
  since: '3.5',
  reference: 'extract and encryption reference, § Create Extracts for Embedded Data Sources in a Workbook',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ workbookId, datasourceIds, encrypt }: WorkbookInput & Encryption & { readonly datasourceIds?: readonly Luid[] | undefined }) => {
    if (datasourceIds?.length === 0) throw new TableauInputError('createWorkbookExtract', 'datasourceIds', 'is empty')
    return { params: { workbookId }, ...encryptQuery({ encrypt }), body: datasourcesElement(datasourceIds) }
  },
  decode: (root): StartedJob => decodeStartedJob(root),
})

/** Create an Extract for a Data Source: otherwise as {@link createWorkbookExtract}, without a body. */
export const createDatasourceExtract = defineEndpoint({
  name: 'createDatasourceExtract',
  method: 'POST',
  path: '/sites/{siteId}/datasources/{datasourceId}/createExtract',
  since: '3.5',
  reference: 'extract and encryption reference, § Create an Extract for a Data Source',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ datasourceId, encrypt }: DatasourceInput & Encryption) => ({ params: { datasourceId }, ...encryptQuery({ encrypt }) }),
  decode: (root): StartedJob => decodeStartedJob(root),
})

/**
 * Delete Extracts of Embedded Data Sources from a Workbook: all of them; at once, without a job. The reference spells its address
 * `workbookss` once, and its example asks a data source. 409090 where there is none.
 */
export const deleteWorkbookExtract = defineEndpoint({
  name: 'deleteWorkbookExtract',
  method: 'POST',
  path: '/sites/{siteId}/workbooks/{workbookId}/deleteExtract',
  since: '3.5',
  reference: 'extract and encryption reference, § Delete Extracts of Embedded Data Sources from a Workbook',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: ({ workbookId }: WorkbookInput) => ({ params: { workbookId }, body: datasourcesElement(undefined) }),
  decode: () => undefined,
})

/** Delete the Extract from a Data Source: 204, where that of a workbook answers 200. */
export const deleteDatasourceExtract = defineEndpoint({
  name: 'deleteDatasourceExtract',
  method: 'POST',
  path: '/sites/{siteId}/datasources/{datasourceId}/deleteExtract',
  since: '3.5',
  reference: 'extract and encryption reference, § Delete the Extract from a Data Source',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: ({ datasourceId }: DatasourceInput) => ({ params: { datasourceId } }),
  decode: () => undefined,
})
