import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { rowElement, selectFields } from '../fields.ts'
import type { RowField } from '../fields.ts'
import { caseless, oneOf, time, wholeSeconds } from '../filter-fields.ts'
import { optionalInstant } from '../instant.ts'
import { listReply } from '../list.ts'
import type { Listing } from '../list.ts'
import { usersById, usersOf } from '../people.ts'
import type { SiteUser } from '../people.ts'
import { isAdministrator, mayReadUser } from '../permissions.ts'
import { byText } from '../sort.ts'
import { element } from '../xml-out.ts'

/** Get Users on Site, Query User On Site. */
export const userRoutes: readonly Route[] = [
  { operation: 'queryUsersOnSite', method: 'GET', path: '/sites/:siteId/users', since: '2.0', access: 'site', handle: queryUsersOnSite },
  { operation: 'queryUserOnSite', method: 'GET', path: '/sites/:siteId/users/:userId', since: '2.0', access: 'site', handle: queryUserOnSite },
]

function queryUsersOnSite(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  if (!isAdministrator(membership.siteRole)) throw refusals.forbidden('Only administrators may list the users of a site.')
  return listReply(call, userListing, usersOf(call.world.accounts, site))
}

function queryUserOnSite(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  const userId = (call.params['userId'] ?? '').toLowerCase()
  if (!mayReadUser(membership.siteRole, membership.userId, userId)) {
    throw refusals.forbidden('Only administrators may read the record of another user.')
  }
  const user = usersById(call.world.accounts, site).get(userId)
  if (user === undefined) throw refusals.userNotFound(`User '${userId}' could not be found.`)
  return { status: 200, content: rowElement('user', [...selectFields(userFields, undefined, call.version), fullName], user) }
}

/** Not among the default fields of the list: TSC asks for all fields to have it. Query User On Site always tells it. */
const fullName: RowField<SiteUser> = { name: 'fullName', byDefault: false, read: ({ account }) => account.fullName }

const userFields: readonly RowField<SiteUser>[] = [
  { name: 'id', byDefault: true, read: ({ membership }) => membership.userId },
  { name: 'name', byDefault: true, read: ({ account }) => account.name },
  { name: 'siteRole', byDefault: true, read: ({ membership }) => membership.siteRole },
  { name: 'lastLogin', byDefault: true, read: ({ account }) => optionalInstant(account.lastLoginAt) },
  { name: 'externalAuthUserId', byDefault: true, read: () => '' },
  { name: 'authSetting', byDefault: true, read: () => 'ServerDefault' },
  fullName,
  { name: 'email', byDefault: false, read: ({ account }) => account.email },
  { name: 'domain', byDefault: false, read: () => element('domain', { name: 'local' }) },
]

const userListing: Listing<SiteUser> = {
  names: { list: 'users', row: 'user' },
  filters: {
    name: caseless('name', ({ account }) => account.name),
    friendlyName: oneOf('friendlyName', ({ account }) => [account.fullName]),
    siteRole: oneOf('siteRole', ({ membership }) => [membership.siteRole]),
    lastLogin: time('lastLogin', ({ account }) => account.lastLoginAt),
    luid: oneOf('luid', ({ membership }) => [membership.userId]),
  },
  sortKeys: {
    name: ({ account }) => account.name,
    friendlyName: ({ account }) => account.fullName.toLowerCase(),
    siteRole: ({ membership }) => membership.siteRole,
    lastLogin: ({ account }) => (account.lastLoginAt === undefined ? undefined : wholeSeconds(account.lastLoginAt)),
  },
  order: byText(({ account }) => [account.name]),
  fields: userFields,
}
