import { parseSetCookie } from 'cookie'

/** An answer as a scanner sees it, over https. */
interface Seen {
  readonly headers: Headers
  /** The body; scripts are looked for in a page only. */
  readonly text: string
}

/** What a rule is about, and the points that it gives or takes. */
type Rule = readonly [about: string, points: (seen: Seen) => number]

const header = ({ headers }: Seen, name: string): string => headers.get(name)?.trim().toLowerCase() ?? ''

const directivesOf = (seen: Seen): Map<string, string> =>
  new Map(
    header(seen, 'content-security-policy')
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name, sources.join(' ')]),
  )

const policy = (seen: Seen): number => {
  const directives = directivesOf(seen)
  const scripts = directives.get('script-src') ?? directives.get('default-src')
  if (scripts === undefined) return -25
  if (/'unsafe-|data:|https?:|\*/.test(scripts)) return -20
  if ([...directives.values()].some((sources) => /'unsafe-|data:|https?:|\*/.test(sources))) return 0
  const isClosed = directives.get('default-src') === "'none'" && /^'(none|self)'$/.test(directives.get('form-action') ?? '')
  return isClosed ? 10 : 5
}

const cookies = ({ headers }: Seen): number => {
  const set = headers.getSetCookie().map((line) => parseSetCookie(line))
  if (set.some(({ secure, httpOnly }) => secure !== true || httpOnly !== true)) return -40
  if (set.some(({ sameSite }) => sameSite === 'none')) return -20
  return set.length > 0 && set.every(({ sameSite }) => sameSite === 'strict' || sameSite === 'lax') ? 5 : 0
}

const transport = (seen: Seen): number => {
  const maxAge = /(?:^|;)\s*max-age=(\d+)/.exec(header(seen, 'strict-transport-security'))?.[1]
  return maxAge === undefined ? -20 : Number(maxAge) >= 15_768_000 ? 0 : -10
}

/** Points for a page alone, and for one whose every script is held to its hash. */
const scripts = (seen: Seen): number => {
  const tags = header(seen, 'content-type').startsWith('text/html') ? (seen.text.match(/<script[^>]*>/g) ?? []) : []
  if (tags.some((tag) => /\ssrc="(https?:)?\/\//.test(tag))) return -50
  return tags.length > 0 && tags.every((tag) => /\sintegrity="sha(256|384|512)-/.test(tag)) ? 5 : 0
}

const framing = (seen: Seen): number => {
  if (directivesOf(seen).has('frame-ancestors')) return 5
  return /^(deny|sameorigin)$/.test(header(seen, 'x-frame-options')) ? 0 : -20
}

const referrer = (seen: Seen): number => {
  const value = header(seen, 'referrer-policy')
  return /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/.test(value) ? 5 : value === '' ? 0 : -5
}

const rules: readonly Rule[] = [
  ['content security policy', policy],
  ['cookies', cookies],
  ['sharing with other origins', (seen) => (seen.headers.has('access-control-allow-origin') ? -50 : 0)],
  ['redirection', (seen) => (seen.headers.has('location') ? -20 : 0)],
  ['referrer policy', referrer],
  ['strict transport security', transport],
  ['integrity of scripts', scripts],
  ['x-content-type-options', (seen) => (header(seen, 'x-content-type-options') === 'nosniff' ? 0 : -5)],
  ['framing', framing],
  ['cross-origin resource policy', (seen) => (/^same-(origin|site)$/.test(header(seen, 'cross-origin-resource-policy')) ? 10 : 0)],
]

/**
 * The score of an answer after the rules of Mozilla's HTTP Observatory: 100, what the ten rules take, and, from 90 on, what
 * they give. What an answer does not have costs nothing and gives nothing: without a cookie there are no points for cookies,
 * without a page none for scripts. Five more are for those whom browsers know by name (preloading), which no header gives.
 */
export const headerScore = (seen: Seen): { score: number; points: Record<string, number> } => {
  const points = Object.fromEntries(rules.map(([about, of]) => [about, of(seen)]))
  const sum = (given: number[]): number => given.reduce((total, one) => total + one, 0)
  const base = 100 + sum(Object.values(points).filter((one) => one < 0))
  return { score: Math.max(0, base + (base < 90 ? 0 : sum(Object.values(points).filter((one) => one > 0)))), points }
}
