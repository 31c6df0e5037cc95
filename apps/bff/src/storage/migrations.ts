import type { Kysely, Migration } from 'kysely'

/** The store's layouts, oldest first. A released one is never changed: a change is a new entry. */
export const migrations: Record<string, Migration> = {
  '0001-sessions-and-writes': {
    up: async (db: Kysely<never>) => {
      await db.schema
        .createTable('sessions')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('sealed', 'blob', (column) => column.notNull())
        .addColumn('created_at', 'integer', (column) => column.notNull())
        .addColumn('active_at', 'integer', (column) => column.notNull())
        .addColumn('expires_at', 'integer', (column) => column.notNull())
        .addColumn('ended', 'integer', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('sessions_active_at').on('sessions').column('active_at').execute()
      await db.schema
        .createTable('writes')
        .addColumn('principal', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('operation', 'text', (column) => column.notNull())
        .addColumn('input_hash', 'text', (column) => column.notNull())
        .addColumn('target', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('evidence', 'text', (column) => column.notNull())
        .addColumn('problem', 'text')
        .addColumn('refused', 'integer', (column) => column.notNull())
        .addColumn('repeatable', 'integer', (column) => column.notNull())
        .addColumn('started_at', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('writes_key', ['principal', 'key'])
        .execute()
      await db.schema.createIndex('writes_started_at').on('writes').column('started_at').execute()
      await db.schema
        .createTable('sign_in_attempts')
        .addColumn('bucket', 'text', (column) => column.primaryKey())
        .addColumn('refused', 'integer', (column) => column.notNull())
        .addColumn('window_ends_at', 'integer', (column) => column.notNull())
        .execute()
    },
  },
  '0002-write-results': {
    up: async (db: Kysely<never>) => {
      for (const column of ['input', 'before', 'result']) {
        await db.schema.alterTable('writes').addColumn(column, 'text').execute()
      }
    },
  },
  '0003-sessions-listed-and-sign-outs': {
    up: async (db: Kysely<never>) => {
      for (const column of ['public_id', 'owner', 'browser']) {
        await db.schema
          .alterTable('sessions')
          .addColumn(column, 'text', (definition) => definition.notNull().defaultTo(''))
          .execute()
      }
      await db.schema.createIndex('sessions_owner').on('sessions').column('owner').execute()
      await db.schema
        .createTable('sign_outs')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('server_id', 'text', (column) => column.notNull())
        .addColumn('sealed', 'blob', (column) => column.notNull())
        .addColumn('expires_at', 'integer', (column) => column.notNull())
        .execute()
    },
  },
  '0004-audit': {
    up: async (db: Kysely<never>) => {
      await db.schema
        .createTable('audit')
        .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('of', 'integer')
        .addColumn('principal', 'text', (column) => column.notNull())
        .addColumn('server_id', 'text', (column) => column.notNull())
        .addColumn('site_id', 'text', (column) => column.notNull())
        .addColumn('at', 'integer', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('operation', 'text', (column) => column.notNull())
        .addColumn('bulk_id', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('search', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('audit_of').on('audit').columns(['of', 'state']).execute()
      await db.schema.createIndex('audit_place').on('audit').columns(['server_id', 'site_id', 'of', 'operation']).execute()
      await db.schema.createIndex('audit_key').on('audit').columns(['principal', 'key']).execute()
    },
  },
  '0005-bulk': {
    up: async (db: Kysely<never>) => {
      await db.schema
        .createTable('bulk_runs')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('principal', 'text', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('wanted', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('why', 'text')
        .addColumn('retry_at', 'integer')
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('warnings', 'text', (column) => column.notNull())
        .addColumn('planned_at', 'integer', (column) => column.notNull())
        .addColumn('started_at', 'integer')
        .addColumn('ended_at', 'integer')
        .execute()
      await db.schema.createIndex('bulk_runs_principal').on('bulk_runs').columns(['principal', 'planned_at']).execute()
      await db.schema
        .createTable('bulk_items')
        .addColumn('run_id', 'text', (column) => column.notNull())
        .addColumn('n', 'integer', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('about', 'text')
        .addColumn('step', 'text', (column) => column.notNull())
        .addColumn('will', 'text', (column) => column.notNull())
        .addColumn('changes', 'text')
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('evidence', 'text')
        .addColumn('problem', 'text')
        .addColumn('result', 'text')
        .addColumn('keys', 'text', (column) => column.notNull())
        .addColumn('input', 'text', (column) => column.notNull())
        .addColumn('sent_at', 'integer')
        .addPrimaryKeyConstraint('bulk_items_key', ['run_id', 'n'])
        .execute()
    },
  },
  '0006-audit-in-order': {
    up: async (db: Kysely<never>) => {
      // Each ends with the row's number, so that the newest of a site or of a person are found without sorting all of them.
      await db.schema.createIndex('audit_site').on('audit').columns(['server_id', 'site_id', 'of']).execute()
      await db.schema.createIndex('audit_principal').on('audit').columns(['principal', 'server_id', 'site_id', 'of']).execute()
    },
  },
}
