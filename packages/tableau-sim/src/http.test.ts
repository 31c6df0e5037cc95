import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TableauSim } from './index.ts'
import { all, errorCode, jobsPath, one, patBody, send, signIn, signInBody, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill()
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const xml = { 'content-type': 'text/xml' }

describe('a client that no one of us wrote', () => {
  it.each([
    ['no content type', {}, signInBody('admin')],
    ['text/xml', xml, signInBody('admin')],
    ['application/xml with a charset', { 'content-type': 'application/xml; charset=utf-8' }, signInBody('admin')],
    ['curl’s form type', { 'content-type': 'application/x-www-form-urlencoded' }, signInBody('admin')],
    ['chunked transfer', { 'transfer-encoding': 'chunked' }, signInBody('admin')],
    ['100-continue', { expect: '100-continue' }, signInBody('admin')],
    ['a declaration and a namespace', xml, `<?xml version="1.0" encoding="UTF-8"?>${signInBody('admin').replace('<tsRequest>', '<tsRequest xmlns="http://tableau.com/api">')}`],
    ['a prefix', xml, signInBody('admin').replace('<tsRequest>', '<x:tsRequest xmlns:x="http://tableau.com/api">').replace('</tsRequest>', '</x:tsRequest>')],
    ['no site at all', xml, '<tsRequest><credentials name="admin" password="admin"/></tsRequest>'],
    ['a user name in upper case', xml, '<tsRequest><credentials name="ADMIN" password="admin"><site contentUrl=""/></credentials></tsRequest>'],
    ['a token', xml, patBody()],
  ])('signs in with %s', async (_, headers, body) => {
    const reply = await send(sim, '/api/3.24/auth/signin', { method: 'POST', headers, body })
    expect(reply.status).toBe(200)
    expect(one(reply.text, 'credentials').getAttribute('token')).toMatch(/^[\w-]+\|[\w-]+\|[0-9a-f-]{36}$/)
  })

  it.each(['/api/2.4/serverInfo', '/api/2.4/serverinfo', '/API/3.24/SERVERINFO/', '/Api/3.0/ServerInfo', '/api/3.24/serverInfo?x=1'])('reads %s', async (path) => {
    const reply = await send(sim, path)
    expect(reply.status).toBe(200)
    expect(one(reply.text, 'restApiVersion').textContent).toBe('3.24')
    expect(one(reply.text, 'productVersion').textContent).toBe('2024.2.2')
    expect(one(reply.text, 'productVersion').getAttribute('build')).toBe('20242.24.0807.0327')
  })

  it('does not mind case, a trailing slash or percent-encoding in a path', async () => {
    const job = sim.world.site().findJob({ status: 'Success' })
    for (const path of [
      `/API/3.24/Sites/${admin.siteId.toUpperCase()}/JOBS`,
      `/api/3.24/sites/${admin.siteId}/jobs/`,
      `/api/3.24/%73ites/${admin.siteId}/jobs/?pageSize=5`,
      `/api/3.1/sites/${admin.siteId}/jobs`,
      `/api/3.24/sites/${admin.siteId}/jobs/${job.id.toUpperCase()}`,
      '/api/3.24/Sessions/Current',
    ]) {
      expect([path, (await send(sim, path, { token: admin.token })).status]).toEqual([path, 200])
    }
  })

  it('understands filters and sorts however they are encoded', async () => {
    const count = async (query: string) => all((await send(sim, jobsPath(admin, `?${query}`), { token: admin.token })).text, 'backgroundJob').length
    expect(await count('filter=status:eq:Failed')).toBe(2)
    expect(await count('filter=status%3Aeq%3AFailed')).toBe(2)
    expect(await count('%66ilter=status:eq:Fai%6ced')).toBe(2)
    expect(await count('filter=jobType:in:[run_flow,createExtract]')).toBe(3)
    expect(await count('filter=jobType:in:%5Brun_flow%2CcreateExtract%5D')).toBe(3)
    expect(await count('filter=title:has:weekday+mail')).toBe(1)
    expect(await count('filter=title:has:weekday%20mail')).toBe(1)
    expect(await count('filter=progress:lte:0')).toBe(5)
    expect(await count('filter=createdAt:gt:2026-03-04T15:58:30z')).toBe(4)
    expect(await count('filter=createdAt:gt:2026-03-04T15:58:30Z,status:eq:Pending')).toBe(3)
    expect(await count('filter=notes:has:Login+failed+for+user+%27SVC_TABLEAU_DWH%27')).toBe(1)
    expect(await count('sort=priority:asc,createdAt:desc')).toBe(16)
  })

  it('gets replies as Tableau writes them, with the time of the simulator', async () => {
    sim.clock.advance(90_000)
    const reply = await send(sim, '/api/3.24/serverInfo')
    expect(reply.headers['content-type']).toBe('application/xml;charset=UTF-8')
    expect(reply.headers.date).toBe('Wed, 04 Mar 2026 16:01:30 GMT')
    expect(reply.text.startsWith("<?xml version='1.0' encoding='UTF-8'?><tsResponse xmlns=\"http://tableau.com/api\"")).toBe(true)
    expect((await send(sim, '/api/3.5/serverInfo')).text).toContain('ts-api_3_5.xsd')
  })

  it('gets an HTML page where people look', async () => {
    expect(await send(sim, '/')).toMatchObject({ status: 200, headers: { 'content-type': 'text/html;charset=UTF-8' } })
    expect((await send(sim, '/auth?format=xml')).status).toBe(404)
    expect((await send(sim, '/manual/login')).text).toContain('<!DOCTYPE html>')
  })
})

describe('every refusal', () => {
  const lost = 'ffffffff-ffff-4fff-8fff-ffffffffffff'
  interface RefusalCase {
    readonly expected: string
    readonly method: string
    readonly path: (session: SignedIn) => string
    readonly body: string | undefined
  }
  const refused = (status: number, code: string, method: string, path: (session: SignedIn) => string, body?: string): RefusalCase => ({ expected: `${status} ${code}`, method, path, body })
  const cases = [
    refused(400, '400000', 'POST', () => '/api/3.24/auth/signin'),
    refused(400, '400000', 'POST', () => '/api/3.24/auth/signin', '{"credentials":{}}'),
    refused(400, '400000', 'POST', () => '/api/3.24/auth/signin', '<tsRequest/>'),
    refused(400, '400000', 'POST', () => '/api/3.24/auth/signin', '<tsRequest><credentials/></tsRequest>'),
    refused(400, '400000', 'POST', () => '/api/3.5/auth/signin', patBody()),
    refused(400, '400000', 'POST', () => '/api/3.24/auth/switchSite', '<tsRequest/>'),
    refused(400, '400000', 'GET', (s) => jobsPath(s, '?filter=%zz')),
    refused(400, '400000', 'GET', () => '/api/3.24/sites/%zz/jobs'),
    refused(400, '400000', 'GET', (s) => `/api/3.24/sites/${s.siteId}?key=luid`),
    refused(400, '400006', 'GET', (s) => jobsPath(s, '?pageNumber=0')),
    refused(400, '400006', 'GET', (s) => jobsPath(s, '?pageNumber=x')),
    refused(400, '400006', 'GET', (s) => jobsPath(s, '?pageNumber=2&pageSize=100')),
    refused(400, '400006', 'GET', (s) => jobsPath(s, '?pageNumber=2&pageSize=16')),
    refused(400, '400006', 'GET', (s) => jobsPath(s, '?pageNumber=9&filter=status:eq:Failed')),
    refused(400, '400006', 'GET', () => '/api/3.24/sites?pageNumber=2'),
    refused(400, '400007', 'GET', (s) => jobsPath(s, '?pageSize=0')),
    refused(400, '400007', 'GET', (s) => jobsPath(s, '?pageSize=-1')),
    refused(400, '400007', 'GET', (s) => jobsPath(s, '?pageSize=many')),
    refused(403, '403014', 'GET', (s) => jobsPath(s, '?pageSize=1001')),
    refused(400, '400065', 'GET', (s) => jobsPath(s, '?filter=endedAt:gt:2026-01-01T00:00:00Z')),
    refused(400, '400065', 'GET', (s) => jobsPath(s, '?sort=title:asc')),
    refused(400, '400065', 'GET', (s) => jobsPath(s, '?sort=createdAt')),
    refused(401, '401001', 'POST', () => '/api/3.24/auth/signin', '<tsRequest><credentials name="nobody" password="x"/></tsRequest>'),
    refused(401, '401001', 'POST', () => '/api/3.24/auth/signin', '<tsRequest><credentials name="admin" password="wrong"/></tsRequest>'),
    refused(401, '401001', 'POST', () => '/api/3.24/auth/signin', signInBody('admin', 'no-such-site')),
    refused(401, '401001', 'POST', () => '/api/3.24/auth/signin', signInBody('explorer', 'finance')),
    refused(401, '401001', 'POST', () => '/api/3.24/auth/signin', patBody('wrong')),
    refused(401, '401001', 'POST', () => '/api/3.24/auth/signin', '<tsRequest><credentials jwt="a.b.c"><site contentUrl=""/></credentials></tsRequest>'),
    refused(401, '401001', 'POST', () => '/api/3.24/auth/switchSite', '<tsRequest><site contentUrl="nowhere"/></tsRequest>'),
    refused(403, '403004', 'POST', () => '/api/3.24/auth/signin', '<tsRequest><credentials name="admin" password="admin"><site contentUrl=""/><user id="x"/></credentials></tsRequest>'),
    refused(403, '403070', 'POST', () => '/api/3.24/auth/switchSite', '<tsRequest><site contentUrl=""/></tsRequest>'),
    refused(404, '404000', 'GET', () => `/api/3.24/sites/${lost}/jobs`),
    refused(404, '404000', 'GET', () => `/api/3.24/sites/${lost}/jobs/${lost}`),
    refused(404, '404000', 'PUT', () => `/api/3.24/sites/${lost}/jobs/${lost}`),
    refused(404, '404000', 'GET', () => '/api/3.24/sites/not-a-luid/jobs'),
    refused(404, '404000', 'GET', () => `/api/3.24/sites/${lost}`),
    refused(404, '404002', 'GET', (s) => `/api/3.24/sites/${s.siteId}/users/${lost}`),
    refused(404, '404003', 'GET', () => '/api/3.24/flying-carpets'),
    refused(404, '404003', 'GET', (s) => `/api/3.24/sites/${s.siteId}/jobs/${lost}/more`),
    refused(404, '404003', 'GET', () => '/api/3.25/serverInfo'),
    refused(404, '404003', 'GET', () => '/api/4.0/serverInfo'),
    refused(404, '404003', 'GET', () => '/api/2.9/serverInfo'),
    refused(404, '404003', 'GET', () => '/api/3.024/serverInfo'),
    refused(404, '404003', 'GET', () => '/api/1.9/serverInfo'),
    refused(404, '404003', 'GET', () => '/api/2.3/serverInfo'),
    refused(404, '404003', 'GET', () => '/api/-/serverInfo'),
    refused(404, '404003', 'GET', () => '/api'),
    refused(404, '404003', 'GET', (s) => `/api/3.0/sites/${s.siteId}/jobs`),
    refused(404, '404018', 'GET', (s) => jobsPath(s, `/${lost}`)),
    refused(404, '404018', 'GET', (s) => jobsPath(s, '/not-a-luid')),
    refused(404, '404018', 'PUT', (s) => jobsPath(s, `/${lost}`)),
    refused(405, '405000', 'POST', () => '/api/3.24/serverInfo'),
    refused(405, '405000', 'GET', () => '/api/3.24/auth/signin'),
    refused(405, '405000', 'DELETE', () => '/api/3.24/sites'),
    refused(405, '405000', 'PUT', (s) => jobsPath(s)),
    refused(405, '405000', 'POST', (s) => jobsPath(s, `/${lost}`)),
    refused(405, '405000', 'DELETE', (s) => jobsPath(s, `/${lost}`)),
    refused(405, '405000', 'PATCH', (s) => jobsPath(s, `/${lost}`)),
    refused(405, '405000', 'PUT', (s) => `/api/2.8/sites/${s.siteId}/jobs/${lost}`),
    refused(413, '413000', 'POST', () => '/api/3.24/auth/signin', `<tsRequest>${' '.repeat(300_000)}</tsRequest>`),
  ]

  it.each(cases)('$expected: $method $path $body', async ({ expected, method, path, body }) => {
    const reply = await send(sim, path(admin), { method, token: admin.token, ...(body !== undefined && { body }) })
    expect(`${reply.status} ${errorCode(reply)}`).toBe(expected)
    expect(reply.headers['content-type']).toBe('application/xml;charset=UTF-8')
    const entry = sim.ledger.entries.at(-1)
    expect([`${entry?.status} ${entry?.code}`, entry?.applied]).toEqual([expected, false])
  })

  it('says which verbs there are', async () => {
    const reply = await send(sim, jobsPath(admin, `/${lost}`), { method: 'DELETE', token: admin.token })
    expect(reply.headers.allow).toBe('GET, PUT')
  })

  it('answers HEAD with 405 and no body', async () => {
    const reply = await send(sim, jobsPath(admin), { method: 'HEAD', token: admin.token })
    expect([reply.status, reply.text]).toEqual([405, ''])
  })

  it('tells no token, a dead one and one of another site apart', async () => {
    const finance = await signIn(sim, 'admin', 'finance')
    const codeOf = async (token: string | undefined, path = jobsPath(admin)) => errorCode(await send(sim, path, token === undefined ? {} : { token }))
    expect(await codeOf(undefined)).toBe('401000')
    expect(await codeOf('')).toBe('401000')
    expect(await codeOf('no-token')).toBe('401002')
    expect(await codeOf(`${admin.token}x`)).toBe('401002')
    expect(await codeOf(finance.token)).toBe('401002')
    expect(await codeOf(finance.token, `/api/3.24/sites/${admin.siteId}`)).toBe('401002')
    expect(await codeOf(undefined, '/api/3.24/sites')).toBe('401000')
  })

  it('speaks for a server of another version', async () => {
    await using old = await startStill({ apiVersion: '3.0' })
    const session = await signIn(old, 'admin').catch(() => undefined)
    expect(session).toBeUndefined()
    const reply = await send(old, '/api/3.0/auth/signin', { method: 'POST', body: signInBody('admin') })
    expect(reply.status).toBe(200)
    expect(one(reply.text, 'credentials').hasAttribute('estimatedTimeToExpiration')).toBe(false)
    const siteId = one(reply.text, 'site').getAttribute('id') ?? ''
    const token = one(reply.text, 'credentials').getAttribute('token') ?? ''
    expect(errorCode(await send(old, `/api/3.0/sites/${siteId}/jobs`, { token }))).toBe('404003')
    expect(errorCode(await send(old, `/api/3.1/sites/${siteId}/jobs`, { token }))).toBe('404003')
  })

  it('leaves titles out of the rows of an old version', async () => {
    const rows = async (version: string) => all((await send(sim, `/api/${version}/sites/${admin.siteId}/jobs`, { token: admin.token })).text, 'backgroundJob')
    expect((await rows('3.5')).some((row) => row.hasAttribute('title'))).toBe(false)
    expect((await rows('3.6')).some((row) => row.hasAttribute('title'))).toBe(true)
  })
})

describe('the ledger', () => {
  it('has one entry for every request, as it was received', async () => {
    sim.ledger.clear()
    await send(sim, '/API/3.24/Auth/SIGNIN/?a=%20b', { method: 'POST', body: signInBody('viewer', 'finance') })
    await send(sim, '/nowhere')
    await send(sim, jobsPath(admin, '?pageSize=7'), { token: admin.token })
    await send(sim, jobsPath(admin), { token: 'dead' })
    expect(sim.ledger.entries).toMatchObject([
      { operation: 'signIn', method: 'POST', path: '/API/3.24/Auth/SIGNIN/', query: 'a=%20b', token: null, user: 'viewer', site: 'finance', status: 200, code: null, applied: true, body: signInBody('viewer', 'finance') },
      { operation: null, method: 'GET', path: '/nowhere', status: 404, code: null, user: null },
      { operation: 'queryJobs', query: 'pageSize=7', token: admin.token, user: 'admin', site: 'Default', status: 200, applied: false, at: '2026-03-04T16:00:00.000Z' },
      { operation: 'queryJobs', token: 'dead', user: null, site: null, status: 401, code: '401002' },
    ])
    expect(sim.ledger.of('queryJobs')).toHaveLength(2)
  })

  it('notes a request whose body never came to its end', async () => {
    sim.ledger.clear()
    const abort = new AbortController()
    const gone = send(sim, '/api/3.24/auth/signin', { method: 'POST', headers: { 'content-length': '1000' }, body: '<tsRe', signal: abort.signal })
    await expect.poll(() => sim.ledger.entries.length).toBe(1)
    abort.abort()
    await expect(gone).rejects.toThrow('aborted')
    expect(sim.ledger.entries).toMatchObject([{ operation: 'signIn', status: null, applied: false }])
  })
})
