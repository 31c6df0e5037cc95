import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract, type Endpoint } from '@refreshboard/api-types'
import { systemClock, type Clock } from '../clock.ts'
import { createBrowser, type Browser, type Reply } from '../testing/browser.ts'
import { chanceSeed, createChance } from '../testing/chance.ts'
import { startHarness, type Harness } from '../testing/harness.ts'
import { startTableauFront, type TableauFront } from '../testing/tableau-front.ts'
import { markOf, marksIn, watermark } from '../testing/watermarks.ts'

const isLong = process.env['LEAK_RUNS'] !== undefined
const runs = Number(process.env['LEAK_RUNS'] ?? 600)
/** Each new user has Tableau read everything once, which is most of the cost of a short run. */
const users = Math.min(50, Math.ceil(runs / 40))
const roles = ['ServerAdministrator', 'SiteAdministratorCreator', 'ServerAdministrator', 'Creator', 'Viewer'] as const
const siteNames: Readonly<Record<string, string>> = { '': 'Default', finance: 'finance' }

let asked = 0
/** Time goes by with the requests, whatever the machine: each list is read anew every few hundred of them. */
const countingClock: Clock = {
  now: () => systemClock.now(),
  monotonic: () => asked * 10,
  delay: (ms, signal) => systemClock.delay(ms, signal),
}

/** One browser of one user. */
interface Actor {
  readonly account: string
  readonly browser: Browser
  site: string
}

const isAdministrator = ({ account }: Actor): boolean => !['Creator', 'Viewer'].includes(roles[Number(account.replace('user-', '')) % roles.length] ?? '')

/** What is asked: by one, or by many at the same moment. */
interface Ask {
  readonly endpoint: string
  readonly method: Endpoint['method']
  readonly path: string
  readonly body?: unknown
  readonly key?: string
}

const reads = Object.entries<Endpoint>(contract).filter(([, { method, access }]) => method === 'GET' && access === 'session')

/** What tells nothing that Tableau names, and so cannot be marked. */
const unmarked = ['jobsHistogram', 'getTimeZone', 'listSessions', 'listBulk']

/** Search parameters that are tried beside none. */
const queries: Readonly<Record<string, readonly string[]>> = {
  listJobs: ['?limit=5', '?offset=3&limit=4&sort=title:asc', '?q=e', '?status=Failed,Success'],
  listWorkbooks: ['?q=a', '?limit=2&offset=1'],
  listDatasources: ['?limit=1'],
  listExtracts: ['?extract=yes&limit=3', '?q=e&sort=owner:desc'],
}

