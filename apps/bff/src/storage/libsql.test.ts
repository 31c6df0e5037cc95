import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { openDatabase } from './database.ts'
import Libsql from 'libsql'
import { openLibsql, toSqlValue } from './libsql.ts'
import { StorageError } from './storage-error.ts'

const stored = (value: unknown): unknown => {
  const database = openLibsql(':memory:')
  try {
    database.prepare('create table t (v)').run([])
    database.prepare('insert into t (v) values (?)').run([value])
    const [row] = database.prepare('select v from t').all([])
    return row
  } finally {
    database.close()
  }
}

describe('what reaches libsql', () => {
  it.each([
    ['null', null, { v: null }],
    ['true', true, { v: 1 }],
    ['false', false, { v: 0 }],
    ['a Date', new Date(1_700_000_000_000), { v: 1_700_000_000_000 }],
    ['an integer', 42, { v: 42 }],
    ['the largest exact integer', Number.MAX_SAFE_INTEGER, { v: Number.MAX_SAFE_INTEGER }],
    ['a fraction', 1.5, { v: 1.5 }],
    ['a bigint that fits', 7n, { v: 7 }],
    ['a text', 'Zürich 🚀', { v: 'Zürich 🚀' }],
  ])('%s is stored', (_name, value, row) => {
    expect(stored(value)).toEqual(row)
  })

  it.each([
    ['undefined', undefined],
    ['an object', { a: 1 }],
    ['an array', [1]],
    ['a Map', new Map()],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an integer beyond 2^53', 2 ** 53],
    ['a bigint beyond 2^53', 2n ** 60n],
    ['an invalid Date', new Date(Number.NaN)],
    ['a text with NUL', 'a\0b'],
    ['half a surrogate pair', 'a\ud800b'],
    ['an ArrayBuffer', new ArrayBuffer(2)],
    ['a regular expression', /x/],
    ['an error', new Error('x')],
    ['a promise', Promise.resolve()],
    ['a boxed text', Object('text')],
  ])('%s is refused, and the process lives', (_name, value) => {
    expect(() => stored(value)).toThrow(TypeError)
  })

  it('keeps bytes', () => {
    const database = openLibsql(':memory:')
    const [row] = database.prepare('select ? as v').all([Buffer.from([1, 2, 255])])
    database.close()
    expect(row).toEqual({ v: Uint8Array.from([1, 2, 255]).buffer })
  })

  it('returns every text and number it takes', () => {
    const database = openLibsql(':memory:')
    const select = database.prepare('select ? as v')
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true })), (value) => {
        let bound: unknown
        try {
          bound = toSqlValue(value)
        } catch {
          return
        }
        const [row] = select.all([bound])
        expect(row).toEqual({ v: bound })
      }),
      { numRuns: 500 },
    )
    database.close()
  })

  it('refuses through Kysely too, whose types do not stop a cast', async () => {
    const database = await openDatabase(':memory:')
    await expect(sql`select ${{ an: 'object' }} as v`.execute(database)).rejects.toThrow(TypeError)
    await expect(sql`select ${true} as v`.execute(database)).resolves.toMatchObject({ rows: [{ v: 1 }] })
    await database.destroy()
  })

  it('tells a failure of SQLite by its code alone', () => {
    const database = openLibsql(':memory:')
    expect(() => database.prepare('select * from nowhere')).toThrow(StorageError)
    expect(() => database.prepare('select * from nowhere')).toThrow('storage failed: SQLITE_ERROR')
    database.close()
  })
})

describe('a store that somebody else holds for a moment', () => {
  it('is waited for', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'refreshboard-held-'))
    const file = path.join(directory, 'store.db')
    const made = new Libsql(file)
    made.exec('create table t (v)')
    made.close()
    const hold = "const Database = require(process.argv[1]); const held = new Database(process.argv[2]); held.exec('begin exclusive'); console.log('held'); setTimeout(() => { held.exec('commit'); held.close() }, 300)"
    const holder = spawn(process.execPath, ['-e', hold, createRequire(import.meta.url).resolve('libsql'), file], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      const ended = once(holder, 'close')
      await once(holder.stdout, 'data')
      const database = openLibsql(file)
      expect(database.prepare('select count(*) as count from t').all([])).toEqual([{ count: 0 }])
      database.close()
      await ended
    } finally {
      holder.kill('SIGKILL')
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
