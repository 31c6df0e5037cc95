import type { Content } from '@refreshboard/api-types'
import { queryWorkbookConnections } from '@refreshboard/tableau-client'
import type { Clock } from '../../clock.ts'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import { mayListJobs } from '../../session/roles.ts'
import { assertOffered, hasEncryption, hasExtracts } from '../../session/server-features.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { Locks } from '../../writes/locks.ts'
import { requestOf, writeReply } from '../../writes/write-request.ts'
import type { Writes } from '../../writes/writes.ts'
import { createIntention } from './create-extract.ts'
import { deleteIntention } from './delete-extract.ts'
import { readExtractList } from './extract-list.ts'
import { encryptionIntention } from './set-encryption.ts'
import { datasourcesOf } from './workbook-datasources.ts'

interface ExtractsDeps {
  directories: ContentDirectories
  shelves: Shelves
  feeds: JobFeeds
  writes: Writes
  locks: Locks
  clock: Clock
}

type ExtractsHandlers = Pick<
  Handlers,
  | 'listExtracts'
  | 'listWorkbookDatasources'
  | 'createWorkbookExtract'
  | 'createDatasourceExtract'
  | 'deleteWorkbookExtract'
  | 'deleteDatasourceExtract'
  | 'updateWorkbook'
  | 'updateDatasource'
>

export const extractsHandlers = (deps: ExtractsDeps): ExtractsHandlers => {
  const { directories, shelves, writes, clock } = deps

  const create = (kind: Content['kind']): Handlers['createWorkbookExtract'] & Handlers['createDatasourceExtract'] =>
    signedIn(async ({ input: { params, body }, session: { principal, facts }, tableau, ...context }) => {
      assertOffered(hasExtracts(facts))
      const intention = createIntention(deps, principal, { kind, id: params.id }, body, mayListJobs(facts).allowed, requestOf(context))
      return writeReply(await writes.perform(tableau, intention))
    })

  const remove = (kind: Content['kind']): Handlers['deleteWorkbookExtract'] =>
    signedIn(async ({ input: { params }, session: { principal, facts }, tableau, ...context }) => {
      assertOffered(hasExtracts(facts))
      return writeReply(await writes.perform(tableau, deleteIntention(directories, principal, { kind, id: params.id }, requestOf(context))))
    })

  const update = (kind: Content['kind']): Handlers['updateWorkbook'] =>
    signedIn(async ({ input: { params, body }, session: { principal, facts }, tableau, ...context }) => {
      assertOffered(hasEncryption(facts))
      return writeReply(await writes.perform(tableau, encryptionIntention(deps, principal, { kind, id: params.id }, body, requestOf(context))))
    })

  return {
    listExtracts: signedIn(async ({ input: { query }, session: { principal, facts }, tableau, requestId }) => {
      const from = { clock, directory: directories.of(principal), shelf: shelves.of(principal).tasks }
      return { body: await readExtractList(from, { facts, tableau, requestId }, query) }
    }),
    listWorkbookDatasources: signedIn(async ({ input, tableau }) => {
      const { value } = await tableau.call(queryWorkbookConnections, { workbookId: input.params.id })
      return { body: { datasources: datasourcesOf(value) } }
    }),
    createWorkbookExtract: create('workbook'),
    createDatasourceExtract: create('datasource'),
    deleteWorkbookExtract: remove('workbook'),
    deleteDatasourceExtract: remove('datasource'),
    updateWorkbook: update('workbook'),
    updateDatasource: update('datasource'),
  }
}