describe('what Tableau told one user', () => {
  const chance = createChance(chanceSeed)
  let front: TableauFront
  let harness: Harness
  let actors: Actor[]
  /** Keys of everybody's writes. */
  const keys: string[] = [randomUUID()]
  /** Everybody's bulk runs, and by mark whose they are. */
  const bulkIds: string[] = [randomUUID()]
  const ownerOf = new Map<string, string>()
  const ids = { jobs: [''], schedules: [''], tasks: [''], workbooks: [''], datasources: [''] }
  const isKnown = (resource: string): resource is keyof typeof ids => Object.hasOwn(ids, resource)

  const signIn = async (actor: Actor, site: string): Promise<void> => {
    const reply = await actor.browser.signIn(actor.account, site)
    expect(reply.status).toBe(201)
    actor.site = site
  }

  beforeAll(async () => {
    front = await startTableauFront()
    // The last version of the REST API that tells everything, data acceleration included.
    harness = await startHarness({ clock: countingClock, sim: { apiVersion: '3.15' }, env: { TABLEAU_SERVERS: `server=${front.url}` } })
    front.target = harness.sim.url
    watermark(front, harness.sim)
    const { world } = harness.sim
    const sites = world.sites
    const schedule = world.addSchedule({ name: 'Acceleration', type: 'DataAcceleration', frequency: 'Daily', start: '05:00:00', intervals: [] })
    for (const { id, contents } of sites) {
      const content = contents.find(({ kind }) => kind === 'workbook')
      if (content !== undefined) world.addTask(id, { kind: 'dataAcceleration', content, schedule })
    }
    ids.jobs = sites.flatMap(({ jobs }) => jobs.map(({ id }) => id))
    ids.schedules = world.schedules.map(({ id }) => id)
    ids.tasks = sites.flatMap((site) => world.tasks(site).all.map(({ id }) => id))
    ids.workbooks = sites.flatMap(({ contents }) => contents.filter(({ kind }) => kind === 'workbook').map(({ id }) => id))
    ids.datasources = sites.flatMap(({ contents }) => contents.filter(({ kind }) => kind === 'datasource').map(({ id }) => id))
    actors = Array.from({ length: Math.ceil(users * 1.2) }, (_none, at) => ({
      account: `user-${at % users}`,
      browser: createBrowser(() => `http://127.0.0.1:${harness.bff.port}`),
      site: '',
    }))
    for (let at = 0; at < users; at += 1) world.addAccount(`user-${at}`, roles[at % roles.length] ?? 'Viewer')
    for (let from = 0; from < actors.length; from += 15) {
      await Promise.all(actors.slice(from, from + 15).map((actor, at) => signIn(actor, at % 4 === 3 ? 'finance' : '')))
    }
  }, 60_000)
  afterAll(async () => {
    await harness[Symbol.asyncDispose]()
    await front[Symbol.asyncDispose]()
  })

  const pathOf = (path: string): string =>
    path.replace(/:[a-z]+/, () => {
      const resource = path.split('/')[2] ?? ''
      if (resource === 'writes') return chance.pick(keys)
      if (resource === 'bulk') return chance.pick(bulkIds)
      if (!isKnown(resource)) throw new Error(`say here what ${path} can be asked for`)
      return chance.pick(ids[resource])
    })

  const readOf = ([name, { method, path }]: [string, Endpoint]): Ask => ({ endpoint: name, method, path: pathOf(path) + chance.pick(['', ...(queries[name] ?? [])]) })

  const writes: readonly (() => Ask)[] = [
    () => ({ endpoint: 'cancelJob', method: 'POST', path: pathOf('/api/jobs/:id/cancel') }),
    () => ({ endpoint: 'cancelJob', method: 'POST', path: pathOf('/api/jobs/:id/cancel') }),
    () => ({ endpoint: 'runTask', method: 'POST', path: pathOf('/api/tasks/:id/run') }),
    () => ({ endpoint: 'updateSchedule', method: 'PATCH', path: pathOf('/api/schedules/:id'), body: { changes: { priority: 1 + chance.below(3) }, seen: {} } }),
    () => ({ endpoint: 'addToSchedule', method: 'POST', path: pathOf('/api/schedules/:id/tasks'), body: { workbookId: chance.pick(ids.workbooks) } }),
  ]

  /** Three, of whichever site they are. */
  const planOfMany = (): Ask => ({ endpoint: 'planBulk', method: 'POST', path: '/api/bulk', body: { action: 'tasks.delete', select: { ids: [...new Set(Array.from({ length: 3 }, () => chance.pick(ids.tasks)))] } } })

  const preview = (): Ask => ({ endpoint: 'preview', method: 'GET', path: pathOf('/api/workbooks/:id/preview.png') })

  const anyAsk = (): Ask => {
    const kind = chance.below(10)
    if (kind === 0) return preview()
    if (kind === 1 && chance.happens(0.5)) return planOfMany()
    if (kind > 2) return readOf(chance.pick(reads))
    const write = chance.pick(writes)()
    // Some keys were used before, by the same person or another, for this or for something else.
    const key = chance.happens(0.2) ? chance.pick(keys) : randomUUID()
    keys.push(key)
    return { ...write, key }
  }

  /** Who sent a write with which key, by mark and key. */
  const sent = new Set<string>()
  /** How often each endpoint told something that carried the mark of who asked. */
  const told = new Map<string, number>()
  const faults: string[] = []
  let left = 0

  const check = (actor: Actor, ask: Ask, reply: Reply): void => {
    const own = markOf(actor.account, siteNames[actor.site] ?? '')
    const where = `${own} asked ${ask.method} ${ask.path}: ${reply.status}`
    const headers = [...reply.headers].map((header) => header.join(': ')).join('\n')
    const marks = marksIn(`${reply.text}\n${headers}`)
    // Administrators are told what others of the same site had changed.
    const isOfSite = (mark: string): boolean => ask.endpoint === 'listAudit' && isAdministrator(actor) && mark.endsWith(`@${siteNames[actor.site] ?? ''}~`)
    for (const mark of marks) if (mark !== own && !isOfSite(mark)) faults.push(`${where} with ${mark}`)
    if (marks.includes(own)) told.set(ask.endpoint, (told.get(ask.endpoint) ?? 0) + 1)
    if (ask.endpoint === 'listSessions') {
      const browsers = actors.filter(({ account }) => account === actor.account).length
      const found = (reply.text.match(/"current"/g) ?? []).length
      if (found < 1 || found > browsers) faults.push(`${where} with ${found} sessions of ${browsers} browsers`)
    }
    // A key that somebody else used is no write of this one's.
    if (ask.endpoint === 'getWrite' && reply.status === 200 && !sent.has(`${own} ${ask.path.split('/').at(-1) ?? ''}`)) faults.push(`${where} of another's key`)
    if (ask.endpoint === 'listBulk' && reply.status === 200) {
      const { runs: listed } = z.object({ runs: z.array(z.object({ id: z.string() })) }).parse(reply.json)
      for (const { id } of listed) if ((ownerOf.get(id) ?? own) !== own) faults.push(`${where} with a run of ${ownerOf.get(id) ?? ''}`)
    }
    // Tableau may refuse in its own words, and a machine that is busy otherwise may be too busy; nothing else may go wrong.
    const isToBeExpected = /^{"code":"(upstream_refused|overloaded)"/.test(reply.text)
    if ((reply.status >= 500 && !isToBeExpected) || reply.status === 401) faults.push(`${where} ${reply.text.slice(0, 120)}`)
    const isImage = ask.endpoint === 'preview' && reply.status === 200
    const wanted = isImage ? 'private, max-age=60' : 'no-store'
    if (reply.headers.get('cache-control') !== wanted) faults.push(`${where} may be kept: ${reply.headers.get('cache-control') ?? 'unsaid'}`)
    const varies = (reply.headers.get('vary') ?? '').toLowerCase().split(/, */)
    if (isImage !== varies.includes('cookie') || varies.some((name) => !['', 'accept-encoding', 'cookie'].includes(name))) faults.push(`${where} varies by ${varies.join()}`)
    if (reply.headers.has('set-cookie')) faults.push(`${where} sets a cookie`)
  }

  const run = async (actor: Actor, ask: Ask): Promise<void> => {
    asked += 1
    const { method, path, body, key } = ask
    if (key !== undefined) sent.add(`${markOf(actor.account, siteNames[actor.site] ?? '')} ${key}`)
    const leaving = chance.happens(0.06) ? new AbortController() : undefined
    if (leaving) setTimeout(() => leaving.abort(), chance.below(12))
    const given = { method, ...(body === undefined ? {} : { body }), ...(key === undefined ? {} : { key }), ...(leaving === undefined ? {} : { signal: leaving.signal }) }
    const reply = await actor.browser.request(path, given).catch((error: unknown) => {
      if (leaving?.signal.aborted !== true) throw error
      left += 1
      return undefined
    })
    if (reply !== undefined) check(actor, ask, reply)
    const planned = ask.endpoint === 'planBulk' && reply?.status === 201 ? z.object({ id: z.string() }).parse(reply.json) : undefined
    if (planned !== undefined) {
      bulkIds.push(planned.id)
      ownerOf.set(planned.id, markOf(actor.account, siteNames[actor.site] ?? ''))
      await run(actor, { endpoint: 'getBulk', method: 'GET', path: `/api/bulk/${planned.id}` })
    }
    if (key !== undefined && chance.happens(0.8)) await run(actor, { endpoint: 'getWrite', method: 'GET', path: `/api/writes/${key}` })
  }

  const move = async (actor: Actor): Promise<void> => {
    const site = chance.pick(['', 'finance'])
    if (chance.happens(0.3)) {
      const reply = await actor.browser.post('/api/session/site', { site })
    expect(reply.status).toBe(200)
      actor.site = site
      return
    }
    if (chance.happens(0.5)) await actor.browser.signOut()
    await signIn(actor, site)
  }

  it(`is never told to another (${runs} requests of ${users} users, seed ${chanceSeed})`, { timeout: 1_200_000 }, async () => {
    const finished = harness.sim.world.site().findJob({ status: 'Success' })
    // Few schedules have tasks, and fewer those of one who asks.
    const nightly: Ask = { endpoint: 'listScheduleTasks', method: 'GET', path: `/api/schedules/${harness.sim.world.schedule('Nightly').id}/tasks` }
    const first: (() => Ask)[] = [
      () => ({ endpoint: 'cancelJob', method: 'POST', path: `/api/jobs/${finished.id}/cancel`, key: randomUUID() }),
      preview,
      planOfMany,
      ...[1, 2, 3, 4].map(() => () => nightly),
      ...reads.map((read) => () => readOf(read)),
      // Not everything that has an id has something to tell.
      ...reads.filter(([, { path }]) => path.includes(':')).map((read) => () => readOf(read)),
    ]
    const isAskedEnough = (): boolean => asked >= runs
    while (!isAskedEnough()) {
      const offset = chance.below(actors.length)
      const some = actors.filter((_actor, at) => (at + offset) % 4 === 0)
      // Half of the time, and at first for each endpoint, all ask for the same thing at the same moment.
      const common = first.shift()?.() ?? (chance.happens(0.5) ? anyAsk() : undefined)
      await Promise.all(some.flatMap((actor) => Array.from({ length: 1 + chance.below(2) }, () => run(actor, common ?? anyAsk()))))
      await Promise.all(some.filter(() => chance.happens(0.06)).map(move))
      harness.sim.clock.advance(chance.below(2000))
    }
    expect(faults[0] ?? 'nothing').toBe('nothing')
    expect(left).toBeGreaterThan(asked / 100)
    const silent = [...reads.map(([name]) => name), 'preview', 'cancelJob', 'planBulk'].filter((name) => !told.has(name) && !unmarked.includes(name))
    // A short run is a sample: a few endpoints may only have been asked by who has nothing there. The long one has to hear from all.
    expect(silent.slice(isLong ? 0 : 4)).toEqual([])
  })
})
