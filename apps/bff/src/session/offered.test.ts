import { luidSchema, type Permission } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { mayAccelerate, mayCancelJobs, mayEncryptSite, mayListJobs, mayManageExtracts } from './roles.ts'
import { addsToSchedules, deletesTasks, hasTasks } from './server-features.ts'
import type { SessionFacts } from './sessions.ts'

type Facts = Pick<SessionFacts, 'flavor' | 'apiVersion' | 'user'>

const facts = (apiVersion: string, siteRole = 'ServerAdministrator', flavor: Facts['flavor'] = 'server'): Facts => ({
  flavor,
  apiVersion,
  user: { id: luidSchema.parse('9f9e9d9c-8b8a-8f8e-7d7c-7b7a6f6d6e6d'), name: 'ada', siteRole },
})

const reasonOf = (permission: Permission): string => (permission.allowed ? '' : permission.reason)

describe('what a version of Tableau’s REST API offers', () => {
  it.each([
    ['jobs', mayListJobs, '3.1', '3.0'],
    ['cancelling jobs', mayCancelJobs, '3.1', '3.0'],
    ['tasks', hasTasks, '2.6', '2.5'],
    ['deleting tasks', deletesTasks, '3.6', '3.5'],
    ['adding to schedules', addsToSchedules, '2.8', '2.7'],
    ['extracts', mayManageExtracts, '3.5', '3.4'],
    ['encryption', mayEncryptSite, '3.5', '3.4'],
    ['data acceleration', mayAccelerate, '3.8', '3.7'],
  ] as const)('%s from its first on', (_what, offered, since, before) => {
    expect(offered(facts(since))).toEqual({ allowed: true })
    expect(reasonOf(offered(facts(before)))).toMatch(new RegExp(`^[A-Z].* from version ${since} of Tableau’s REST API on; this server speaks ${before}\\.$`))
    // Of a version that cannot be read nothing is concluded.
    expect(offered(facts('unknown'))).toEqual({ allowed: true })
  })

  it('data acceleration to its last', () => {
    expect(mayAccelerate(facts('3.15'))).toEqual({ allowed: true })
    for (const version of ['3.16', '3.27', '4.0']) expect(reasonOf(mayAccelerate(facts(version)))).toMatch(/2022\.1 \(API 3\.16\) replaced data acceleration by View Acceleration.*answers such requests and does nothing/)
  })

  it('Tableau Cloud has what it has, whatever its version', () => {
    const cloud = facts('3.15', 'SiteAdministratorCreator', 'cloud')
    expect(mayManageExtracts(cloud)).toEqual({ allowed: true })
    for (const offered of [mayEncryptSite, mayAccelerate, addsToSchedules]) expect(reasonOf(offered(cloud))).toContain('Tableau Cloud')
  })
})

const allowed = (offered: (of: Facts) => Permission, roles: readonly string[]): string[] => roles.filter((role) => offered(facts('3.10', role)).allowed)
const roles = ['ServerAdministrator', 'SiteAdministratorCreator', 'SiteAdministratorExplorer', 'SiteAdministrator', 'Creator', 'ExplorerCanPublish', 'Explorer', 'Interactor', 'Viewer', 'Guest', 'Unlicensed', 'ReadOnly', 'Unknown', 'NextYearsRole']
const administrators = roles.slice(0, 4)

describe('what a role is offered', () => {
  it('jobs and data acceleration administrators, and of an unknown role nothing is concluded', () => {
    for (const offered of [mayListJobs, mayCancelJobs, mayAccelerate]) expect(allowed(offered, roles)).toEqual([...administrators, 'Unknown'])
    expect(reasonOf(mayAccelerate(facts('3.10', 'Creator')))).toBe('Tableau lets only server and site administrators manage data acceleration. Your role on this site is Creator.')
  })

  it('the encryption of a site server administrators', () => {
    expect(allowed(mayEncryptSite, roles)).toEqual(['ServerAdministrator', 'Unknown'])
    expect(reasonOf(mayEncryptSite(facts('3.24', 'SiteAdministratorCreator')))).toContain('only server administrators')
  })

  it('extracts everybody who can own or lead anything', () => {
    expect(roles.filter((role) => !allowed(mayManageExtracts, roles).includes(role))).toEqual(['Viewer', 'Guest', 'Unlicensed', 'ReadOnly'])
    expect(reasonOf(mayManageExtracts(facts('3.24', 'Viewer')))).toContain('Viewer')
  })
})
