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
  /** How many lines before this one could not be written. */
  lost?: number
  /** How many requests were turned away since the last such line. */
  turnedAway?: number
}

export interface Logger {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

const allowed = [
  'requestId', 'method', 'route', 'status', 'ms', 'operation', 'code', 'upstream', 'upstreamCode', 'error', 'at', 'contract', 'address', 'signal', 'lost', 'turnedAway',
] as const satisfies (keyof LogFields)[]

/** Only the listed fields, even where a caller's object has more than its type says. */
const pick = (fields: LogFields): LogFields => Object.fromEntries(allowed.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])))

/** What is kept of lines that standard output does not take, in bytes. */
const maxWaiting = 1024 * 1024

/**
 * One JSON line each, to standard output. A line that cannot be written (a full disk, a reader that has gone) is lost and
 * counted; the request it is about is answered all the same.
 */
export const createLogger = (level: LogLevel, write?: (line: string) => void): Logger => {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, formatters: { level: (label: string) => ({ level: label }) } }
  let lost = 0
  const toStandardOutput = (): ReturnType<typeof destination> => {
    const stream = destination({ dest: 1, sync: true, maxLength: maxWaiting })
    stream.on('drop', () => (lost += 1))
    return stream
  }
  const log = pino(options, write === undefined ? toStandardOutput() : { write })
  const line = (how: 'info' | 'warn' | 'error', message: string, fields: LogFields): void => {
    try {
      const before = lost
      log[how](pick(before === 0 ? fields : { ...fields, lost: before }), message)
      lost -= before
    } catch {
      lost += 1
    }
  }
  return {
    info: (message, fields = {}) => line('info', message, fields),
    warn: (message, fields = {}) => line('warn', message, fields),
    error: (message, fields = {}) => line('error', message, fields),
  }
}

/** The class of what was thrown, for a line of the log; `unknown` where it is no error. */
export const nameOfError = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : 'unknown')

/** The places an error came through. A message can hold anything, lines that look like places included: it is cut off first. */
export const placesOf = ({ stack = '', message }: Error): string[] => {
  const end = stack.indexOf(message)
  if (end < 0) return []
  return stack
    .slice(end + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 8)
}
