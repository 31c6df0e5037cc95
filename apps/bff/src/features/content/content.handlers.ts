import type { Content, ContentDetail, listWorkbooks, ParsedInputOf, ReplyOf } from '@refreshboard/api-types'
import { queryDatasource, queryWorkbook, type TableauReply } from '@refreshboard/tableau-client'
import type { Clock } from '../../clock.ts'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import { findContent } from '../../directory/content-search.ts'
import { dataAgeOf } from '../../http/data-age.ts'
import { signedIn, type Context, type Handlers, type SignedIn } from '../../http/handler.ts'
import type { OpenSession } from '../../session/sessions.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import { permissionsOf } from './content-permissions.ts'

interface ContentDeps {
  directories: ContentDirectories
  clock: Clock
}

type Query = ParsedInputOf<typeof listWorkbooks>['query']

export const contentHandlers = ({ directories, clock }: ContentDeps): Pick<Handlers, 'listWorkbooks' | 'getWorkbook' | 'listDatasources' | 'getDatasource'> => {
  const list = async (
    kind: Content['kind'],
    { q, offset, limit }: Query,
    { session, tableau, requestId }: SignedIn & Pick<Context<unknown>, 'requestId'>,
  ): Promise<{ body: ReplyOf<typeof listWorkbooks> }> => {
    const view = await directories.of(session.principal).read(tableau)
    const all = view.contents(kind)
    // Nothing was ever read: an empty list would say that there is nothing.
    if (!view.complete && view.failure !== undefined && all.length === 0) throw view.failure
    const found = findContent(all, q)
    return {
      body: { rows: found.slice(offset, offset + limit), total: found.length, complete: view.complete, age: dataAgeOf(view, requestId, clock.now()) },
    }
  }

  /** An item as it is now, with the names that its row lacks, and what this user may do with it. */
  const one = async ({ principal, facts }: OpenSession, tableau: TableauSession, reading: Promise<TableauReply<Content>>): Promise<{ body: ContentDetail }> => {
    const directory = directories.of(principal)
    const [{ value }, view] = await Promise.all([reading, directory.read(tableau)])
    const row = view.contentOf(value.kind, value.id)
    // Its extract was made or deleted since the list was read.
    if (row !== undefined && (row.hasExtracts !== value.hasExtracts || row.encryptExtracts !== value.encryptExtracts)) directory.expire()
    return { body: { ...view.named(value), ...(await permissionsOf(value, facts, tableau)) } }
  }

  return {
    listWorkbooks: signedIn(({ input, ...context }) => list('workbook', input.query, context)),
    listDatasources: signedIn(({ input, ...context }) => list('datasource', input.query, context)),
    getWorkbook: signedIn(({ input, session, tableau }) => one(session, tableau, tableau.call(queryWorkbook, { workbookId: input.params.id }))),
    getDatasource: signedIn(({ input, session, tableau }) => one(session, tableau, tableau.call(queryDatasource, { datasourceId: input.params.id }))),
  }
}
