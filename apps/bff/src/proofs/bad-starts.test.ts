import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createLogger } from '../http/logger.ts'
import { reasonOf } from '../run.ts'
import { startBff } from '../start-bff.ts'
import { openDatabase } from '../storage/database.ts'
import { bundled, type Bundled } from '../testing/bundled.ts'
import { startProgram } from '../testing/process.ts'

// What the program says of a configuration that it does not run with. START_ALL starts each as it is delivered, in a process of
// its own; otherwise only some are, and the others are started as its main.ts would.

interface Case {
  /** Always started as it is delivered. */
  delivered?: 'main' | 'demo'
  /** Lays out what it needs in a directory of its own; the environment beside a good one. */
  given: (directory: string) => Record<string, string> | Promise<Record<string, string>>
  /** Every line that is printed. */
  says: RegExp[]
}

const good = { TABLEAU_SERVERS: 'main=https://tableau.example.com', PORT: '0' }

/** A file of mode 600 unless told. */
const fileOf = (directory: string, content: string | Uint8Array, mode = 0o600): string => {
  const file = path.join(directory, 'given')
  writeFileSync(file, content)
  chmodSync(file, mode)
  return file
}
const key = (content: (directory: string) => string) => (directory: string) => ({ SECRET_KEY_FILE: content(directory) })
const walls = (content: string, mode?: number) => (directory: string) => ({ WALL_CREDENTIALS_FILE: fileOf(directory, content, mode) })
const goodKey = (directory: string): string => fileOf(directory, Buffer.from('an example of 32 bytes for a key'))
const store = (file: string) => ({ DATABASE_URL: `sqlite:${file}` })
/** A store as this version makes it, then changed. */
const changedStore = (change: (file: string) => void) => async (directory: string) => {
  const file = path.join(directory, 'given.db')
  await (await openDatabase(file)).destroy()
  const database = new Libsql(file)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  change(file)
  return store(file)
}
const flipped = (file: string): void => {
  const bytes = readFileSync(file)
  // The type of the first page's tree.
  bytes[100] = 0xff
  writeFileSync(file, bytes)
}
/** libsql ends the whole process when it reads one. */
const withBrokenText = (file: string): void => {
  const database = new Libsql(file)
  database.exec("insert into sign_in_attempts (bucket, refused, window_ends_at) values (cast(x'ff' as text), 1, 1)")
  database.close()
}
const ofNewerVersion = (file: string): void => {
  const database = new Libsql(file)
  database.exec("insert into kysely_migration (name, timestamp) values ('9999-of-a-newer-version', 'x')")
  database.close()
}

const other = createServer()
const portInUse = (): string => {
  const address = other.address()
  return typeof address === 'object' && address !== null ? String(address.port) : ''
}

