import { refusals } from './errors.ts'
import type { QueryParameter } from './query-string.ts'
import { element } from './xml-out.ts'
import type { Xml } from './xml-out.ts'

const defaultPageSize = 100
const maxPageSize = 1000

export interface PageRequest {
  readonly pageNumber: number
  readonly pageSize: number
}

/** `pageNumber` from 1, `pageSize` 1 to 1000: 400006, 400007, 403014. */
export const parsePaging = (query: ReadonlyMap<string, QueryParameter>): PageRequest => {
  const pageSize = wholeNumber(query.get('pageSize')?.value, defaultPageSize)
  if (pageSize === undefined || pageSize < 1) throw refusals.pageSize('The page size must be a whole number greater than zero.')
  if (pageSize > maxPageSize) throw refusals.pageSizeTooLarge(`The page size must not be greater than ${maxPageSize}.`)
  const pageNumber = wholeNumber(query.get('pageNumber')?.value, 1)
  if (pageNumber === undefined || pageNumber < 1) throw refusals.pageNumber('The page number must be a whole number greater than zero.')
  return { pageNumber, pageSize }
}

const wholeNumber = (text: string | undefined, fallback: number): number | undefined => {
  if (text === undefined) return fallback
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** Where the page begins and ends; a page past the last one is 400006, but page 1 of nothing is fine. */
export const pageBounds = (page: PageRequest, total: number): { from: number; to: number } => {
  const from = (page.pageNumber - 1) * page.pageSize
  if (page.pageNumber > 1 && from >= total) throw refusals.pageNumber(`The page number ${page.pageNumber} is past the last page.`)
  return { from, to: Math.min(from + page.pageSize, total) }
}

export const paginationElement = (page: PageRequest, total: number): Xml =>
  element('pagination', { pageNumber: page.pageNumber, pageSize: page.pageSize, totalAvailable: total })
