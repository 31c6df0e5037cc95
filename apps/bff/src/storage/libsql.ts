import Database from 'libsql'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { ballastOf, type Ballast } from './ballast.ts'
import { assertSound } from './soundness.ts'
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

/** What SQLite says when it cannot write for want of room, on a full disk or at a limit of the size of a file. */
const codesOfNoRoom = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE'])

const isNoRoom = (error: unknown): boolean => error instanceof StorageError && codesOfNoRoom.has(error.code)

/**
 * Runs a statement while the disk may be full. What makes the store larger (an insert: a sign-in, a write that is about to be
 * sent) is refused as long as there is no ballast, and never uses it. Everything else (a sign-out, the outcome of a write)
 * may: with its room the log is written back into the store and begun again, and the statement is run once more.
 */
const inRoom = (connection: Database.Database, ballast: Ballast | undefined, sql: string) => {
  const isInsert = /^\s*insert\b/i.test(sql)
  return <T>(run: () => T): T => {
    if (ballast === undefined) return guarded(run)
    if (isInsert) {
      if (!ballast.hold()) throw new StorageError('SQLITE_FULL')
      return guarded(run)
    }
    try {
      return guarded(run)
    } catch (error) {
      if (!isNoRoom(error)) throw error
      ballast.release()
      // It may have undone the whole transaction.
      if (connection.inTransaction) throw error
      return guarded(() => {
        connection.pragma('wal_checkpoint(RESTART)')
        return run()
      })
    }
  }
}

const statement = (prepared: Database.Statement, within: ReturnType<typeof inRoom>): SqliteStatement => {
  const bind = (parameters: readonly unknown[]): SqlValue[] => parameters.map(toSqlValue)
  return {
    reader: prepared.reader,
    all: (parameters) => {
      const values = bind(parameters)
      return within(() => prepared.all(values))
    },
    run: (parameters) => {
      const values = bind(parameters)
      return within(() => prepared.run(values))
    },
    iterate: (parameters) => {
      const values = bind(parameters)
      return guarded(() => prepared.iterate(values))
    },
  }
}

const connect = (file: string): Database.Database =>
  guarded(() => {
    const connection = new Database(file)
    try {
      // First, since what follows takes locks: after a kill whoever looks at the file holds it for a moment.
      connection.pragma('busy_timeout = 1000')
      connection.pragma('journal_mode = WAL')
      connection.pragma('synchronous = FULL')
      assertSound(connection)
      return connection
    } catch (error) {
      connection.close()
      throw error
    }
  })

/** A start needs some room too. */
const connectInRoom = (file: string, ballast: Ballast): Database.Database => {
  try {
    return connect(file)
  } catch (error) {
    if (!isNoRoom(error)) throw error
    ballast.release()
    return connect(file)
  }
}

/**
 * Opens an SQLite file (or `:memory:`) as Kysely's SQLite driver: write-ahead log, and every commit on the disk before it
 * returns, because an idempotency record that is lost means a write that is sent twice. Throws a StorageError for a damaged
 * one.
 */
export const openLibsql = (file: string): SqliteDatabase => {
  const ballast = file === ':memory:' ? undefined : ballastOf(file)
  const connection = ballast === undefined ? connect(file) : connectInRoom(file, ballast)
  ballast?.hold()
  return {
    close: () => {
      connection.close()
    },
    prepare: (sql) => guarded(() => statement(connection.prepare(sql), inRoom(connection, ballast, sql))),
  }
}