const cases: Record<string, Case> = {
  'no server at all': { given: () => ({ TABLEAU_SERVERS: '' }), says: [/^TABLEAU_SERVERS: is missing.*main=https:/] },
  'a Tableau by plain http': { given: () => ({ TABLEAU_SERVERS: 'main=http://tableau.example.com' }), says: [/^TABLEAU_SERVERS: .*use https$/] },
  'a server with a password in its address': { given: () => ({ TABLEAU_SERVERS: 'main=https://me:hunter2@tableau.example.com' }), says: [/^TABLEAU_SERVERS: (?!.*hunter2).*alone, as in main=https:/] },
  'a server with a path': { given: () => ({ TABLEAU_SERVERS: 'main=https://tableau.example.com/site' }), says: [/^TABLEAU_SERVERS: .*alone, as in main=https:/] },
  'two servers of one id': { given: () => ({ TABLEAU_SERVERS: 'main=https://a.example.com,main=https://b.example.com' }), says: [/^TABLEAU_SERVERS: the id “main” is there twice$/] },
  'a server without an id': { given: () => ({ TABLEAU_SERVERS: 'https://tableau.example.com' }), says: [/^TABLEAU_SERVERS: .*is not an id.*as in main=https:/] },
  'an origin by plain http': { given: () => ({ PUBLIC_ORIGIN: 'http://refreshboard.example.com' }), says: [/^PUBLIC_ORIGIN: plain http .*use https/] },
  'an origin with a path': { given: () => ({ PUBLIC_ORIGIN: 'https://example.com/refreshboard' }), says: [/^PUBLIC_ORIGIN: .*is not an origin: write scheme, host and port alone/] },
  'an open address without an origin': { given: () => ({ HOST: '0.0.0.0' }), says: [/^PUBLIC_ORIGIN: is missing: with HOST=0\.0\.0\.0, say what people type/] },
  'a host that is not this machine': { given: () => ({ HOST: '192.0.2.1', PUBLIC_ORIGIN: 'https://refreshboard.example.com' }), says: [/^HOST: 192\.0\.2\.1 is not an address of this machine$/] },
  'a port that is none': { given: () => ({ PORT: '70000' }), says: [/^PORT: .*must be a whole number from 0 to 65535$/] },
  'a port in use': { delivered: 'main', given: () => ({ PORT: portInUse() }), says: [/^PORT: \d+ is in use by another program: stop it/] },
  'a port in use, in the demo': { delivered: 'demo', given: () => ({ TABLEAU_SERVERS: '', PORT: portInUse() }), says: [/^PORT: \d+ is in use by another program: stop it/] },
  'a real Tableau in the demo': { delivered: 'demo', given: () => ({}), says: [/^TABLEAU_SERVERS: the demo talks to simulators on this machine only; use “npm run serve”/] },
  'an unknown level of the log': { given: () => ({ LOG_LEVEL: 'loud' }), says: [/^LOG_LEVEL: .*must be one of trace, debug, info/] },
  'trust in every proxy': { given: () => ({ TRUST_PROXY: 'true' }), says: [/^TRUST_PROXY: must be the exact number of proxies/] },
  'trust in every network': { given: () => ({ TRUST_PROXY: '0.0.0.0/0' }), says: [/^TRUST_PROXY: must be the exact number of proxies/] },
  'trust in every network, by halves': { given: () => ({ TRUST_PROXY: '0.0.0.0/1,128.0.0.0/1' }), says: [/^TRUST_PROXY: must be the exact number of proxies/] },
  'an unknown time zone': { given: () => ({ TABLEAU_TIME_ZONE: 'Pacific' }), says: [/^TABLEAU_TIME_ZONE: .*is not an IANA time zone, such as America/] },
  'a time zone of an unknown server': { given: () => ({ TABLEAU_TIME_ZONE: 'other=UTC' }), says: [/^TABLEAU_TIME_ZONE: there is no server “other”/] },
  'sessions of no length': { given: () => ({ SESSION_IDLE_MINUTES: '0' }), says: [/^SESSION_IDLE_MINUTES: .*must be a whole number from 1 to 720$/] },
  'certificates that are not looked at': { given: () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }), says: [/^NODE_TLS_REJECT_UNAUTHORIZED: is 0, .*NODE_EXTRA_CA_CERTS$/] },
  'a lenient reader of HTTP': { delivered: 'main', given: () => ({ NODE_OPTIONS: '--insecure-http-parser' }), says: [/^NODE_OPTIONS: holds --insecure-http-parser, .*take it away$/] },
  'TLS of long ago': { given: () => ({ NODE_OPTIONS: '--tls-min-v1.0' }), says: [/^NODE_OPTIONS: holds --tls-min-v1\.0, .*take it away$/] },
  'a key that others can read': { given: key((directory) => fileOf(directory, Buffer.from('an example of 32 bytes for a key'), 0o644)), says: [/^SECRET_KEY_FILE: .*mode 644.*chmod 600/] },
  'a key of another length': { given: key((directory) => fileOf(directory, 'short')), says: [/^SECRET_KEY_FILE: .*exactly 32 random bytes, it holds 5$/] },
  'a key of zeros': { delivered: 'main', given: key((directory) => fileOf(directory, Buffer.alloc(32))), says: [/^SECRET_KEY_FILE: .*is no key: move it away/] },
  'a directory for a key': { given: key((directory) => directory), says: [/^SECRET_KEY_FILE: .*cannot be read by this account$/] },
  'a key that cannot be read': {
    given: key((directory) => {
      symlinkSync('round', path.join(directory, 'round'))
      return path.join(directory, 'round')
    }),
    says: [/^SECRET_KEY_FILE: .*cannot be read by this account$/],
  },
  'a key that cannot be made': { given: key(() => '/sys/refreshboard.key'), says: [/^SECRET_KEY_FILE: .*cannot be written: choose a place/] },
  'a store of another kind': { given: () => ({ DATABASE_URL: 'mysql://me:hunter2@db/x' }), says: [/^DATABASE_URL: (?!.*hunter2).*use sqlite:/] },
  'a store of a coming version’s kind': { given: () => ({ DATABASE_URL: 'postgres://db/x' }), says: [/^DATABASE_URL: PostgreSQL is not yet supported.*use sqlite:/] },
  'a store where nothing can be written': { given: (directory) => ({ ...store('/dev/null/store.db'), SECRET_KEY_FILE: goodKey(directory) }), says: [/^DATABASE_URL: .*choose a directory that this account can write to/] },
  'a directory for a store': { given: (directory) => ({ ...store(directory), SECRET_KEY_FILE: goodKey(directory) }), says: [/^DATABASE_URL: .*is a directory: write the name of a file in it/] },
  'a store that others can read': { given: changedStore((file) => chmodSync(file, 0o640)), says: [/^DATABASE_URL: .*mode 640.*chmod 600/] },
  'a store that is a text': { given: (directory) => store(fileOf(directory, 'no database, but long enough to be looked at '.repeat(20))), says: [/^DATABASE_URL: .*is no SQLite database.*put back a copy/] },
  'a damaged store': { delivered: 'main', given: changedStore(flipped), says: [/^DATABASE_URL: .*is damaged: put back a copy of it, or move it away/] },
  'a store with a text that is none': { delivered: 'main', given: changedStore(withBrokenText), says: [/^DATABASE_URL: .*is damaged: put back a copy of it, or move it away/] },
  'a store of a newer version': { given: changedStore(ofNewerVersion), says: [/^DATABASE_URL: .*was made by a newer version.*run that version/] },
  'credentials of walls that are not there': { given: () => ({ WALL_CREDENTIALS_FILE: '/nowhere/walls.json' }), says: [/^WALL_CREDENTIALS_FILE: .*does not exist$/] },
  'credentials of walls that others can read': { given: walls('{}', 0o604), says: [/^WALL_CREDENTIALS_FILE: .*mode 604.*chmod 600/] },
  'credentials of walls that are no JSON': { delivered: 'main', given: walls('secret = hunter2'), says: [/^WALL_CREDENTIALS_FILE: (?!.*hunter2).*is not JSON: write \{/] },
  'credentials of walls with less than it takes': { given: walls('{"main":{"site":"","personalAccessTokenSecret":"hunter2"}}'), says: [/^WALL_CREDENTIALS_FILE: (?!.*hunter2).*must be of the form \{/] },
  'credentials of walls of an unknown server': { given: walls('{"other":{"site":"","personalAccessTokenName":"n","personalAccessTokenSecret":"s"}}'), says: [/^WALL_CREDENTIALS_FILE: there is no server “other”/] },
  'three faults at once': { delivered: 'main', given: () => ({ PORT: 'x', PUBLIC_ORIGIN: 'http://refreshboard.example.com', DATABASE_URL: 'postgres://db' }), says: [/^PORT: /, /^PUBLIC_ORIGIN: /, /^DATABASE_URL: /] },
}

interface Refusal {
  code: number | null
  stdout: string
  lines: string[]
  ms: number
}

const all = process.env['START_ALL'] !== undefined
const bundles: Partial<Record<'main' | 'demo', Bundled>> = {}
const refusals = new Map<string, Refusal>()
const folder = mkdtempSync(path.join(tmpdir(), 'refreshboard-starts-'))

const refusedAsDelivered = async (entry: 'main' | 'demo', environment: Record<string, string>): Promise<Refusal> => {
  const startedAt = performance.now()
  const program = startProgram(bundles[entry]?.file ?? '', environment)
  // One that starts after all is ended, and fails its test.
  program.prints(/"address"|Refreshboard \(demo\): /).then(
    () => program.child.kill('SIGKILL'),
    () => undefined,
  )
  const code = await program.exited
  return { code, stdout: program.stdout(), lines: program.stderr().trimEnd().split('\n'), ms: performance.now() - startedAt }
}

const faultsOf = async (environment: Record<string, string>): Promise<readonly string[]> => {
  const read = readConfig(environment)
  if (!read.ok) return read.faults
  try {
    const bff = await startBff({ config: read.config, log: createLogger('silent') })
    await bff.close()
    return []
  } catch (error) {
    return [reasonOf(error)]
  }
}

const refuse = async (name: string, { delivered, given }: Case): Promise<void> => {
  const directory = path.join(folder, randomUUID())
  mkdirSync(directory)
  const environment = { ...good, TMPDIR: directory, DATABASE_URL: `sqlite:${directory}/store.db`, ...(await given(directory)) }
  const entry = all ? (delivered ?? 'main') : delivered
  refusals.set(name, entry === undefined ? { code: 1, stdout: '', lines: [...(await faultsOf(environment))], ms: 0 } : await refusedAsDelivered(entry, environment))
}

beforeAll(async () => {
  bundles.main = await bundled('main')
  bundles.demo = await bundled('demo')
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  const waiting = Object.entries(cases)
  const workThrough = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await refuse(...next)
  }
  await Promise.all([workThrough(), workThrough()])
}, 120_000)
afterAll(() => {
  other.close()
  for (const bundle of Object.values(bundles)) bundle.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('does not start with', () => {
  it.each(Object.entries(cases))('%s', (name, { says }) => {
    const refusal = refusals.get(name)
    expect([refusal?.code, refusal?.stdout]).toEqual([1, ''])
    expect(refusal?.lines).toEqual(says.map((pattern): unknown => expect.stringMatching(pattern)))
  })

  it('anything of this list, as it is delivered within two seconds', () => {
    const slowest = Math.max(...[...refusals.values()].map(({ ms }) => ms)) / 1000
    if (all) {
      process.stdout.write(`figure=bad-start-refused-within value=${slowest.toFixed(2)} unit=s goal=2 ${slowest <= 2 ? 'pass' : 'fail'} starts=${refusals.size}\n`)
    }
    expect(refusals.size).toBeGreaterThanOrEqual(20)
  })
})
