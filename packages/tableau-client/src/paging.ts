import { optionalInt, type XmlElement, child } from './xml/element.ts'

/** Which part of a list to read: `pageSize` 1 to 1,000 (larger is 403014), `pageNumber` from 1. */
export interface PageRequest {
  readonly pageNumber: number
  readonly pageSize: number
}

export interface Page<T> {
  readonly rows: T[]
  readonly pageNumber: number
  /** As Tableau says; what was asked for where it does not. */
  readonly pageSize: number
  /** As Tableau says; not always what can be fetched. Absent in templates of the reference and on some lists. */
  readonly totalAvailable?: number
}

/** The query of a page, to which a filter and a sort may be added. */
export const pageQuery = ({ pageNumber, pageSize }: PageRequest): URLSearchParams =>
  new URLSearchParams({ pageSize: String(pageSize), pageNumber: String(pageNumber) })

/** A page with its rows. `<pagination>` and each of its attributes may be absent. */
export const decodePage = <T>(root: XmlElement, rows: T[]): Page<T> => {
  const pagination = child(root, 'pagination')
  if (pagination === undefined) return { rows, pageNumber: 1, pageSize: Math.max(rows.length, 1) }
  const totalAvailable = optionalInt(pagination, 'totalAvailable')
  return {
    rows,
    pageNumber: optionalInt(pagination, 'pageNumber') ?? 1,
    pageSize: optionalInt(pagination, 'pageSize') ?? Math.max(rows.length, 1),
    ...(totalAvailable === undefined ? {} : { totalAvailable }),
  }
}
