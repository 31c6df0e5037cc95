import { siteSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { siteId, userId } from '../testing/ids.ts'
import { serverInfo } from './server-info.ts'
import { querySite, querySites } from './sites.ts'
import { queryUserOnSite, queryUsersOnSite } from './users.ts'

const finance = { id: 'dad65087-b08b-4603-af4e-2887b8aafc67', name: 'Finance & Controlling', contentUrl: 'finance' }

describe('sites', () => {
  it('reads Query Sites', () => {
    const { value } = answer(querySites, fixture('sites/list'))
    expect(value).toStrictEqual({
      pageNumber: 1,
      pageSize: 100,
      totalAvailable: 2,
      rows: [
        { id: siteId, name: 'Default', contentUrl: '', state: 'Active' },
        { ...finance, state: 'Suspended' },
      ],
    })
    for (const row of value.rows) expect(siteSchema.parse(row)).toStrictEqual(row)
    expect(querySites.encode({ pageNumber: 3, pageSize: 10 }).query?.toString()).toBe('pageSize=10&pageNumber=3')
  })

  it('reads Query Site', () => {
    expect(answer(querySite, fixture('sites/one')).value).toStrictEqual({ ...finance, timeZone: 'America/Los_Angeles', extractEncryptionMode: 'disabled' })
    expect(answer(querySite, fixture('sites/one-run-now-off')).value).toStrictEqual({ ...finance, state: 'Active', runNowEnabled: false })
    expect(querySite.encode({})).toStrictEqual({})
  })

  it.each([
    ['cloud-refuses', 403, '403069'],
    ['not-found', 404, '404000'],
  ])('gives %s its code', (name, status, code) => {
    expect(thrownBy(() => answer(querySites, fixture(`sites/${name}`), { status }))).toMatchObject({ code, httpStatus: status })
  })
})

describe('Query User On Site', () => {
  it('reads an administrator', () => {
    expect(answer(queryUserOnSite, fixture('users/administrator')).value).toStrictEqual({
      id: userId,
      name: 'admin',
      fullName: 'Ada Min',
      siteRole: 'ServerAdministrator',
    })
    expect(queryUserOnSite.encode({ userId })).toStrictEqual({ params: { userId } })
  })

  it('passes a role on that nobody knows yet', () => {
    expect(answer(queryUserOnSite, fixture('users/without-full-name')).value).toStrictEqual({
      id: '59a8a7b6-be3a-4d2d-1e9e-08a7b6b5b4ba',
      name: 'jörg',
      siteRole: 'NextYearsRole',
    })
  })
})

describe('Get Users on Site', () => {
  it('reads names, whatever else a row has', () => {
    expect(answer(queryUsersOnSite, fixture('users/list')).value).toStrictEqual({
      pageNumber: 1,
      pageSize: 100,
      totalAvailable: 3,
      rows: [
        { id: userId, name: 'admin', fullName: 'Ada Min', siteRole: 'ServerAdministrator' },
        { id: '59a8a7b6-be3a-4d2d-1e9e-08a7b6b5b4ba', name: 'jörg', siteRole: 'NextYearsRole' },
        { id: 'not-a-luid', name: 'guest', siteRole: '' },
      ],
    })
    expect(queryUsersOnSite.encode({ pageNumber: 3, pageSize: 10 }).query?.toString()).toBe('pageSize=10&pageNumber=3&fields=_all_')
  })

  it('is refused to whoever is no administrator', () => {
    expect(thrownBy(() => answer(queryUsersOnSite, fixture('users/list-not-allowed'), { status: 403 }))).toMatchObject({ code: '403004' })
  })
})

describe('Server Info', () => {
  it.each([
    ['current', { productVersion: '2024.2.2', apiVersion: '3.24' }],
    ['old-server', { productVersion: '10.1', apiVersion: '2.4' }],
  ])('reads that of a %s', (name, info) => {
    expect(answer(serverInfo, fixture(`server-info/${name}`)).value).toStrictEqual(info)
  })

  it('refuses a version that would bend every address', () => {
    const reply = fixture('server-info/current').toString().replace('3.24', '3.24/../../x')
    expect(thrownBy(() => answer(serverInfo, Buffer.from(reply)))).toMatchObject({ reason: '<restApiVersion> is not a version' })
  })
})
