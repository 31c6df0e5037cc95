import type { Content, Luid } from '@refreshboard/api-types'
import { queryDatasource, queryWorkbook } from '@refreshboard/tableau-client'
import type { TableauSession } from '../../session/tableau-session.ts'

/** A workbook or a published data source. */
export interface Item {
  readonly kind: Content['kind']
  readonly id: Luid
}

/** As it is now, past all caches. */
export const readItem = async (tableau: TableauSession, { kind, id }: Item): Promise<Content> =>
  (kind === 'workbook' ? await tableau.call(queryWorkbook, { workbookId: id }) : await tableau.call(queryDatasource, { datasourceId: id })).value

/** What it is called in a sentence. */
export const nounOf = ({ kind }: Pick<Item, 'kind'>): string => (kind === 'workbook' ? 'workbook' : 'data source')
