import * as fc from 'fast-check'
import { contract, type Endpoint } from '@refreshboard/api-types'
import { brokenInputsOf, inputsOf, oddValues } from './schema-samples.ts'

export const roles = ['admin', 'site-admin', 'viewer', 'nobody'] as const
export type Role = (typeof roles)[number]

/** One HTTP request, as it goes out. */
export interface Shot {
  readonly role: Role
  readonly method: string
  /** Path and query as they are. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
  readonly means: Meaning
}

/** What the contract says of a request: refused with one of these statuses before anything is sent on, or for this endpoint. */
type Meaning = { readonly refused: readonly number[]; readonly allow?: string } | { readonly endpoint: Endpoint }

export const endpoints: readonly Endpoint[] = Object.values(contract)

const ownPage = { 'sec-fetch-site': 'same-origin', 'x-refreshboard': '1' }
const asJson = { 'content-type': 'application/json' }
/** What an endpoint takes that does not say it. */
const limitBytes = 64 * 1024

const someRole = fc.constantFrom(...roles)

const encoded = (value: unknown): Uint8Array | undefined => (value === undefined ? undefined : new TextEncoder().encode(JSON.stringify(value)))

const rawBodies: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 60 }),
  fc.constantFrom('{', '[', '"', '{"a":1}x', 'null', '1', 'NaN', '\uFEFF{}', '{"a":1,"a":2}', '<tsRequest/>', 'a=b', '{"__proto__":{"polluted":1}}', '{"site":{"__proto__":1}}').map((text) => new TextEncoder().encode(text)),
  fc.constantFrom(limitBytes - 2, limitBytes - 1, limitBytes).map((length) => new TextEncoder().encode(`"${'x'.repeat(length)}"`)),
  fc.constantFrom(500, 20_000).map((depth) => new TextEncoder().encode('['.repeat(depth) + ']'.repeat(depth))),
)

const oddIds = fc.oneof(
  fc.constantFrom('x', '1', '..', '.', '%2e%2e', '%2f', 'a%2fb', '%20', '%0d%0aX-Evil:1', '*', '__proto__', 'constructor', '7F9C1A3E-0000-4000-8000-000000000001', '7f9c1a3e-0000-4000-8000-00000000000', '%E2%80%AE', "'--", '{id}', ':id', '[]', '%25%32%65'),
  fc.string({ minLength: 1, maxLength: 50 }).map(encodeURIComponent),
)

const queryText = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return 'q=1'
  // A lone half of a surrogate pair cannot be written in an address.
  return new URLSearchParams(Object.entries(value).map(([name, one]): [string, string] => [name, typeof one === 'string' ? one : JSON.stringify(one)])).toString()
}

const oddQueries = fc.oneof(
  fc.constantFrom('limit=1&limit=2', 'limit[]=1', 'limit[a]=1', 'q=%', 'q=%zz', 'q=%C0%AF', 'q=%00', '__proto__=1', '__proto__[a]=1', 'constructor=1', '&&&', '=', '=1', '?', 'q=a;limit=1', 'q=a#b'),
  fc.constantFrom(500, 5000).map((length) => `q=${'x'.repeat(length)}`),
  fc.integer({ min: 50, max: 1000 }).map((count) => Array.from({ length: count }, (_, n) => `a${n}=1`).join('&')),
)

interface Parts {
  readonly role: Role
  readonly endpoint: Endpoint
  readonly id: string
  readonly query: string
  readonly body: Uint8Array | undefined
  readonly headers: Readonly<Record<string, string>>
}

const parsedOr = (parse: () => unknown): { value: unknown } | undefined => {
  try {
    return { value: parse() }
  } catch {
    return undefined
  }
}

const hasProto = (text: string): boolean => {
  let found = false
  JSON.parse(text, (name, value: unknown) => {
    found ||= name === '__proto__'
    return value
  })
  return found
}

/** The status with which a body is refused, by the contract alone. */
const bodyFault = ({ endpoint, body }: Parts): number | undefined => {
  if (body !== undefined && body.byteLength > (endpoint.bodyBytes ?? limitBytes)) return 413
  const text = parsedOr(() => new TextDecoder('utf-8', { fatal: true }).decode(body))
  if (!text || typeof text.value !== 'string') return 400
  const { value } = text
  const parsed = value === '' ? { value: undefined } : parsedOr((): unknown => JSON.parse(value))
  if (!parsed) return 400
  const proto = value === '' ? { value: false } : parsedOr(() => hasProto(value))
  // Nested too deeply to be looked through.
  if (!proto) return 400
  if (proto.value === true) return 422
  if (endpoint.body === undefined) {
    const given = parsed.value ?? {}
    return typeof given === 'object' && !Array.isArray(given) && Object.keys(given).length === 0 ? undefined : 422
  }
  return endpoint.body.safeParse(parsed.value).success ? undefined : 422
}

