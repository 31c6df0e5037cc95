import { isUtf8 } from 'node:buffer'
import type Database from 'libsql'
import { StorageError } from './storage-error.ts'

/** A name or a text as its bytes: libsql ends the whole process over a text that is not UTF-8. */
const bytesOf = (value: unknown): Buffer | undefined => (value instanceof ArrayBuffer ? Buffer.from(value) : undefined)

const rowsOf = (database: Database.Database, sql: string, values: string[] = []): unknown[][] =>
  database
    .prepare(sql)
    .all(values)
    .map((row): unknown[] => (typeof row === 'object' && row !== null ? Object.values(row) : []))

const isReadable = (row: unknown[]): boolean => row.every((value) => isUtf8(bytesOf(value) ?? Buffer.alloc(0)))

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const columnsOf = (database: Database.Database, table: string): string[] =>
  rowsOf(database, 'select cast(name as blob) from pragma_table_info(?)', [table]).map(([name]) => bytesOf(name)?.toString() ?? '')

const hasReadableTexts = (database: Database.Database, table: string): boolean => {
  const texts = columnsOf(database, table).map((name) => `case typeof(${quoted(name)}) when 'text' then ${quoted(name)} else '' end`)
  // A row in one piece; what is broken cannot be mended by what stands behind the comma.
  return rowsOf(database, `select cast(${texts.join(" || ',' || ")} as blob) from ${quoted(table)}`).every(isReadable)
}

const isSound = (database: Database.Database): boolean => {
  const schema = rowsOf(database, 'select cast(type as blob) as a, cast(name as blob) as b, cast(tbl_name as blob) as c, cast(sql as blob) as d from sqlite_schema')
  if (!schema.every(isReadable)) return false
  const [[isWell] = []] = rowsOf(database, "select integrity_check = 'ok' from pragma_integrity_check(1)")
  if (isWell !== 1) return false
  const tables = schema.filter(([type]) => bytesOf(type)?.toString() === 'table').map(([, name]) => bytesOf(name)?.toString() ?? '')
  return tables.every((table) => hasReadableTexts(database, table))
}

/**
 * Refuses a damaged store before anything is read of it: a text that is not UTF-8 would end the process whenever it is met,
 * and a lost record of a write could mean that it is sent twice.
 */
export const assertSound = (database: Database.Database): void => {
  if (!isSound(database)) throw new StorageError('SQLITE_CORRUPT')
}
