import type { Content, listWorkbooks, ParsedInputOf, ReplyOf } from '@refreshboard/api-types'
import { queryDatasource, queryWorkbook, type TableauReply } from '@refreshboard/tableau-client'
import type { Clock } from '../../clock.ts'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import { dataAgeOf } from '../../http/data-age.ts'
import { signedIn, type Context, type Handlers, type SignedIn } from '../../http/mount.ts'
import type { OpenSession } from '../../session/sessions.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import { findContent } from './content-search.ts'

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

  /** An item as it is now, with the names that its row lacks. */
  const one = async (session: OpenSession, tableau: TableauSession, reading: Promise<TableauReply<Content>>): Promise<{ body: Content }> => {
    const [{ value }, view] = await Promise.all([reading, directories.of(session.principal).read(tableau)])
    return { body: view.named(value) }
  }

  return {
    listWorkbooks: signedIn(({ input, ...context }) => list('workbook', input.query, context)),
    listDatasources: signedIn(({ input, ...context }) => list('datasource', input.query, context)),
    getWorkbook: signedIn(({ input, session, tableau }) => one(session, tableau, tableau.call(queryWorkbook, { workbookId: input.params.id }))),
    getDatasource: signedIn(({ input, session, tableau }) => one(session, tableau, tableau.call(queryDatasource, { datasourceId: input.params.id }))),
  }
}
