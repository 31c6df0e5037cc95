import type { Content } from '@refreshboard/api-types'
import { queryDatasources, queryWorkbooks, sweepPages, type Page, type PageRequest, type TableauEndpoint, type TableauReply } from '@refreshboard/tableau-client'

type Kind = Content['kind']

/** Workbooks and data sources by id. */
export type ContentRows = Readonly<Record<Kind, Map<string, Content>>>

export const noRows = (): ContentRows => ({ workbook: new Map(), datasource: new Map() })

export const countOf = (rows: ContentRows): number => rows.workbook.size + rows.datasource.size

/** The ids of projects, or of owners, that no row names. */
export const idsWithoutName = (rows: ContentRows, of: (row: Content) => Content['project']): Set<string> => {
  const ids = new Set<string>()
  for (const list of [rows.workbook, rows.datasource]) {
    for (const row of list.values()) {
      const reference = of(row)
      if (reference?.id !== undefined && reference.name === undefined) ids.add(reference.id)
    }
  }
  return ids
}

/** Ends a sweep at the bound. */
class TooMany extends Error {}

interface ContentSweep {
  readonly call: <O>(endpoint: TableauEndpoint<PageRequest, O>, page: PageRequest, signal: AbortSignal) => Promise<TableauReply<O>>
  /** Both kinds together. */
  readonly maxRows: number
  readonly signal: AbortSignal
  readonly onPage: (kind: Kind, rows: readonly Content[]) => void
}

/**
 * Reads all pages of both lists, each one page at a time. `cut`: there were more rows than `maxRows`, and the rest was not
 * read. Throws what reading threw; the other list is given up then.
 */
export const sweepContent = async ({ call, maxRows, signal, onPage }: ContentSweep): Promise<{ rows: ContentRows; cut: boolean }> => {
  const ending = new AbortController()
  const rows = noRows()
  let cut = false

  const sweep = async (kind: Kind, endpoint: TableauEndpoint<PageRequest, Page<Content>>): Promise<void> => {
    const fetchPage = async (page: PageRequest, stop: AbortSignal): Promise<TableauReply<Page<Content>>> => {
      if (countOf(rows) + page.pageSize > maxRows) throw new TooMany()
      return call(endpoint, page, stop)
    }
    try {
      const { rows: all } = await sweepPages(fetchPage, {
        signal: AbortSignal.any([signal, ending.signal]),
        concurrency: 1,
        onPage: (page) => {
          for (const row of page.rows) rows[kind].set(row.id, row)
          onPage(kind, page.rows)
        },
      })
      rows[kind].clear()
      for (const row of all) rows[kind].set(row.id, row)
    } catch (error) {
      if (!(error instanceof TooMany)) throw error
      cut = true
    }
  }

  try {
    await Promise.all([sweep('workbook', queryWorkbooks), sweep('datasource', queryDatasources)])
  } catch (error) {
    ending.abort(error)
    throw error
  }
  return { rows, cut }
}
