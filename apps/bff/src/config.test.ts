import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const good = { TABLEAU_SERVERS: 'main=https://tableau.example.com' }

const faultsOf = (environment: Record<string, string | undefined>): string[] => {
  const read = readConfig(environment)
  return read.ok ? [] : read.faults
}

describe('a good environment', () => {
  it('needs the servers alone', () => {
    expect(readConfig(good)).toEqual({
      ok: true,
      config: {
        host: '127.0.0.1',
        port: 4100,
        servers: [{ id: 'main', url: 'https://tableau.example.com', host: 'tableau.example.com' }],
        databaseFile: './data/refreshboard.db',
        secretKeyFile: './data/refreshboard.key',
        trustProxy: false,
        logLevel: 'info',
        sessionIdleMinutes: 240,
      },
    })
  })

  it('can say everything', () => {
    const read = readConfig({
      HOST: '0.0.0.0',
      PORT: '0',
      PUBLIC_ORIGIN: 'https://refreshboard.example.com',
      TABLEAU_SERVERS: 'main=https://tableau.example.com:8443/, cloud=https://10ax.online.tableau.com,dev=http://127.0.0.1:8850',
      TABLEAU_TIME_ZONE: 'main=America/Los_Angeles,cloud=UTC',
      DATABASE_URL: 'sqlite::memory:',
      WALL_CREDENTIALS_FILE: '/etc/refreshboard/walls.json',
      TRUST_PROXY: '10.0.0.0/8, 192.168.1.4',
      LOG_LEVEL: 'debug',
      SESSION_IDLE_MINUTES: '30',
    })
    expect(read).toEqual({
      ok: true,
      config: {
        host: '0.0.0.0',
        port: 0,
        publicOrigin: 'https://refreshboard.example.com',
        servers: [
          { id: 'main', url: 'https://tableau.example.com:8443', host: 'tableau.example.com:8443', timeZone: 'America/Los_Angeles' },
          { id: 'cloud', url: 'https://10ax.online.tableau.com', host: '10ax.online.tableau.com', timeZone: 'UTC' },
          { id: 'dev', url: 'http://127.0.0.1:8850', host: '127.0.0.1:8850' },
        ],
        databaseFile: ':memory:',
        wallCredentialsFile: '/etc/refreshboard/walls.json',
        trustProxy: ['10.0.0.0/8', '192.168.1.4'],
        logLevel: 'debug',
        sessionIdleMinutes: 30,
      },
    })
  })

  it('takes one zone for all servers, and the key file that it is given', () => {
    const read = readConfig({ ...good, TABLEAU_TIME_ZONE: 'Europe/Zurich', SECRET_KEY_FILE: '/etc/key' })
    expect(read.ok && read.config.servers[0]?.timeZone).toBe('Europe/Zurich')
    expect(read.ok && read.config.secretKeyFile).toBe('/etc/key')
  })
})

describe('a bad environment gets one line for each fault, with its variable and what to write', () => {
  it.each([
    ['no servers', { TABLEAU_SERVERS: undefined }, /^TABLEAU_SERVERS: is missing.*main=https:/],
    ['an empty list', { TABLEAU_SERVERS: ' , ' }, /^TABLEAU_SERVERS: is missing/],
    ['an address without an id', { TABLEAU_SERVERS: 'https://tableau.example.com' }, /^TABLEAU_SERVERS: “https:\/\/tableau.example.com” is not an id/],
    ['an id that is none', { TABLEAU_SERVERS: 'Main!=https://tableau.example.com' }, /is not an id/],
    ['no address', { TABLEAU_SERVERS: 'main=' }, /the address of “main” is not one/],
    ['another scheme', { TABLEAU_SERVERS: 'main=ftp://tableau.example.com' }, /the address of “main” is not one/],
    ['plain http', { TABLEAU_SERVERS: 'main=http://tableau.example.com' }, /plain http.*use https/],
    ['plain http on a look-alike of loopback', { TABLEAU_SERVERS: 'main=http://127.0.0.1.example.com' }, /plain http/],
    ['a password in the address', { TABLEAU_SERVERS: 'main=https://user:secret@tableau.example.com' }, /scheme, host and port alone/],
    ['a path in the address', { TABLEAU_SERVERS: 'main=https://tableau.example.com/site/x' }, /scheme, host and port alone/],
    ['an id twice', { TABLEAU_SERVERS: 'a=https://x.example,a=https://y.example' }, /“a” is there twice/],
    ['a zone that is none', { TABLEAU_TIME_ZONE: 'Mars/Olympus' }, /^TABLEAU_TIME_ZONE: “Mars\/Olympus” is not an IANA time zone/],
    ['an offset for a zone', { TABLEAU_TIME_ZONE: '+02:00' }, /^TABLEAU_TIME_ZONE/],
    ['a zone for no server', { TABLEAU_TIME_ZONE: 'other=UTC' }, /no server “other”/],
    ['a port that is none', { PORT: '70000' }, /^PORT: “70000” must be a whole number/],
    ['a port with a sign', { PORT: '-1' }, /^PORT/],
    ['a host that is none', { HOST: 'a b', PUBLIC_ORIGIN: 'https://refreshboard.example.com' }, /^HOST/],
    ['everyone may come, nobody said by what name', { HOST: '0.0.0.0' }, /^PUBLIC_ORIGIN: is missing/],
    ['plain http for people', { PUBLIC_ORIGIN: 'http://refreshboard.example.com' }, /^PUBLIC_ORIGIN: plain http/],
    ['an origin with a path', { PUBLIC_ORIGIN: 'https://refreshboard.example.com/app' }, /^PUBLIC_ORIGIN: .*is not an origin/],
    ['an origin that is none', { PUBLIC_ORIGIN: 'refreshboard' }, /^PUBLIC_ORIGIN/],
    ['PostgreSQL', { DATABASE_URL: 'postgres://user:secret@db/refreshboard' }, /^DATABASE_URL: PostgreSQL is not yet supported by this version/],
    ['another store', { DATABASE_URL: 'mysql://db' }, /^DATABASE_URL: “mysql:…” is not a store/],
    ['a file without a scheme', { DATABASE_URL: './refreshboard.db' }, /^DATABASE_URL/],
    ['trust in everybody', { TRUST_PROXY: '0.0.0.0/0' }, /^TRUST_PROXY/],
    ['trust without a measure', { TRUST_PROXY: 'true' }, /^TRUST_PROXY/],
    ['a log level that is none', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL: “loud” must be one of/],
    ['no idle time at all', { SESSION_IDLE_MINUTES: '0' }, /^SESSION_IDLE_MINUTES/],
    ['a day of idle time', { SESSION_IDLE_MINUTES: '1440' }, /^SESSION_IDLE_MINUTES/],
  ])('%s', (_name, change, line) => {
    const faults = faultsOf({ ...good, ...change })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(line)
    expect(faults[0]).not.toContain('secret')
    expect(faults[0]).not.toContain('\n')
  })

  it('names all of them at once', () => {
    expect(faultsOf({ PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: 'postgresql://db' }).map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'TABLEAU_SERVERS',
      'DATABASE_URL',
      'LOG_LEVEL',
    ])
  })
})
