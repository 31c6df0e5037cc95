import { SqliteAdapter, SqliteDialect } from 'kysely'
import { openLibsql } from './libsql.ts'

/** SQLite changes its layout in transactions; Kysely leaves that unused. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** SQLite through libsql, whose layout changes wholly or not at all: a kill in the middle leaves the one before. */
export class LibsqlDialect extends SqliteDialect {
  constructor(file: string) {
    super({ database: openLibsql(file) })
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}
