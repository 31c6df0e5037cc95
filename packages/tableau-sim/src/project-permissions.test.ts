import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Project, ProjectSpec } from './content.ts'
import type { TableauSim } from './index.ts'
import { all, errorCode, send, signIn, startStill } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill({ scenario: 'empty' })
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const userId = (name: string): string => sim.world.account(name).memberships[0]?.userId ?? ''
const add = (spec: Partial<ProjectSpec> = {}): Project => sim.world.site().addProject({ name: 'Sales', ownerId: userId('admin'), ...spec })
const ask = ({ id }: { id: string }, session = admin, method = 'GET') => send(sim, `/api/3.24/sites/${session.siteId}/projects/${id}/permissions`, { method, token: session.token })
const outcome = (reply: RawReply) => `${reply.status} ${reply.status < 300 ? '' : errorCode(reply)}`.trim()

describe('Query Project Permissions', () => {
  it('names the owner, and whoever leads the project itself', async () => {
    const above = add({ name: 'Above', leaderUserIds: [userId('viewer')] })
    const project = add({ name: 'Sales & more', ownerId: userId('creator'), leaderUserIds: [userId('leader'), userId('explorer')], parent: above })
    const { status, text } = await ask(project)
    const rule = (name: string) => `<granteeCapabilities><user id="${userId(name)}"/><capabilities><capability name="ProjectLeader" mode="Allow"/></capabilities></granteeCapabilities>`
    expect(status).toBe(200)
    expect(text).toContain(`><permissions><project id="${project.id}" name="Sales &amp; more"><owner id="${userId('creator')}"/></project>${rule('leader')}${rule('explorer')}</permissions></tsResponse>`)
  })

  it('has no rule where nobody leads it', async () => {
    const { text } = await ask(add())
    expect([all(text, 'project').length, all(text, 'granteeCapabilities').length]).toEqual([1, 0])
  })

  it.each([
    ['admin', '200', '200'],
    ['site-admin', '200', '200'],
    // The owner of the project.
    ['creator', '200', '403 403004'],
    // Its leader, and the leader of the one above it.
    ['leader', '200', '403 403004'],
    ['explorer', '200', '403 403004'],
    ['viewer', '403 403004', '403 403004'],
  ])('%s: %s, and of another project %s', async (name, own, foreign) => {
    const above = add({ name: 'Above', leaderUserIds: [userId('explorer')] })
    const project = add({ ownerId: userId('creator'), leaderUserIds: [userId('leader')], parent: above })
    const session = await signIn(sim, name)
    expect([outcome(await ask(project, session)), outcome(await ask(add({ name: 'Other' }), session))]).toEqual([own, foreign])
  })

  it('is 404005 for what is not there, and for what may not be seen', async () => {
    const closed = add({ openToAll: false })
    expect(outcome(await ask(closed, await signIn(sim, 'viewer')))).toBe('404 404005')
    expect(outcome(await ask({ id: '00000000-0000-4000-8000-000000000000' }))).toBe('404 404005')
    expect(outcome(await ask(closed))).toBe('200')
  })

  it('is read alone', async () => {
    expect(outcome(await ask(add(), admin, 'PUT'))).toBe('405 405000')
  })
})
