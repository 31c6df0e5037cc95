import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { openLibsql } from './libsql.ts'
import { migrations } from './migrations.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'refreshboard-migrations-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** A store as an earlier version left it. */
const storeOf = async (file: string, upTo: string): Promise<void> => {
  const database = new Kysely<{ writes: Record<string, unknown> }>({ dialect: new SqliteDialect({ database: openLibsql(file) }) })
  const { error } = await new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(migrations) } }).migrateTo(upTo)
  expect(error).toBeUndefined()
  await database
    .insertInto('writes')
    .values({ principal: 'p', key: 'k', operation: 'jobs.cancel', input_hash: 'h', target: 't', state: 'done', evidence: 'e', problem: null, refused: 0, repeatable: 0, started_at: 1 })
    .execute()
  await database.destroy()
}

describe('a store of an earlier version', () => {
  it('keeps the records of its writes, which have neither input nor result', async () => {
    const file = path.join(directory, 'store.db')
    await storeOf(file, '0001-sessions-and-writes')
    const database = await openDatabase(file)
    const rows = await database.selectFrom('writes').selectAll().execute()
    expect(rows).toEqual([
      { principal: 'p', key: 'k', operation: 'jobs.cancel', input_hash: 'h', target: 't', state: 'done', evidence: 'e', problem: null, refused: 0, repeatable: 0, started_at: 1, input: null, before: null, result: null },
    ])
    await database.destroy()
  })

  it('is opened twice without harm', async () => {
    const file = path.join(directory, 'store.db')
    await (await openDatabase(file)).destroy()
    const database = await openDatabase(file)
    expect(await database.selectFrom('writes').selectAll().execute()).toEqual([])
    await database.destroy()
  })
})
