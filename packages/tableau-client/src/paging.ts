import { optionalInt, type XmlElement, child } from './xml/element.ts'

/** Which part of a list to read: `pageSize` 1 to 1,000 (larger is 403014), `pageNumber` from 1. */
export interface PageRequest {
  readonly pageNumber: number
  readonly pageSize: number
}

/** One page as Tableau describes it; each figure is absent where the reply has none. */
export interface Page<T> {
  readonly rows: T[]
  readonly pageNumber?: number
  readonly pageSize?: number
  /** Not always what can be fetched. */
  readonly totalAvailable?: number
}

/** The query of a page, to which a filter and a sort may be added. */
export const pageQuery = ({ pageNumber, pageSize }: PageRequest): URLSearchParams =>
  new URLSearchParams({ pageSize: String(pageSize), pageNumber: String(pageNumber) })

/** A page with its rows. `<pagination>` and each of its attributes may be absent. */
export const decodePage = <T>(root: XmlElement, rows: T[]): Page<T> => {
  const pagination = child(root, 'pagination')
  if (pagination === undefined) return { rows }
  const pageNumber = optionalInt(pagination, 'pageNumber')
  const pageSize = optionalInt(pagination, 'pageSize')
  const totalAvailable = optionalInt(pagination, 'totalAvailable')
  return {
    rows,
    ...(pageNumber === undefined ? {} : { pageNumber }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(totalAvailable === undefined ? {} : { totalAvailable }),
  }
}
