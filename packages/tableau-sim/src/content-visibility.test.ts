import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContentItem } from './content.ts'
import type { TableauSim } from './index.ts'
import { mayManage } from './permissions.ts'
import { all, errorCode, one, send, signIn, sitePath, startStill } from './test-client.ts'

let sim: TableauSim

beforeEach(async () => {
  sim = await startStill({ scenario: 'busy' })
})
afterEach(() => sim.close())

const namesFor = async (account: string, path: string): Promise<string[]> => {
  const session = await signIn(sim, account)
  const { text } = await send(sim, sitePath(session, `${path}?pageSize=1000`), { token: session.token })
  return all(text, /^\/(\w+)s/.exec(path)?.[1] ?? '').map((row) => row.getAttribute('name') ?? '')
}

const closed = (item: ContentItem): boolean => item.project?.name === 'People'
const contents = (kind: ContentItem['kind'], matches: (item: ContentItem) => boolean): string[] =>
  sim.world.site().contents.filter((item) => item.kind === kind && matches(item)).map(({ name }) => name).toSorted()

describe('content', () => {
  it.each(['admin', 'site-admin'])('is all seen by %s', async (account) => {
    expect((await namesFor(account, '/workbooks')).toSorted()).toEqual(contents('workbook', () => true))
    expect((await namesFor(account, '/datasources')).toSorted()).toEqual(contents('datasource', () => true))
    expect(await namesFor(account, '/projects')).toHaveLength(sim.world.site().projects.length)
  })

  it.each(['leader', 'explorer', 'viewer'])('of closed projects and personal spaces is not seen by %s', async (account) => {
    expect((await namesFor(account, '/workbooks')).toSorted()).toEqual(contents('workbook', (item) => item.project !== undefined && !closed(item)))
    expect((await namesFor(account, '/datasources')).toSorted()).toEqual(contents('datasource', (item) => !closed(item)))
    expect(contents('datasource', closed)).not.toEqual([])
    const projects = await namesFor(account, '/projects')
    expect([projects.includes('Sales'), projects.includes('People')]).toEqual([true, false])
  })

  it('of one’s own is seen wherever it lies', async () => {
    const names = await namesFor('creator', '/workbooks')
    expect([names.includes('Carla’s scratchpad'), names.includes('مسودة'), names.includes('Headcount Overview')]).toEqual([true, false, false])
    sim.world.site().findContent('Headcount Overview').ownerId = (await signIn(sim, 'creator')).userId
    expect(await namesFor('creator', '/workbooks')).toContain('Headcount Overview')
    expect(await namesFor('creator', '/projects')).not.toContain('People')
  })

  it('of a closed project is seen by who leads it, or one above', async () => {
    const { userId } = await signIn(sim, 'explorer')
    const site = sim.world.site()
    const inner = site.addProject({ name: 'Payroll', parent: site.findProject('People'), ownerId: 'nobody', openToAll: false })
    site.addContent({ kind: 'workbook', name: 'Bonus', project: inner, ownerId: 'nobody' })
    expect(await namesFor('explorer', '/workbooks')).not.toContain('Bonus')
    site.findProject('People').leaderUserIds.add(userId)
    expect(await namesFor('explorer', '/workbooks')).toContain('Bonus')
    expect(await namesFor('explorer', '/projects')).toContain('Payroll')
  })

  it('of another site is not there', async () => {
    const finance = await signIn(sim, 'admin', 'finance')
    const { text } = await send(sim, sitePath(finance, '/workbooks'), { token: finance.token })
    const names = all(text, 'workbook').map((row) => row.getAttribute('name'))
    expect([names.includes('P&L by Cost Center'), names.includes('Superstore')]).toEqual([true, false])
  })

  it('is gone once it was removed', async () => {
    const site = sim.world.site()
    expect(site.removeContent(site.findContent('Ticket Backlog').id)).toBe(true)
    expect(await namesFor('admin', '/workbooks')).not.toContain('Ticket Backlog')
  })
})

