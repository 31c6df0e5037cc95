import { mkdirSync, writeFileSync } from 'node:fs'
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorStatus, problemMediaType, problemSchema } from '@refreshboard/api-types'
import { chanceSeed } from '../testing/chance.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { anyText } from '../testing/matchers.ts'
import { cookieOf } from '../testing/preview-front.ts'
import { endpoints, roles, shots, type Role, type Shot } from '../testing/shots.ts'
import { createTestClock } from '../testing/test-clock.ts'

const runs = Number(process.env['HTTP_RUNS'] ?? 600)
/** After so many everything begins anew, so that what was written does not pile up. */
const round = 1500
const atOnce = 24
/** Nothing takes this long; a request that does hangs. */
const hangMs = 2000 + (process.env['HTTP_RUNS'] === undefined ? 8000 : 0)

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A target that reaches the wire as it is, on a connection that is kept. */
const fire = (agent: Agent, port: number, shot: Shot, cookie: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = { ...(cookie === '' ? {} : { cookie }), ...shot.headers, ...(shot.body === undefined ? {} : { 'content-length': String(shot.body.byteLength) }) }
    const request = httpRequest({ agent, host: '127.0.0.1', port, method: shot.method, path: shot.target, headers, timeout: hangMs }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      response.on('error', reject)
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${hangMs} ms`)))
    request.on('error', reject)
    request.end(shot.body)
  })

// Made once: a schema is compiled when it is first used.
const strictProblem = problemSchema.strict()

const checkProblem = ({ status, headers, text }: Answer): void => {
  expect(headers['content-type']).toBe(problemMediaType)
  const problem = strictProblem.parse(JSON.parse(text))
  expect([problem.status, errorStatus[problem.code], problem.requestId]).toEqual([status, status, headers['x-request-id']])
  expect(text).not.toMatch(/node_modules|node:|\.[cm]?[jt]sx?:\d+:\d+|\/src\/|<html/i)
  if (status === 503 || status === 429) expect(headers['retry-after']).toMatch(/^\d+$/)
}

/** What holds for every answer, whatever was asked. */
const check = (shot: Shot, answer: Answer): void => {
  const { status, headers, text } = answer
  expect(status).toBeLessThan(500)
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['cache-control']).toBe('no-store')
  expect(Object.keys(headers)).not.toContain('x-evil')
  if (status >= 400) checkProblem(answer)
  if ('refused' in shot.means) {
    expect(shot.means.refused).toContain(status)
    if (status !== 405) expect(headers['allow']).toBeUndefined()
    else expect(headers['allow']).toEqual(shot.means.allow ?? anyText)
    return
  }
  const { endpoint } = shot.means
  // An input that the contract takes is never called unreadable.
  expect(status).not.toBe(400)
  expect(status).not.toBe(405)
  if (status >= 400) return
  expect([endpoint.status, ...(endpoint.effect === 'tableau' ? [202] : [])]).toContain(status)
  if (endpoint.output === undefined) expect(text).toBe('')
  else expect(endpoint.output.safeParse(JSON.parse(text)).error?.issues).toBeUndefined()
}

const described = (shot: Shot): string =>
  `${shot.method} ${shot.target.slice(0, 200)} ${JSON.stringify(shot.headers)} ${shot.body === undefined ? '' : new TextDecoder().decode(shot.body.slice(0, 300))}`

type Cookies = Map<Role, string>

const signInAll = async (harness: Harness): Promise<Cookies> => {
  const cookies: Cookies = new Map()
  for (const role of roles) cookies.set(role, role === 'nobody' ? '' : cookieOf(await harness.signedIn(role)))
  return cookies
}

const startFuzzed = async (): Promise<Harness> => {
  const harness = await startHarness({ clock: createTestClock() })
  const webDir = path.join(harness.directory, 'web')
  mkdirSync(webDir)
  writeFileSync(path.join(webDir, 'index.html'), '<!doctype html>')
  await harness.restart({ webDir })
  return harness
}

/** Ids of things that the simulator has. */
const idsIn = (harness: Harness): string[] => {
  const { world } = harness.sim
  const { jobs, contents } = world.site()
  return [...jobs.slice(0, 50), ...world.schedules.slice(0, 20), ...world.tasks().all.slice(0, 50), ...contents.slice(0, 50)].map(({ id }) => id)
}

const shootAll = async (harness: Harness, cookies: Cookies, all: readonly Shot[]): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  let next = 0
  const work = async (): Promise<void> => {
    for (let shot = all[next++]; shot !== undefined; shot = all[next++]) {
      try {
        const answer = await fire(agent, harness.bff.port, shot, cookies.get(shot.role) ?? '')
        check(shot, answer)
        if (answer.status === 401 && shot.role !== 'nobody' && 'endpoint' in shot.means) cookies.set(shot.role, cookieOf(await harness.signedIn(shot.role)))
      } catch (error) {
        throw new Error(`${described(shot)}: ${error instanceof Error ? error.message : 'failed'}`, { cause: error })
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    agent.destroy()
  }
}

const fuzz = async (count: number, seed: number, seen: Set<string>): Promise<void> => {
  // What must be refused goes to a world of its own, where not one call may reach Tableau.
  await using taking = await startFuzzed()
  await using refusing = await startFuzzed()
  const all = shots(idsIn(taking), count, seed)
  for (const shot of all) seen.add(`${shot.method} ${'endpoint' in shot.means ? shot.means.endpoint.path : 'refused'}`)
  const refusingCookies = await signInAll(refusing)
  const before = refusing.sim.ledger.entries.length
  await shootAll(refusing, refusingCookies, all.filter(({ means }) => 'refused' in means))
  expect(refusing.sim.ledger.entries.slice(before)).toEqual([])
  await shootAll(taking, await signInAll(taking), all.filter(({ means }) => 'endpoint' in means))
  for (const { logs } of [refusing, taking]) expect(logs.filter((line) => line.includes('"level":"error"'))).toEqual([])
}

describe('the API', () => {
  it(`answers ${runs} requests of every kind by its contract`, { timeout: 60_000 + runs * 20 }, async () => {
    const prototype = Object.getOwnPropertyNames(Object.prototype)
    const seen = new Set<string>()
    for (let done = 0; done < runs; done += round) await fuzz(Math.min(round, runs - done), chanceSeed + done, seen)
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype)
    expect(Object.hasOwn({}, 'polluted')).toBe(false)
    // Every endpoint was asked for something that it takes.
    expect(endpoints.filter((endpoint) => !seen.has(`${endpoint.method} ${endpoint.path}`)).map(({ path: one }) => one)).toEqual([])
  })
})
