import type { HandlerReply, SignedInCall } from './context.ts'
import { rowElement, selectFields } from './fields.ts'
import type { RowField } from './fields.ts'
import { parseFilter } from './filter.ts'
import type { FilterTable } from './filter.ts'
import { pageBounds, paginationElement, parsePaging } from './paging.ts'
import { parseQuery } from './query-string.ts'
import { parseSort } from './sort.ts'
import type { Order, SortKeys } from './sort.ts'
import { element, fragment } from './xml-out.ts'

/** A list that can be paged, filtered, sorted and told which fields to show. */
export interface Listing<T> {
  /** The elements of the list and of a row, such as `workbooks` and `workbook`. */
  readonly names: { readonly list: string; readonly row: string }
  readonly filters: FilterTable<T>
  readonly sortKeys: SortKeys<T>
  /** Without a sort, and between equals. */
  readonly order: Order<T>
  readonly fields: readonly RowField<T>[]
}

/** The page that a query asks for, of what the caller may see: 400006, 400007, 403014, 400065, 400000. */
export const listReply = <T>(call: SignedInCall, listing: Listing<T>, visible: readonly T[]): HandlerReply => {
  const query = parseQuery(call.query)
  const page = parsePaging(query)
  const filter = parseFilter(listing.filters, query.get('filter'), call.version)
  const order = parseSort(listing.sortKeys, listing.order, query.get('sort')) ?? listing.order
  const fields = selectFields(listing.fields, query.get('fields'), call.version)
  const selected = (filter === undefined ? visible : visible.filter(filter)).toSorted(order)
  const { from, to } = pageBounds(page, selected.length)
  const rows = selected.slice(from, to).map((item) => rowElement(listing.names.row, fields, item))
  return { status: 200, content: fragment([paginationElement(page, selected.length), element(listing.names.list, {}, fragment(rows))]) }
}
