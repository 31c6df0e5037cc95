import { isFileBased } from '../content.ts'
import type { ContentItem, WorkbookDatasource } from '../content.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { readFlag } from '../encryption.ts'
import { refusals } from '../errors.ts'
import { hasExtractUnderWay, startExtract } from '../extract-runs.ts'
import { instant } from '../instant.ts'
import { mayManage } from '../permissions.ts'
import { parseQuery } from '../query-string.ts'
import { childOf } from '../xml-in.ts'
import { element } from '../xml-out.ts'
import { datasourceOf } from './datasources.ts'
import { workbookOf } from './workbooks.ts'

/** Create and Delete Extracts, of workbooks and of published data sources. */
export const extractRoutes: readonly Route[] = [
  { operation: 'createWorkbookExtract', method: 'POST', path: '/sites/:siteId/workbooks/:workbookId/createExtract', since: '3.5', access: 'site', handle: createForWorkbook },
  { operation: 'deleteWorkbookExtract', method: 'POST', path: '/sites/:siteId/workbooks/:workbookId/deleteExtract', since: '3.5', access: 'site', handle: deleteOfWorkbook },
  { operation: 'createDatasourceExtract', method: 'POST', path: '/sites/:siteId/datasources/:datasourceId/createExtract', since: '3.5', access: 'site', handle: createForDatasource },
  { operation: 'deleteDatasourceExtract', method: 'POST', path: '/sites/:siteId/datasources/:datasourceId/deleteExtract', since: '3.5', access: 'site', handle: deleteOfDatasource },
]

function createForWorkbook(call: SignedInCall): HandlerReply {
  const { item } = workbookOf(call)
  const wanted = readDatasources(call, item)
  return create(call, item, wanted)
}

function createForDatasource(call: SignedInCall): HandlerReply {
  const { item } = datasourceOf(call)
  call.optionalBody()
  return create(call, item, [])
}

/** § Delete Extracts of Embedded Data Sources from a Workbook has one body: all of them. */
function deleteOfWorkbook(call: SignedInCall): HandlerReply {
  const { item } = workbookOf(call)
  const { all } = readRequest(call)
  if (!all) throw refusals.badRequest('Payload is either malformed or incomplete: includeAll must be true.')
  remove(call, item)
  return { status: 200, applied: true }
}

function deleteOfDatasource(call: SignedInCall): HandlerReply {
  const { item } = datasourceOf(call)
  call.optionalBody()
  remove(call, item)
  return { status: 204, applied: true }
}

/**
 * Queues the job. It is refused where refreshes cannot be run by hand; what an encryption that is disabled, an extract that is there
 * and one that is under way answer is inferred.
 */
const create = (call: SignedInCall, item: ContentItem, datasources: readonly WorkbookDatasource[]): HandlerReply => {
  const { membership, site } = call.session
  const encrypt = readEncrypt(call)
  if (!mayManage(membership, item)) throw refusals.forbidden(`You do not have the permission to create an extract for '${item.name}'.`)
  if (!site.runNowEnabled) throw refusals.forbidden('RunNow is disabled for this site.')
  if (encrypt && site.extractEncryptionMode === 'disabled') throw refusals.extractOperation('Extract encryption is disabled for this site.')
  const [fileBased] = (item.kind === 'workbook' ? datasources : [item]).filter(isFileBased)
  if (fileBased !== undefined) throw refusals.notExtractable(`The data source '${fileBased.name}' cannot be extracted because it is file based or in another unsupported form.`)
  const isThere = item.kind === 'workbook' ? datasources.every(({ hasExtract }) => hasExtract) : item.hasExtracts
  if (isThere) throw refusals.extractOperation(`'${item.name}' has its extract already.`)
  if (hasExtractUnderWay(site, item)) throw refusals.alreadyQueued(`An extract of '${item.name}' is already being created.`)
  const job = startExtract(call.world, site, item, { datasources, encrypt })
  const about = element(item.kind, { id: item.id, name: item.name })
  const facts = { id: job.id, mode: 'Asynchronous', type: 'CreateExtract', createdAt: instant(job.createdAt) }
  return { status: 200, content: element('job', facts, element('extractCreationJob', {}, about, element('jobLuid', {}, job.id))), applied: true }
}

const remove = (call: SignedInCall, item: ContentItem): void => {
  const { membership } = call.session
  if (!mayManage(membership, item)) throw refusals.forbidden(`You do not have the permission to delete the extract of '${item.name}'.`)
  const sources = item.kind === 'workbook' ? item.datasources : [item]
  if (sources.every(isFileBased)) throw refusals.notExtractable(`'${item.name}' is file based or in another unsupported form.`)
  if (!item.hasExtracts) throw refusals.extractOperation(`'${item.name}' has no extract.`)
  for (const datasource of item.datasources) datasource.hasExtract = false
  item.hasExtracts = false
  item.updatedAt = call.world.clock.now()
}

const readEncrypt = (call: SignedInCall): boolean => {
  const given = parseQuery(call.query).get('encrypt')
  return given !== undefined && readFlag(given.value, 'encrypt')
}

/** What `<datasources includeAll>` and the ids in it say. */
const readRequest = (call: SignedInCall): { readonly all: boolean; readonly ids: readonly string[] } => {
  const wanted = childOf(call.body(), 'datasources')
  if (wanted === undefined) throw refusals.badRequest('Payload is either malformed or incomplete: the datasources are missing.')
  const all = readFlag(wanted.attributes.get('includeAll') ?? 'false', 'includeAll')
  const ids = wanted.children.filter(({ name }) => name === 'datasource').map(({ attributes }) => attributes.get('id') ?? '')
  if (!all && ids.length === 0) throw refusals.badRequest('Payload is either malformed or incomplete: without includeAll a datasource must be given.')
  return { all, ids }
}

const readDatasources = (call: SignedInCall, item: ContentItem): readonly WorkbookDatasource[] => {
  const { all, ids } = readRequest(call)
  if (all) return item.datasources
  return ids.map((id) => {
    const found = item.datasources.find((datasource) => datasource.id === id.toLowerCase())
    if (found === undefined) throw refusals.datasourceNotFound(`Data source '${id}' could not be found in the workbook.`)
    return found
  })
}
