import { z } from 'zod'
import { serverIdSchema, type ServerId } from '@refreshboard/api-types'

/** A Tableau that this BFF may talk to. */
export interface TableauServerConfig {
  id: ServerId
  /** Scheme, host and port. */
  url: string
  host: string
  timeZone?: string
}

/** Everything that the environment decides. */
export interface Config {
  host: string
  /** 0 takes a free port. */
  port: number
  /** Where people open it; absent when it follows host and port. */
  publicOrigin?: string
  servers: TableauServerConfig[]
  /** A path, or `:memory:`. */
  databaseFile: string
  /** Absent for a store in memory: the key then lives as long as the process. */
  secretKeyFile?: string
  wallCredentialsFile?: string
  /** As Express takes it: false, the number of proxies, or their networks. */
  trustProxy: false | number | string[]
  logLevel: LogLevel
  sessionIdleMinutes: number
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export type ConfigResult = { ok: true; config: Config } | { ok: false; faults: string[] }

const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/

/** Whether a host name means this machine; plain http is allowed there alone. */
export const isLoopback = (hostname: string): boolean => loopbackHosts.test(hostname)

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

type Fault = (message: string) => void

const serverUrl = (id: string, text: string, fault: Fault): { url: string; host: string } | undefined => {
  const url = parseUrl(text)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    fault(`the address of “${id}” is not one: write ${id}=https://tableau.example.com`)
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    fault(`“${id}” is plain http, which would send passwords in the clear: use https`)
  } else if (url.username !== '' || url.password !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    fault(`the address of “${id}” must be scheme, host and port alone, as in ${id}=https://tableau.example.com`)
  } else {
    return { url: url.origin, host: url.host }
  }
  return undefined
}

const splitPair = (entry: string): [string, string] => {
  const at = entry.indexOf('=')
  return at < 0 ? [entry.trim(), ''] : [entry.slice(0, at).trim(), entry.slice(at + 1).trim()]
}

const entriesOf = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

const parseServers = (text: string, fault: Fault): TableauServerConfig[] => {
  const servers: TableauServerConfig[] = []
  for (const entry of entriesOf(text)) {
    const [id, address] = splitPair(entry)
    if (!serverIdSchema.safeParse(id).success) {
      fault(`“${id}” is not an id: use lower-case letters, digits and “-”, as in main=https://tableau.example.com`)
      continue
    }
    if (servers.some((server) => server.id === id)) {
      fault(`the id “${id}” is there twice`)
      continue
    }
    const parsed = serverUrl(id, address, fault)
    if (parsed) servers.push({ id, ...parsed })
  }
  if (entriesOf(text).length === 0) fault('is missing: say which Tableau to talk to, as in main=https://tableau.example.com')
  return servers
}

/** An IANA zone that this Node knows. */
export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

/** One zone for all servers, or `id=Zone` each. */
const withTimeZones = (text: string, servers: TableauServerConfig[], fault: Fault): TableauServerConfig[] => {
  const zoneFor = new Map<string, string>()
  for (const entry of entriesOf(text)) {
    const [id, zone] = entry.includes('=') ? splitPair(entry) : ['*', entry]
    if (!isTimeZone(zone)) fault(`“${zone}” is not an IANA time zone, such as America/Los_Angeles`)
    else if (id !== '*' && !servers.some((server) => server.id === id)) fault(`there is no server “${id}” in TABLEAU_SERVERS`)
    else zoneFor.set(id, zone)
  }
  return servers.map((server) => {
    const timeZone = zoneFor.get(server.id) ?? zoneFor.get('*')
    return timeZone === undefined ? server : { ...server, timeZone }
  })
}

const parseOrigin = (text: string | undefined, host: string, fault: Fault): string | undefined => {
  if (text === undefined) {
    if (!isLoopback(host)) fault(`is missing: with HOST=${host}, say what people type, as in https://refreshboard.example.com`)
    return undefined
  }
  const url = parseUrl(text)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.origin !== text.replace(/\/$/, '')) {
    fault(`“${text}” is not an origin: write scheme, host and port alone, as in https://refreshboard.example.com`)
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    fault(`plain http is allowed on this machine only (127.0.0.1, localhost): use https for ${url.host}`)
  }
  return url?.origin
}

const parseDatabase = (text: string, fault: Fault): string => {
  if (/^postgres(ql)?:/.test(text)) {
    fault('PostgreSQL is not yet supported by this version: use sqlite:./data/refreshboard.db')
  } else if (!text.startsWith('sqlite:') || text === 'sqlite:') {
    fault(`“${text.split(':')[0] ?? ''}:…” is not a store of this version: use sqlite:./data/refreshboard.db`)
  }
  return text.slice('sqlite:'.length)
}

