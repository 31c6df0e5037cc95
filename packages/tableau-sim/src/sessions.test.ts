import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TableauSim } from './index.ts'
import { all, errorCode, jobsPath, one, patBody, readCredentials, send, signIn, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'

let sim: TableauSim

beforeEach(async () => {
  sim = await startStill()
})
afterEach(() => sim.close())

const minute = 60_000
const isAlive = async (session: SignedIn): Promise<boolean> => (await send(sim, '/api/3.24/sessions/current', { token: session.token })).status === 200
const signInByPat = async (): Promise<SignedIn> => readCredentials((await send(sim, '/api/3.24/auth/signin', { method: 'POST', body: patBody() })).text)
const switchTo = (session: SignedIn, contentUrl: string) =>
  send(sim, '/api/3.24/auth/switchSite', { method: 'POST', token: session.token, body: `<tsRequest><site contentUrl="${contentUrl}"/></tsRequest>` })

describe('a session', () => {
  it('ends after 240 idle minutes of the virtual clock, counted from its last use', async () => {
    const session = await signIn(sim)
    sim.clock.advance(239 * minute)
    expect(await isAlive(session)).toBe(true)
    sim.clock.advance(240 * minute)
    expect(await isAlive(session)).toBe(true)
    sim.clock.advance(240 * minute + 1)
    const reply = await send(sim, jobsPath(session), { token: session.token })
    expect([reply.status, errorCode(reply)]).toEqual([401, '401002'])
    expect(sim.world.sessions.list()).toEqual([])
  })

  it('says at sign-in how long it lasts', async () => {
    const reply = await send(sim, '/api/3.24/auth/signin', { method: 'POST', body: patBody() })
    expect(one(reply.text, 'credentials').getAttribute('estimatedTimeToExpiration')).toBe('4:00:00')
  })

  it('is one per personal access token, and any number per password', async () => {
    const [firstPat, password, otherPassword] = [await signInByPat(), await signIn(sim), await signIn(sim)]
    const secondPat = await signInByPat()
    expect(await Promise.all([firstPat, secondPat, password, otherPassword].map(isAlive))).toEqual([false, true, true, true])
  })

  it('can be had by who was added, on every site', async () => {
    const account = sim.world.addAccount('added', 'Viewer')
    expect(account.memberships.map(({ site }) => site)).toEqual(sim.world.sites)
    expect(() => sim.world.addAccount('added', 'Creator')).toThrow('already')
    const session = await signIn(sim, 'added')
    expect(session.userId).toBe(account.memberships[0]?.userId)
    expect(errorCode(await send(sim, jobsPath(session), { token: session.token }))).toMatch(/^403/)
  })

  it('is over after signing out, once', async () => {
    const session = await signIn(sim)
    const signOut = () => send(sim, '/api/3.24/auth/signout', { method: 'POST', token: session.token })
    expect(await signOut()).toMatchObject({ status: 204, text: '' })
    expect(errorCode(await signOut())).toBe('401002')
    expect(sim.ledger.of('signOut').map((entry) => entry.applied)).toEqual([true, false])
  })

  it('moves to another site with a new token and another user id', async () => {
    const session = await signIn(sim)
    const moved = readCredentials((await switchTo(session, 'finance')).text)
    expect(moved.siteId).not.toBe(session.siteId)
    expect(moved.userId).not.toBe(session.userId)
    expect(await isAlive(session)).toBe(false)
    expect(all((await send(sim, jobsPath(moved), { token: moved.token })).text, 'backgroundJob')).toHaveLength(3)
  })

  it('survives a refused switch', async () => {
    const session = await signIn(sim, 'explorer')
    expect(errorCode(await switchTo(session, 'finance'))).toBe('401001')
    expect(errorCode(await switchTo(session, ''))).toBe('403070')
    expect(await isAlive(session)).toBe(true)
  })

  it('keeps the one-session rule of its token across a switch', async () => {
    const moved = readCredentials((await switchTo(await signInByPat(), 'finance')).text)
    await signInByPat()
    expect(await isAlive(moved)).toBe(false)
  })

  it('can be ended from a test', async () => {
    const [first, second] = [await signIn(sim), await signIn(sim, 'viewer')]
    expect(sim.world.sessions.killToken(first.token)).toBe(true)
    expect(sim.world.sessions.killToken(first.token)).toBe(false)
    expect([await isAlive(first), await isAlive(second)]).toEqual([false, true])
    sim.world.sessions.killAll()
    expect(await isAlive(second)).toBe(false)
  })
})

describe('roles', () => {
  it.each([
    ['admin', 'ServerAdministrator', true],
    ['site-admin', 'SiteAdministratorCreator', true],
    ['creator', 'Creator', false],
    ['leader', 'ExplorerCanPublish', false],
    ['explorer', 'Explorer', false],
    ['viewer', 'Viewer', false],
  ] as const)('%s is %s', async (name, siteRole, mayAdminister) => {
    const session = await signIn(sim, name)
    const user = await send(sim, `/api/3.24/sites/${session.siteId}/users/${session.userId}`, { token: session.token })
    expect(one(user.text, 'user').getAttribute('siteRole')).toBe(siteRole)
    expect(one(user.text, 'user').getAttribute('name')).toBe(name)

    const { id } = sim.world.site().findJob({ status: 'Pending' })
    const list = await send(sim, jobsPath(session), { token: session.token })
    const query = await send(sim, jobsPath(session, `/${id}`), { token: session.token })
    const cancel = await send(sim, jobsPath(session, `/${id}`), { method: 'PUT', token: session.token })
    const outcomes = [list, query, cancel].map((reply) => (reply.status === 200 ? 'ok' : `${reply.status} ${errorCode(reply)}`))
    expect(outcomes).toEqual(mayAdminister ? ['ok', 'ok', 'ok'] : ['403 403004', '403 403004', '403 403032'])
  })

  it('lets only administrators read the record of another user', async () => {
    const [admin, viewer] = [await signIn(sim), await signIn(sim, 'viewer')]
    const read = (session: SignedIn, userId: string) => send(sim, `/api/3.24/sites/${session.siteId}/users/${userId}`, { token: session.token })
    expect((await read(admin, viewer.userId)).status).toBe(200)
    expect(errorCode(await read(viewer, admin.userId))).toBe('403004')
  })

  it('takes effect at the next request when a role changes', async () => {
    const session = await signIn(sim, 'site-admin')
    sim.world.setSiteRole('site-admin', '', 'Viewer')
    expect(errorCode(await send(sim, jobsPath(session), { token: session.token }))).toBe('403004')
    sim.world.setSiteRole('viewer', '', 'Unlicensed')
    expect(errorCode(await send(sim, '/api/3.24/auth/signin', { method: 'POST', body: '<tsRequest><credentials name="viewer" password="viewer"/></tsRequest>' }))).toBe('401001')
  })

  it('shows the sites that the caller is on', async () => {
    const names = async (account: string) => {
      const { token } = await signIn(sim, account)
      return all((await send(sim, '/api/3.24/sites', { token })).text, 'site').map((site) => site.getAttribute('contentUrl'))
    }
    expect(await names('admin')).toEqual(['', 'finance'])
    expect(await names('explorer')).toEqual([''])
  })

  it('reads the own site by id, name and content URL, with more for administrators', async () => {
    const [admin, viewer] = [await signIn(sim, 'admin', 'finance'), await signIn(sim, 'viewer', 'finance')]
    for (const path of [admin.siteId, 'finance?key=name', 'finance?key=contentUrl']) {
      const site = one((await send(sim, `/api/3.24/sites/${path}`, { token: admin.token })).text, 'site')
      expect([site.getAttribute('id'), site.getAttribute('timeZone')]).toEqual([admin.siteId, 'America/Los_Angeles'])
    }
    const seen = one((await send(sim, `/api/3.24/sites/${viewer.siteId}`, { token: viewer.token })).text, 'site')
    expect([seen.getAttribute('name'), seen.hasAttribute('timeZone')]).toEqual(['finance', false])
  })

  it('tells the current session', async () => {
    const { token, userId, siteId } = await signIn(sim, 'creator', 'finance')
    const { text } = await send(sim, '/api/3.24/sessions/current', { token })
    expect(one(text, 'site').getAttribute('id')).toBe(siteId)
    expect([one(text, 'user').getAttribute('id'), one(text, 'user').getAttribute('name')]).toEqual([userId, 'creator'])
  })
})