const inputFaults = (parts: Parts): number[] => {
  const { endpoint, id, query } = parts
  const faults: (number | undefined)[] = [bodyFault(parts)]
  const decodedId = parsedOr(() => decodeURIComponent(id))
  const isOpen = endpoint.access === 'open'
  if (endpoint.params !== undefined) {
    const [name = ''] = Object.keys(endpoint.params.shape)
    faults.push(decodedId && endpoint.params.safeParse({ [name]: decodedId.value }).success ? undefined : 400)
  }
  if (query !== '' && !isOpen) {
    if (!parsedOr(() => decodeURIComponent(query))) faults.push(400)
    const given = new URLSearchParams(query)
    const once = [...given.keys()].every((key, at, keys) => keys.indexOf(key) === at)
    const isTaken = endpoint.query === undefined ? [...given.keys()].length === 0 : once && endpoint.query.safeParse(Object.fromEntries(given)).success
    faults.push(isTaken ? undefined : 422)
  }
  return faults.filter((fault) => fault !== undefined)
}

const meaningOf = (parts: Parts): Meaning => {
  const { endpoint, headers, role } = parts
  const faults = inputFaults(parts)
  if (endpoint.access !== 'open' && (headers['sec-fetch-site'] !== 'same-origin' || headers['x-refreshboard'] !== '1')) faults.push(403)
  if (endpoint.access !== 'open' && parts.body !== undefined && headers['content-type'] !== asJson['content-type']) faults.push(422)
  if (endpoint.access === 'session' && role === 'nobody') faults.push(401)
  return faults.length === 0 ? { endpoint } : { refused: faults }
}

const shotOf = (parts: Parts): Shot => ({
  role: parts.role,
  method: parts.endpoint.method,
  target: parts.endpoint.path.replace(/:\w+/, () => parts.id) + (parts.query === '' ? '' : `?${parts.query}`),
  headers: parts.headers,
  body: parts.body,
  means: meaningOf(parts),
})

const headersFor = (body: Uint8Array | undefined): Record<string, string> => (body === undefined ? ownPage : { ...ownPage, ...asJson })

/** A request for an endpoint; each part of it as `take` makes it. */
const requestsFor = (endpoint: Endpoint, ids: fc.Arbitrary<string>, take: 'as asked' | 'broken', by: fc.Arbitrary<Role> = someRole): fc.Arbitrary<Shot> => {
  const isBroken = take === 'broken'
  const asked = {
    id: ids,
    query: endpoint.query === undefined ? fc.constant('') : inputsOf(endpoint.query).map(queryText),
    body: endpoint.body === undefined ? fc.constant(undefined) : inputsOf(endpoint.body).map(encoded),
  }
  const odd = {
    id: oddIds,
    query: endpoint.query === undefined ? oddQueries : fc.oneof(oddQueries, brokenInputsOf(endpoint.query).map(queryText)),
    body: endpoint.body === undefined ? fc.oneof(rawBodies, oddValues.map(encoded)) : fc.oneof({ weight: 4, arbitrary: brokenInputsOf(endpoint.body).map(encoded) }, { weight: 1, arbitrary: rawBodies }),
  }
  const parts = isBroken
    ? fc.oneof(fc.record({ ...asked, id: endpoint.params === undefined ? asked.id : odd.id }), fc.record({ ...asked, query: odd.query }), fc.record({ ...asked, body: odd.body }), fc.record(odd))
    : fc.record(asked)
  return fc.tuple(by, parts).map(([role, given]) => shotOf({ role, endpoint, ...given, headers: headersFor(given.body) }))
}

const foreign: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'x-refreshboard': '1', 'sec-fetch-site': 'cross-site' },
  { 'x-refreshboard': '1', 'sec-fetch-site': 'same-site' },
  { 'x-refreshboard': '1', 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-origin', 'x-refreshboard': '0' },
  { 'sec-fetch-site': 'same-origin', 'x-refreshboard': '1, 1' },
]

const oddHeaders = fc.constantFrom<Record<string, string>>(
  { 'accept': 'text/html' },
  { 'accept': 'nonsense', 'accept-encoding': 'br;q=0, gzip;q=nonsense, *;q=0' },
  { 'accept-language': '*'.repeat(500) },
  { 'x-request-id': 'a\tb' },
  { 'user-agent': '\u00FF\u0080' },
  { 'idempotency-key': '../..' },
  { 'if-none-match': '*', 'range': 'bytes=0-0,-1', 'if-modified-since': 'never' },
  { 'x-http-method-override': 'DELETE', 'x-original-url': '/api/health', 'x-rewrite-url': '/' },
  { 'cookie': '__proto__=1; refreshboard=; refreshboard=x; =; a' },
  { 'connection': 'keep-alive, x-refreshboard' },
  { 'referer': 'javascript:alert(1)', 'origin': 'null' },
  { 'x-refreshboard-background': 'yes' },
)

