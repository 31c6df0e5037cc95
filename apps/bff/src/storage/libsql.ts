import Database from 'libsql'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { StorageError } from './storage-error.ts'

/** What may reach libsql's binding. */
export type SqlValue = null | number | string | bigint | Uint8Array

const refuse = (what: string): never => {
  throw new TypeError(`${what} cannot be stored`)
}

const toSqlText = (value: string): string => {
  // libsql reads a text back only up to its first NUL, and replaces a lone surrogate.
  if (value.includes('\0')) return refuse('a text with a NUL character')
  if (/\p{Surrogate}/u.test(value)) return refuse('a text with half a surrogate pair')
  return value
}

const toSqlNumber = (value: number): number => {
  if (!Number.isFinite(value)) return refuse('a number that is not finite')
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return refuse('an integer beyond 2^53')
  return value
}

const toSqlBigint = (value: bigint): number =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : refuse('an integer beyond 2^53')

/**
 * Checks and converts one bound value. libsql 0.5 aborts the whole process on a bound boolean, Date or object, stores NaN
 * and undefined as NULL without a word, and loses precision above 2⁵³: so nothing is bound that has not passed here.
 *
 * Booleans become 0 and 1, Dates their milliseconds since 1970. Throws a TypeError for everything else that SQLite has no
 * type for.
 */
export const toSqlValue = (value: unknown): SqlValue => {
  if (value === null) return null
  switch (typeof value) {
    case 'string':
      return toSqlText(value)
    case 'number':
      return toSqlNumber(value)
    case 'bigint':
      return toSqlBigint(value)
    case 'boolean':
      return value ? 1 : 0
    case 'undefined':
      return refuse('undefined')
    case 'object':
      if (value instanceof Date) return toSqlNumber(value.getTime())
      if (value instanceof Uint8Array) return value
      return refuse('an object')
    case 'function':
    case 'symbol':
      return refuse(`a ${typeof value}`)
    default:
      return refuse('a value of an unknown type')
  }
}

/** libsql's errors carry SQLite's own words, which can hold paths: only the code travels on. */
const guarded = <T>(run: () => T): T => {
  try {
    return run()
  } catch (error) {
    if (error instanceof Database.SqliteError) throw new StorageError(error.code, { cause: error })
    throw error
  }
}

const statement = (prepared: Database.Statement): SqliteStatement => {
  const bind = (parameters: readonly unknown[]): SqlValue[] => parameters.map(toSqlValue)
  return {
    reader: prepared.reader,
    all: (parameters) => {
      const values = bind(parameters)
      return guarded(() => prepared.all(values))
    },
    run: (parameters) => {
      const values = bind(parameters)
      return guarded(() => prepared.run(values))
    },
    iterate: (parameters) => {
      const values = bind(parameters)
      return guarded(() => prepared.iterate(values))
    },
  }
}

/**
 * Opens an SQLite file (or `:memory:`) as Kysely's SQLite driver: write-ahead log, and every commit on the disk before it
 * returns, because an idempotency record that is lost means a write that is sent twice.
 */
export const openLibsql = (file: string): SqliteDatabase =>
  guarded(() => {
    const database = new Database(file)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('busy_timeout = 1000')
    return {
      close: () => {
        database.close()
      },
      prepare: (sql) => guarded(() => statement(database.prepare(sql))),
    }
  })
