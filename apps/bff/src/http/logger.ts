import { pino, destination } from 'pino'
import type { LogLevel } from '../config.ts'

/** Everything that may stand in a log line. Bodies, headers, queries, tokens and free texts have no field here. */
export interface LogFields {
  requestId?: string
  method?: string
  /** The template of the route, never the path that was asked for. */
  route?: string
  status?: number
  ms?: number
  /** The contract's operation, such as `jobs.list`. */
  operation?: string
  /** The code of the problem that was answered. */
  code?: string
  /** The client's call that failed, such as `queryJobs`, and Tableau's code. */
  upstream?: string
  upstreamCode?: string
  /** Class of an unexpected error and the places it came through; its message can hold anything and is left out. */
  error?: string
  at?: string[]
  /** Where our own answer breaks the contract: paths of the fields alone. */
  contract?: string[]
  address?: string
  signal?: string
}

export interface Logger {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

const allowed = [
  'requestId', 'method', 'route', 'status', 'ms', 'operation', 'code', 'upstream', 'upstreamCode', 'error', 'at', 'contract', 'address', 'signal',
] as const satisfies (keyof LogFields)[]

/** Only the listed fields, even where a caller's object has more than its type says. */
const pick = (fields: LogFields): LogFields => Object.fromEntries(allowed.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])))

/** One JSON line each, to standard output. */
export const createLogger = (level: LogLevel, write?: (line: string) => void): Logger => {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, formatters: { level: (label: string) => ({ level: label }) } }
  const log = write === undefined ? pino(options, destination({ dest: 1, sync: true })) : pino(options, { write })
  return {
    info: (message, fields = {}) => {
      log.info(pick(fields), message)
    },
    warn: (message, fields = {}) => {
      log.warn(pick(fields), message)
    },
    error: (message, fields = {}) => {
      log.error(pick(fields), message)
    },
  }
}

/** The places an error came through, without its message. */
export const placesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 8)
