import { closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import type { BulkActionName, BulkItemState, BulkRunState, BulkStep } from '@refreshboard/api-types'
import { Kysely, Migrator } from 'kysely'
import { LibsqlDialect } from './libsql-dialect.ts'
import { migrations } from './migrations.ts'

/** Times are milliseconds since 1970. Blobs are written as Uint8Array and read as ArrayBuffer (libsql). */
interface Tables {
  sessions: SessionRow
  writes: WriteRow
  sign_in_attempts: SignInAttemptRow
  sign_outs: SignOutRow
  bulk_runs: BulkRunRow
  bulk_items: BulkItemRow
  audit: AuditRow
}

/** One signed-in browser. Who it is and its Tableau token are inside `sealed`, which only the cookie opens. */
export interface SessionRow {
  /** HMAC of the cookie's value: the value itself is stored nowhere. */
  id: string
  /** Of the format of `sealed`. */
  version: number
  sealed: Uint8Array | ArrayBuffer
  created_at: number
  active_at: number
  expires_at: number
  /** 1 when Tableau ended its token and the browser has not been told yet. */
  ended: number
  /** What its owner is told it is; random, and of no use to sign in with. Empty in rows of an earlier version. */
  public_id: string
  /** The tag of its principal: one person's sessions on one site have the same. */
  owner: string
  /** What the browser calls itself, in a few words. */
  browser: string
}

/** A Tableau session that has to be signed out yet; its token is sealed with the server's key alone. */
interface SignOutRow {
  id: string
  server_id: string
  sealed: Uint8Array | ArrayBuffer
  /** When Tableau ends the token by itself. */
  expires_at: number
}

/** One intention of a person towards Tableau, written before anything is sent. */
export interface WriteRow {
  principal: string
  key: string
  operation: string
  /** Hash of the operation's whole input. */
  input_hash: string
  /** What is written to, such as a job's id: enough to read it back. */
  target: string
  state: 'sending' | 'checking' | 'done' | 'not_done' | 'unconfirmed'
  evidence: string
  /** JSON of the problem why it is not done, or null. */
  problem: string | null
  /** 1 when the request itself was answered with that problem, and so is its repeat. */
  refused: number
  /** 1 when it is certain that Tableau did nothing and the same key may be sent again. */
  repeatable: number
  started_at: number
  /** JSON of the operation's whole input, which holds no secret; null when it is too long to keep. */
  input: string | null
  /** JSON of what was seen of the item before sending, or null. */
  before: string | null
  /** JSON of what the write made, or null. */
  result: string | null
}

/**
 * One event of the audit: that a write is sent (`of` is null), or what became known of one (`of` is its `seq`). Rows are only added,
 * and the oldest deleted.
 */
export interface AuditRow {
  seq: number
  of: number | null
  principal: string
  server_id: string
  site_id: string
  at: number
  /** The intention's key. */
  key: string
  operation: string
  /** The bulk run that it belongs to; empty for none. */
  bulk_id: string
  /** One of the contract's states; `sent` where `of` is null. */
  state: string
  /** What it is found by, in lower case. */
  search: string
  /** JSON; see audit/audit-log.ts. */
  body: string
  /** Keyed, over this row and the hash of the one before. */
  hash: string
}

/** Refused sign-ins in the current window, by account and network. */
interface SignInAttemptRow {
  bucket: string
  refused: number
  window_ends_at: number
}

/** Many writes that were asked for at once; `bulk_items` holds them one by one. */
export interface BulkRunRow {
  id: string
  principal: string
  action: BulkActionName
  /** JSON of what was asked for, which holds no secret: the plan is made again from it. */
  wanted: string
  title: string
  state: BulkRunState
  why: string | null
  retry_at: number | null
  digest: string
  /** JSON of the sentences. */
  warnings: string
  planned_at: number
  started_at: number | null
  ended_at: number | null
}

/** One item of a run. What is JSON in the contract is JSON here. */
export interface BulkItemRow {
  run_id: string
  n: number
  id: string
  name: string
  about: string | null
  step: BulkStep
  will: string
  changes: string | null
  state: BulkItemState
  reason: string | null
  evidence: string | null
  problem: string | null
  result: string | null
  /** JSON of the keys of its intentions, made with the plan: the same after a restart, so that nothing is sent twice. */
  keys: string
  /** JSON of what carrying it out needs. */
  input: string
  /** When it was first on its way, or null. */
  sent_at: number | null
}

export type Database = Kysely<Tables>

/** The file and its directory are for this account alone; SQLite gives its side files the mode of the main one. */
const makeFile = (file: string): void => {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
}

/** Opens the store and brings it to the newest layout. `file` is a path or `:memory:`. */
export const openDatabase = async (file: string): Promise<Database> => {
  if (file !== ':memory:') makeFile(file)
  const database: Database = new Kysely<Tables>({ dialect: new LibsqlDialect(file) })
  const migrator = new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(migrations) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await database.destroy()
    throw error instanceof Error ? error : new Error('the store could not be brought to this version')
  }
  return database
}