const withOddHeaders = (shot: Shot, extra: Record<string, string>): Shot => {
  const headers = { ...shot.headers, ...extra }
  const isWrite = 'endpoint' in shot.means && shot.means.endpoint.effect === 'tableau'
  if (extra['idempotency-key'] !== undefined && isWrite) return { ...shot, headers, means: { refused: [400] } }
  if (extra['cookie'] !== undefined && 'endpoint' in shot.means && shot.means.endpoint.access === 'session') return { ...shot, role: 'nobody', headers, means: { refused: [401] } }
  if (extra['cookie'] !== undefined && 'refused' in shot.means) return { ...shot, role: 'nobody', headers, means: { refused: [...shot.means.refused, 401] } }
  return { ...shot, headers }
}

const allMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE']

/** Another method of a known address: who asks, from where and with what makes no difference. */
const wrongMethods = (endpoint: Endpoint): fc.Arbitrary<Shot> => {
  const offered = endpoints.filter(({ path }) => path === endpoint.path).map(({ method }): string => method)
  const allow = [...offered, ...(offered.includes('GET') ? ['HEAD'] : [])].join(', ')
  return fc.record({ role: someRole, method: fc.constantFrom(...allMethods.filter((method) => !offered.includes(method))), headers: fc.constantFrom(ownPage, ...foreign), id: oddIds.filter((id) => !/^\.|%2f|%0|^%2e/i.test(id)) }).map(
    ({ role, method, headers, id }) => ({ role, method, target: endpoint.path.replace(/:\w+/, () => id), headers, body: undefined, means: { refused: [405], allow } }),
  )
}

const oddPath = (path: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    `${path}/`, `${path}.`, `${path}/.`, `${path}//`, `/${path}`, path.replace('/api', '/api/'), path.replace('/api/', '/api/./'), path.replace('/api/', '/api/x/../'), path.replace('/api/', '/api%2f'),
    path.replace('/api/', '/api/%2e/'), path.toUpperCase(), path.replace('/api', '/Api'), `${path}%00`, `${path}%20`, `${path}%2f`, `${path}%zz`, `${path};a=b`, `${path}.json`, `${path}\\`, path.replace('/api/', '/api\\'), `${path}%0d%0aX-Evil:1`, `${path}/x/y/z`,
    `/api${path}`, path.replace('/api/', '/api/v1/'), path.replace('/api/', '/api/..;/'),
  )

/** Whether an address is, segment by segment, one of the contract with something for its id. */
const isKnownPath = (target: string): boolean => {
  const asked = target.split('/')
  return endpoints.some(({ path }) => {
    const template = path.split('/')
    return template.length === asked.length && template.every((segment, at) => (segment.startsWith(':') ? asked[at] !== '' : segment === asked[at]))
  })
}

/** Addresses that look like one of the contract and are none: not there, whoever asks, or an id that is none. */
const wrongPaths = (endpoint: Endpoint): fc.Arbitrary<Shot> =>
  fc.record({ role: someRole, method: fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH'), headers: fc.constantFrom(ownPage, ...foreign), target: oddPath(endpoint.path.replace(/:\w+/, '7f9c1a3e-0000-4000-8000-000000000001')) }).map(({ role, method, headers, target }) => ({
    role, method, target, headers: { accept: 'application/json', ...headers }, body: undefined, means: { refused: isKnownPath(target) ? [400, 401, 403, 405] : [400, 404] },
  }))

const foreignRequests = (endpoint: Endpoint, ids: fc.Arbitrary<string>): fc.Arbitrary<Shot> =>
  fc.tuple(someRole, fc.constantFrom(...foreign), ids).map(([role, headers, id]) => shotOf({ role, endpoint, id, query: '', body: undefined, headers }))

/** Requests of every kind, as many for every endpoint. `ids` are of things that exist. */
export const shots = (ids: readonly string[], count: number, seed: number): Shot[] => {
  const someId = fc.oneof(fc.constantFrom(...ids), fc.uuid())
  const forOne = (endpoint: Endpoint): fc.Arbitrary<Shot> => {
    const asked = requestsFor(endpoint, someId, 'as asked')
    return fc.oneof(
      { weight: 3, arbitrary: asked },
      { weight: 8, arbitrary: requestsFor(endpoint, someId, 'broken') },
      { weight: 2, arbitrary: fc.tuple(asked, oddHeaders).map(([shot, extra]) => withOddHeaders(shot, extra)) },
      { weight: 2, arbitrary: wrongMethods(endpoint) },
      { weight: 2, arbitrary: wrongPaths(endpoint) },
      { weight: 1, arbitrary: foreignRequests(endpoint, someId) },
    )
  }
  const each = Math.ceil(count / endpoints.length)
  const byEndpoint = endpoints.map((endpoint, at) => fc.sample(forOne(endpoint), { numRuns: each, seed: seed + at }))
  // Whatever chance brings, each is asked once for what it takes.
  const certain = endpoints.flatMap((endpoint, at) => fc.sample(requestsFor(endpoint, someId, 'as asked', fc.constant('admin')), { numRuns: 1, seed: seed - at }))
  const any = Array.from({ length: each }, (_, n) => byEndpoint.flatMap((all) => all.slice(n, n + 1))).flat()
  return [...certain, ...any]
}
