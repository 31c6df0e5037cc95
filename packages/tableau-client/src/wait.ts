import type { IncomingHttpHeaders } from 'node:http'

const maxWaitMs = 60 * 60_000

const capped = (ms: number): number | undefined => (Number.isFinite(ms) && ms >= 0 ? Math.min(ms, maxWaitMs) : undefined)

/** The reply's `Date` in milliseconds: the clock that a date in the same reply is read against. */
export const dateOf = (headers: IncomingHttpHeaders): number | undefined => {
  const at = Date.parse(headers.date ?? '')
  return Number.isNaN(at) ? undefined : at
}

/** `Retry-After` in seconds or as a date; garbage, a negative number and a date in the past say nothing. At most one hour. */
export const waitFromHeader = (headers: IncomingHttpHeaders, now: number = Date.now()): number | undefined => {
  const text = headers['retry-after']?.trim() ?? ''
  if (/^\d{1,10}$/.test(text)) return capped(Number(text) * 1000)
  // Only the form of HTTP: `Date.parse` finds a date in nearly anything.
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return undefined
  return capped(Date.parse(text) - (dateOf(headers) ?? now))
}

const unitMs: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000 }

/** Tableau Cloud's 429000 has the time in its text only: “Please retry after 29 minutes” (`tableau/server-client-python#952`). */
export const waitFromText = (text: string): number | undefined => {
  const found = /retry after (\d{1,6}) (second|minute|hour)s?\b/i.exec(text)
  return found === null ? undefined : capped(Number(found[1]) * (unitMs[found[2]?.toLowerCase() ?? ''] ?? Number.NaN))
}
