import { gzipSync } from 'node:zlib'
import type { TableauSim } from '@refreshboard/tableau-sim'
import type { Chance } from './chance.ts'
import { wire, type Delivery, type FrontRequest, type Interference, type WireReply } from './fault-front.ts'
import type { Nowhere, RigOptions } from './fault-rig.ts'

/**
 * What may come of a write whose call meets a fault: it is done, it was refused (so nothing happened), the session ended (so
 * nothing happened), or its outcome is unknown and is read back.
 */
export type Meets = 'done' | 'refused' | 'ended' | 'unknown'

/** A fault between the application and Tableau. */
export interface UpstreamFault {
  readonly name: string
  /** What may come of a write whose call with the effect meets it. */
  readonly meets: readonly Meets[]
  /** The call has to run into its deadline. */
  readonly silent?: boolean
  /** How long Tableau asks to wait, in milliseconds; `default`: it asks to wait, but does not tell readably how long. */
  readonly waitMs?: number | 'default'
  /** How the world is laid out; such a fault is not said of single calls. */
  readonly rig?: RigOptions
  /** Nothing can be sent at all. */
  readonly nowhere?: Nowhere
  /** Tableau cannot be read afterwards, either. */
  readonly lasting?: boolean
  readonly on: (request: FrontRequest, chance: Chance, sim: TableauSim) => Interference | undefined
}

const whole = (reply: WireReply, more: Partial<Delivery> = {}): Delivery => ({ bytes: wire(reply), ending: 'close', ...more })
const cut = (reply: WireReply, chance: Chance, ending: Delivery['ending']): Delivery => {
  const bytes = wire(reply)
  return { bytes: bytes.subarray(0, chance.below(bytes.length)), ending }
}
const none = (ending: Delivery['ending']): Delivery => ({ bytes: Buffer.alloc(0), ending })

