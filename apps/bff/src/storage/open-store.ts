import { statSync } from 'node:fs'
import { assertPrivate } from '../session/secret-key.ts'
import { StartFault } from '../start-fault.ts'
import { openDatabase, type Database } from './database.ts'
import { StorageError } from './storage-error.ts'

const mendOrBegin = 'put back a copy of it, or move it away to begin with an empty one (everybody signs in again, and what became of the writes of the last day is forgotten)'

const elsewhere = 'cannot be opened: choose a directory that this account can write to'
const noRoom = 'cannot be opened, because its disk is full: make room'

const advice: Record<string, string> = {
  SQLITE_NOTADB: `is no SQLite database, or is damaged: ${mendOrBegin}`,
  SQLITE_READONLY: `cannot be written by this account; if it may, the store is damaged: ${mendOrBegin}`,
  SQLITE_CANTOPEN: elsewhere,
  SQLITE_FULL: noRoom,
  SQLITE_IOERR_SHMSIZE: noRoom,
  SQLITE_BUSY: 'is locked by another program: stop that one',
  EISDIR: 'is a directory: write the name of a file in it, as in sqlite:./data/refreshboard.db',
}

const reasonOf = (error: unknown): string => {
  if (error instanceof Error && error.message.startsWith('corrupted migrations')) {
    return `was made by a newer version of this application, or is damaged: run that version, or ${mendOrBegin}`
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
  return `${advice[code] ?? (error instanceof StorageError ? `is damaged: ${mendOrBegin}` : elsewhere)} (${code})`
}

/** Opens the store; throws a StartFault that says in one line what is wrong with it and what to do. */
export const openStore = async (file: string): Promise<Database> => {
  try {
    if (file !== ':memory:' && statSync(file, { throwIfNoEntry: false })?.isFile() === true) assertPrivate('DATABASE_URL', file)
    return await openDatabase(file)
  } catch (error) {
    if (error instanceof StartFault) throw error
    throw new StartFault(`DATABASE_URL: the store ${file} ${reasonOf(error)}`, { cause: error })
  }
}