describe('users', () => {
  it.each(['admin', 'site-admin'])('are listed for %s', async (account) => {
    expect(await namesFor(account, '/users')).toEqual(sim.world.accounts.map(({ name }) => name).toSorted())
  })

  it.each(['creator', 'leader', 'explorer', 'viewer'])('are refused to %s', async (account) => {
    const session = await signIn(sim, account)
    const reply = await send(sim, sitePath(session, '/users'), { token: session.token })
    expect(`${reply.status} ${errorCode(reply)}`).toBe('403 403004')
  })

  it('on another site have other ids, and not everybody is there', async () => {
    const finance = await signIn(sim, 'admin', 'finance')
    const { text } = await send(sim, sitePath(finance, '/users'), { token: finance.token })
    const users = all(text, 'user')
    expect(users.map((user) => user.getAttribute('name'))).toEqual(['admin', 'creator', 'lhaddad', 'mbauer', 'rpatel', 'site-admin', 'viewer'])
    const admin = await signIn(sim)
    expect(users[0]?.getAttribute('id')).not.toBe(admin.userId)
  })

  it('who only own content cannot sign in', async () => {
    const body = (password: string) => `<tsRequest><credentials name="mbauer" password="${password}"><site contentUrl=""/></credentials></tsRequest>`
    for (const password of ['mbauer', '', 'undefined']) {
      const reply = await send(sim, '/api/3.24/auth/signin', { method: 'POST', body: body(password) })
      expect(errorCode(reply)).toBe('401001')
    }
  })

  it('have a last login from their first sign-in on', async () => {
    const [admin, creator] = [await signIn(sim), sim.world.account('creator')]
    const lastLogin = async () => one((await send(sim, sitePath(admin, `/users/${creator.memberships[0]?.userId}`), { token: admin.token })).text, 'user').getAttribute('lastLogin')
    expect(await lastLogin()).toBeNull()
    sim.clock.advance(60_000)
    await signIn(sim, 'creator')
    expect(await lastLogin()).toBe('2026-03-04T16:01:00Z')
  })
})

describe('what may be managed', () => {
  const manageable = (account: string, siteKey = ''): ContentItem[] => {
    const site = sim.world.site(siteKey)
    const membership = sim.world.account(account).memberships.find((candidate) => candidate.site === site)
    return membership === undefined ? [] : site.contents.filter((item) => mayManage(membership, item))
  }
  const topProject = (item: ContentItem): string | undefined => {
    let { project } = item
    while (project?.parent !== undefined) project = project.parent
    return project?.name
  }

  it('by administrators is everything', () => {
    for (const account of ['admin', 'site-admin', 'svc-publish']) expect(manageable(account)).toHaveLength(sim.world.site().contents.length)
  })

  it('by creator is what she owns', () => {
    expect(manageable('creator').map(({ name }) => name).toSorted()).toEqual(
      ['Ad Impressions (live)', 'CSAT by Queue', 'Campaign Calendar', 'Campaign Performance', 'Carla’s scratchpad', 'Event Budget', 'Google Ads Spend', 'Ticket Backlog', 'Web Events', 'Web Traffic & Conversion'],
    )
    expect(manageable('creator', 'finance').map(({ name }) => name)).toEqual(['Cash Forecast', 'Accruals & Provisions'])
  })

  it('by leader is all in Sales and below', () => {
    const led = manageable('leader')
    expect(new Set(led.map(topProject))).toEqual(new Set(['Sales']))
    expect(new Set(led.map((item) => item.project?.name))).toEqual(new Set(['Sales', 'EMEA', 'DACH', 'Archive']))
    expect(led).toHaveLength(sim.world.site().contents.filter((item) => topProject(item) === 'Sales').length)
  })

  it('by explorer and viewer is nothing', () => {
    expect([...manageable('explorer'), ...manageable('viewer')]).toEqual([])
  })
})