/** Bits of a network that may be trusted; whoever trusts a wider one lets people choose their own address. */
const widestNetwork = 8

const parseTrustProxy = (text: string | undefined, fault: Fault): Config['trustProxy'] => {
  if (text === undefined || text === 'off') return false
  if (/^[1-9]$/.test(text)) return Number(text)
  const networks = entriesOf(text)
  const isNetwork = (entry: string): boolean =>
    z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).safeParse(entry).success && Number(entry.split('/')[1] ?? 128) >= widestNetwork
  if (networks.length > 0 && networks.every(isNetwork)) return networks
  fault('must be the exact number of proxies in front (1 to 9) or their networks, as in 10.0.0.0/8')
  return false
}

const wholeNumber = (text: string | undefined, from: number, to: number, otherwise: number, fault: Fault): number => {
  if (text === undefined) return otherwise
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (value >= from && value <= to) return value
  fault(`“${text}” must be a whole number from ${from} to ${to}`)
  return otherwise
}

const logLevelSchema = z.enum(logLevels)

const parseLogLevel = (text: string | undefined, fault: Fault): LogLevel => {
  const parsed = logLevelSchema.safeParse(text ?? 'info')
  if (parsed.success) return parsed.data
  fault(`“${text ?? ''}” must be one of ${logLevels.join(', ')}`)
  return 'info'
}

/** Settings of Node itself that would take a protection away without a word. */
const refuseUnsafeNode = (read: (variable: string) => string | undefined, faultOf: (variable: string) => Fault): void => {
  if (read('NODE_TLS_REJECT_UNAUTHORIZED') === '0') {
    faultOf('NODE_TLS_REJECT_UNAUTHORIZED')('is 0, and would let anybody pass for Tableau: take it away, and name the certificate of your authority in NODE_EXTRA_CA_CERTS')
  }
  const option = /--(insecure-http-parser|tls-min-v1\.[01])(?![\w.])/.exec(read('NODE_OPTIONS') ?? '')?.[0]
  if (option !== undefined) faultOf('NODE_OPTIONS')(`holds ${option}, which opens a door that is closed here: take it away`)
}

const keyFileBeside = (databaseFile: string): string => databaseFile.replace(/[^/]*$/, 'refreshboard.key')

/**
 * Reads the environment. Touches no file. `faults` holds one line per fault, each
 * naming its variable, what is wrong and what to write.
 */
export const readConfig = (environment: Record<string, string | undefined>): ConfigResult => {
  const faults: string[] = []
  const faultOf =
    (variable: string): Fault =>
    (message) =>
      faults.push(`${variable}: ${message}`)
  const read = (variable: string): string | undefined => {
    const text = environment[variable]?.trim()
    return text === '' ? undefined : text
  }

  refuseUnsafeNode(read, faultOf)
  const host = read('HOST') ?? '127.0.0.1'
  if (!/^[A-Za-z0-9.:-]+$/.test(host)) faultOf('HOST')(`“${host}” is not a host name or an address`)
  const port = wholeNumber(read('PORT'), 0, 65_535, 4100, faultOf('PORT'))
  const publicOrigin = parseOrigin(read('PUBLIC_ORIGIN'), host, faultOf('PUBLIC_ORIGIN'))
  const servers = withTimeZones(
    read('TABLEAU_TIME_ZONE') ?? '',
    parseServers(read('TABLEAU_SERVERS') ?? '', faultOf('TABLEAU_SERVERS')),
    faultOf('TABLEAU_TIME_ZONE'),
  )
  const databaseFile = parseDatabase(read('DATABASE_URL') ?? 'sqlite:./data/refreshboard.db', faultOf('DATABASE_URL'))
  const secretKeyFile = read('SECRET_KEY_FILE') ?? (databaseFile === ':memory:' ? undefined : keyFileBeside(databaseFile))
  const wallCredentialsFile = read('WALL_CREDENTIALS_FILE')
  const trustProxy = parseTrustProxy(read('TRUST_PROXY'), faultOf('TRUST_PROXY'))
  const logLevel = parseLogLevel(read('LOG_LEVEL'), faultOf('LOG_LEVEL'))
  const sessionIdleMinutes = wholeNumber(read('SESSION_IDLE_MINUTES'), 1, 720, 240, faultOf('SESSION_IDLE_MINUTES'))

  if (faults.length > 0) return { ok: false, faults }
  return {
    ok: true,
    config: {
      host,
      port,
      servers,
      databaseFile,
      trustProxy,
      logLevel,
      sessionIdleMinutes,
      ...(publicOrigin === undefined ? {} : { publicOrigin }),
      ...(secretKeyFile === undefined ? {} : { secretKeyFile }),
      ...(wallCredentialsFile === undefined ? {} : { wallCredentialsFile }),
    },
  }
}