const xml = (content: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><tsResponse xmlns="http://tableau.com/api">${content}</tsResponse>`)
const page = (title: string): Buffer => Buffer.from(`<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><br></body></html>\n`)

type Headers = Readonly<Record<string, string>>

const xmlReply = (status: number, body: Buffer, headers: Headers = {}): WireReply => ({ status, headers: { 'content-type': 'application/xml;charset=UTF-8', ...headers }, body })
const htmlReply = (status: number, headers: Headers = {}): WireReply => ({ status, headers: { 'content-type': 'text/html', ...headers }, body: page(`Error ${status}`) })

/** A refusal in Tableau's form; nothing was done. */
export const refusal = (status: number, code: string, detail: string, headers: Headers = {}): Interference => ({
  reaches: false,
  deliver: () => whole(xmlReply(status, xml(`<error code="${code}"><summary>Refused</summary><detail>${detail}</detail></error>`), headers)),
})

/** A reply that is not Tableau's, whether or not Tableau got the request. */
const foreign = (reply: WireReply, chance: Chance): Interference => ({ reaches: chance.happens(0.7), deliver: () => whole(reply) })

/** Tableau's own reply, changed. */
const changed = (change: (reply: WireReply) => WireReply): Interference => ({ reaches: true, deliver: (reply) => whole(change(reply)) })

const withHeaders = (reply: WireReply, headers: Headers): WireReply => ({ ...reply, headers: { ...reply.headers, ...headers } })

const signInElsewhere = async (sim: TableauSim): Promise<void> => {
  const credentials = `<credentials personalAccessTokenName="demo-pat" personalAccessTokenSecret="demo-pat-secret"><site contentUrl="${sim.world.home.contentUrl}"/></credentials>`
  // The first version that has such tokens, which every simulator of the proofs takes.
  const reply = await fetch(`${sim.url}/api/3.6/auth/signin`, { method: 'POST', headers: { 'content-type': 'application/xml' }, body: `<tsRequest>${credentials}</tsRequest>` })
  if (!reply.ok) throw new Error(`the sign-in elsewhere answered ${reply.status}`)
}

const gateway = [500, 502, 503, 504] as const
const minute = 60_000

const waits: readonly UpstreamFault[] = [
  { name: '429 with seconds', meets: ['refused'], waitMs: 29 * minute, on: () => refusal(429, '429000', 'Too many requests.', { 'retry-after': '1740' }) },
  { name: '503 with seconds', meets: ['refused'], waitMs: 30_000, on: () => refusal(503, '503000', 'Busy.', { 'retry-after': '30' }) },
  {
    name: '429 with a date',
    meets: ['refused'],
    waitMs: 5 * minute,
    on: (_request, _chance, { clock }) => refusal(429, '429000', 'Too many requests.', { date: new Date(clock.now()).toUTCString(), 'retry-after': new Date(clock.now() + 5 * minute).toUTCString() }),
  },
  { name: '429 with a huge time', meets: ['refused'], waitMs: 60 * minute, on: () => refusal(429, '429000', 'Too many requests.', { 'retry-after': '9999999' }) },
  { name: '429 with a negative time', meets: ['refused'], waitMs: 'default', on: () => refusal(429, '429000', 'Too many requests.', { 'retry-after': '-5' }) },
  { name: '429 with garbage', meets: ['refused'], waitMs: 'default', on: () => refusal(429, '429000', 'Too many requests.', { 'retry-after': 'soon, I hope' }) },
  { name: '429 with the time in its text', meets: ['refused'], waitMs: 29 * minute, on: () => refusal(429, '429000', 'Too many requests. Please retry after 29 minutes.') },
  { name: 'a proxy’s 503 page with a time', meets: ['unknown'], waitMs: 30_000, on: (_request, chance) => foreign(htmlReply(503, { 'retry-after': '30' }), chance) },
]

const refusals: readonly UpstreamFault[] = [
  { name: '401000 of Tableau', meets: ['refused'], on: () => refusal(401, '401000', 'No authentication credentials were provided.') },
  { name: '401001 of Tableau', meets: ['refused'], on: () => refusal(401, '401001', 'Error signing in.') },
  { name: '403 of the item', meets: ['refused'], on: () => refusal(403, '403004', 'You may not do this.') },
  { name: '500000 of Tableau', meets: ['refused'], on: (_request, chance) => refusal(chance.pick([500, 503]), '500000', 'Internal error.') },
]

const sessions: readonly UpstreamFault[] = [
  { name: 'a dead token', meets: ['ended'], on: ({ token }, _chance, sim) => ({ reaches: true, before: () => void sim.world.sessions.killToken(token) }) },
  { name: 'the same personal access token signed in elsewhere', meets: ['ended'], on: (_request, _chance, sim) => ({ reaches: true, before: () => signInElsewhere(sim) }) },
  { name: 'a restart of Tableau that ends every session', meets: ['ended'], on: (_request, _chance, sim) => ({ reaches: true, before: () => sim.world.sessions.killAll() }) },
]

const lines: readonly UpstreamFault[] = [
  { name: 'a slow reply', meets: ['done'], on: (_request, chance) => ({ reaches: true, deliver: (reply) => whole(reply, { afterMs: 10 + chance.below(40) }) }) },
  { name: 'silence before the reply', meets: ['unknown'], silent: true, on: (_request, chance) => ({ reaches: chance.happens(0.7), deliver: () => none('silence') }) },
  { name: 'silence within the reply', meets: ['unknown'], silent: true, on: (_request, chance) => ({ reaches: true, deliver: (reply) => cut(reply, chance, 'silence') }) },
  { name: 'a reset before the reply', meets: ['unknown'], on: (_request, chance) => ({ reaches: chance.happens(0.7), deliver: () => none('reset') }) },
  { name: 'a reset within the reply', meets: ['unknown'], on: (_request, chance) => ({ reaches: true, deliver: (reply) => cut(reply, chance, 'reset') }) },
  { name: 'an orderly end within the reply', meets: ['unknown'], on: (_request, chance) => ({ reaches: true, deliver: (reply) => cut(reply, chance, 'close') }) },
  { name: 'a reset after the reply', meets: ['done', 'unknown'], on: () => ({ reaches: true, deliver: (reply) => whole(reply, { ending: 'reset' }) }) },
  { name: 'pieces of 1 to 7 bytes', meets: ['done'], on: (_request, chance) => ({ reaches: true, deliver: (reply) => whole(reply, { piece: () => 1 + chance.below(7) }) }) },
]

const pages: readonly UpstreamFault[] = [
  { name: 'a proxy’s 401 page', meets: ['unknown'], on: (_request, chance) => foreign(htmlReply(401), chance) },
  { name: 'a login page with 200', meets: ['unknown'], on: (_request, chance) => foreign(htmlReply(200), chance) },
  { name: 'an error page with 5xx', meets: ['unknown'], on: (_request, chance) => foreign(htmlReply(chance.pick(gateway)), chance) },
  { name: 'an empty 5xx', meets: ['unknown'], on: (_request, chance) => foreign({ status: chance.pick(gateway), headers: {}, body: Buffer.alloc(0) }, chance) },
  { name: 'pages with 5xx now and then', meets: ['done', 'unknown'], on: (_request, chance) => (chance.happens(0.3) ? foreign(htmlReply(chance.pick(gateway)), chance) : undefined) },
  {
    name: 'a redirect',
    meets: ['unknown'],
    on: (_request, chance) => foreign({ status: chance.pick([301, 302, 303, 307, 308]), headers: { location: 'http://127.0.0.1:1/elsewhere' }, body: Buffer.alloc(0) }, chance),
  },
]

const bodies: readonly UpstreamFault[] = [
  { name: 'XML cut off with a clean close', meets: ['done', 'unknown'], on: (_request, chance) => changed((reply) => ({ ...reply, body: reply.body.subarray(0, chance.below(reply.body.length + 1)) })) },
  { name: 'another root', meets: ['unknown'], on: () => ({ reaches: true, deliver: () => whole(xmlReply(200, Buffer.from('<html xmlns="http://www.w3.org/1999/xhtml"/>'))) }) },
  { name: 'an empty answer', meets: ['done', 'unknown'], on: () => ({ reaches: true, deliver: () => whole(xmlReply(200, xml(''))) }) },
  { name: 'a wrong content type', meets: ['done', 'unknown'], on: (_request, chance) => changed((reply) => withHeaders(reply, { 'content-type': chance.pick(['text/html', 'image/png', 'application/json', 'x']) })) },
  { name: 'no content type', meets: ['done', 'unknown'], on: () => changed((reply) => withHeaders(reply, { 'content-type': '' })) },
  { name: 'a byte order mark', meets: ['done', 'unknown'], on: () => changed((reply) => ({ ...reply, body: reply.body.length === 0 ? reply.body : Buffer.concat([Buffer.from('\uFEFF'), reply.body]) })) },
  { name: 'UTF-16', meets: ['done', 'unknown'], on: () => changed((reply) => ({ ...reply, headers: { 'content-type': 'application/xml;charset=UTF-16' }, body: Buffer.from(reply.body.toString(), 'utf16le') })) },
  { name: 'a compressed reply that is huge', meets: ['unknown'], on: () => ({ reaches: true, deliver: () => whole(xmlReply(200, bomb(), { 'content-encoding': 'gzip' })) }) },
  { name: 'a reply without an end', meets: ['unknown'], on: () => ({ reaches: true, deliver: () => ({ bytes: Buffer.concat([wire(xmlReply(200, xml('').subarray(0, -13)), 999_999_999), Buffer.alloc(65_536, ' ')]), ending: 'endless' }) }) },
  { name: '200,000 attributes', meets: ['unknown'], on: () => ({ reaches: true, deliver: () => whole(xmlReply(200, manyAttributes())) }) },
]

/** Tableau did it, and nobody was told. */
export const replyLost: Interference = { reaches: true, deliver: () => none('reset') }

const hours = 60 * minute

const circumstances: readonly UpstreamFault[] = [
  { name: 'a lost reply, with our clock two hours ahead', meets: ['unknown'], rig: { aheadMs: 2 * hours }, on: () => replyLost },
  { name: 'a lost reply, with our clock two hours behind', meets: ['unknown'], rig: { aheadMs: -2 * hours }, on: () => replyLost },
  { name: 'a lost reply, with lists 30 seconds behind', meets: ['unknown'], rig: { indexLagMs: 30_000 }, on: () => replyLost },
  { name: 'a lost reply, and Tableau stays away', meets: ['unknown'], lasting: true, on: (_request, chance) => ({ ...replyLost, reaches: chance.happens(0.5) }) },
  { name: 'a refused connection', meets: ['refused'], nowhere: 'refused', rig: { movable: true }, on: () => undefined },
  { name: 'an unknown name', meets: ['refused'], nowhere: 'dns', rig: { movable: true }, on: () => undefined },
  { name: 'a certificate that nobody vouches for', meets: ['refused'], nowhere: 'tls', rig: { movable: true }, on: () => undefined },
]

const once = (make: () => Buffer): (() => Buffer) => {
  let made: Buffer | undefined
  return () => (made ??= make())
}
const bomb = once(() => gzipSync(xml(' '.repeat(40 * 2 ** 20))))
const manyAttributes = once(() => xml(`<job ${Array.from({ length: 200_000 }, (_none, at) => `a${at}="1"`).join(' ')}/>`))

/** Every fault of the line, of Tableau and of what stands between. */
export const upstreamFaults: readonly UpstreamFault[] = [...lines, ...sessions, ...refusals, ...pages, ...bodies, ...waits, ...circumstances]
