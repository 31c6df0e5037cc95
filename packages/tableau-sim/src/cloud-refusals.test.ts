import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TableauSim } from './index.ts'
import { all, errorCode, jobsPath, one, patBody, readCredentials, send, signInBody, signInToCloud, sitePath, startStill, startStillCloud } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStillCloud({ scenario: 'small' })
  admin = await signInToCloud(sim)
})
afterEach(() => sim.close())

const nowhere = '00000000-0000-4000-8000-000000000000'
const minute = 60_000
const outcome = (reply: RawReply) => `${reply.status} ${reply.status < 300 ? '' : errorCode(reply)}`.trim()
const isAlive = async (session = admin) => (await send(sim, '/api/3.24/sessions/current', { token: session.token })).status === 200
const post = (body: string) => send(sim, '/api/3.24/auth/signin', { method: 'POST', body })

describe('a site of Tableau Cloud', () => {
  it('is the only one, with the accounts of a Server and nobody who administers a server', async () => {
    expect(sim.flavor).toBe('cloud')
    expect(sim.world.sites.map(({ name, contentUrl }) => [name, contentUrl])).toEqual([['Demo', 'demo']])
    expect(sim.world.schedules).toEqual([])
    const roles = sim.world.accounts.filter(({ password }) => password !== undefined).map(({ name, memberships }) => [name, memberships.map(({ siteRole }) => siteRole).join()])
    expect(roles).toEqual([
      ['admin', 'SiteAdministratorCreator'], ['site-admin', 'SiteAdministratorCreator'], ['creator', 'Creator'],
      ['leader', 'ExplorerCanPublish'], ['explorer', 'Explorer'], ['viewer', 'Viewer'],
    ])
    const site = one((await send(sim, `/api/3.24/sites/${admin.siteId}`, { token: admin.token })).text, 'site')
    // Nobody sets the mode there, so nobody is told it.
    expect([site.getAttribute('contentUrl'), site.getAttribute('timeZone'), site.hasAttribute('extractEncryptionMode')]).toEqual(['demo', 'America/Los_Angeles', false])
    expect((await send(sim, jobsPath(admin), { token: admin.token })).status).toBe(200)
  })

  it('wants its content URL at sign-in, by password and by token', async () => {
    for (const body of [signInBody('admin'), patBody(), '<tsRequest><credentials name="admin" password="admin"/></tsRequest>', signInBody('admin', 'finance'), signInBody('admin', 'Demo')]) {
      expect(outcome(await post(body))).toBe('401 401001')
    }
    const reply = await post(patBody('demo-pat-secret', 'demo'))
    expect(one(reply.text, 'credentials').getAttribute('estimatedTimeToExpiration')).toBe('2:00:00')
    expect(await isAlive(readCredentials(reply.text))).toBe(true)
  })

  it('ends a session after 120 idle minutes', async () => {
    sim.clock.advance(120 * minute)
    expect(await isAlive()).toBe(true)
    sim.clock.advance(120 * minute + 1)
    expect(outcome(await send(sim, jobsPath(admin), { token: admin.token }))).toBe('401 401002')
  })

  it('can be switched to from nowhere', async () => {
    const switchTo = (contentUrl: string) => send(sim, '/api/3.24/auth/switchSite', { method: 'POST', token: admin.token, body: `<tsRequest><site contentUrl="${contentUrl}"/></tsRequest>` })
    expect([outcome(await switchTo('demo')), outcome(await switchTo(''))]).toEqual(['403 403070', '401 401001'])
    expect(await isAlive()).toBe(true)
  })
})

describe('what only a Server has', () => {
  it.each([
    ['GET', () => '/api/3.24/sites', '403 403069'],
    ['PUT', (session: SignedIn) => sitePath(session, ''), '403 403069'],
    ['GET', () => '/api/3.24/schedules', '401 401002'],
    ['GET', () => '/api/3.24/schedules?pageSize=10', '401 401002'],
    ['POST', () => '/api/3.24/schedules', '401 401002'],
    ['GET', () => `/api/3.24/schedules/${nowhere}`, '401 401002'],
    ['PUT', () => `/api/3.24/schedules/${nowhere}`, '401 401002'],
    ['DELETE', () => `/api/3.24/schedules/${nowhere}`, '401 401002'],
    ['GET', (session: SignedIn) => sitePath(session, '/schedules'), '404 404003'],
    ['GET', (session: SignedIn) => sitePath(session, `/schedules/${nowhere}/extracts`), '404 404003'],
    ['PUT', (session: SignedIn) => sitePath(session, `/schedules/${nowhere}/workbooks`), '404 404003'],
    ['PUT', (session: SignedIn) => sitePath(session, `/schedules/${nowhere}/datasources`), '404 404003'],
    ['POST', (session: SignedIn) => sitePath(session, '/encrypt-extracts'), '404 404003'],
    ['POST', (session: SignedIn) => sitePath(session, '/decrypt-extracts'), '404 404003'],
    ['POST', (session: SignedIn) => sitePath(session, '/reencrypt-extracts'), '404 404003'],
    ['GET', (session: SignedIn) => sitePath(session, '/tasks/dataAcceleration'), '404 404003'],
    ['DELETE', (session: SignedIn) => sitePath(session, `/tasks/dataAcceleration/${nowhere}`), '404 404003'],
  ])('%s %s: %s, and the session stays alive', async (method, path, expected) => {
    expect(outcome(await send(sim, path(admin), { method, token: admin.token, ...((method === 'POST' || method === 'PUT') && { body: '<tsRequest/>' }) }))).toBe(expected)
    expect(await isAlive()).toBe(true)
    expect(sim.ledger.entries.at(-2)?.applied).toBe(false)
  })

  it('tells those without a token so', async () => {
    for (const path of ['/api/3.24/sites', '/api/3.24/schedules']) expect(outcome(await send(sim, path))).toBe('401 401000')
  })
})

describe('what only Cloud has', () => {
  it('is no method of a Server', async () => {
    await using server = await startStill({ scenario: 'small' })
    const { text } = await send(server, '/api/3.24/auth/signin', { method: 'POST', body: signInBody('admin') })
    const session = readCredentials(text)
    for (const rest of ['', `/${nowhere}`]) {
      const reply = await send(server, sitePath(session, `/tasks/extractRefreshes${rest}`), { method: 'POST', body: '<tsRequest/>', token: session.token })
      expect(outcome(reply)).toBe('405 40500')
    }
    expect(all((await send(server, '/api/3.24/sites', { token: session.token })).text, 'site')).toHaveLength(2)
  })
})
