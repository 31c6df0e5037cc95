import type { Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { childrenOf, optionalText, requiredChild, requiredLuid, requiredText, requiredWord, type XmlElement } from '../xml/element.ts'

/** A user of the session's site. */
export interface SiteUser {
  readonly id: string
  readonly name: string
  readonly fullName?: string
  /** Such as `ServerAdministrator`; an open set. */
  readonly siteRole: string
}

/** Query User On Site. */
export const queryUserOnSite = defineEndpoint({
  name: 'queryUserOnSite',
  method: 'GET',
  path: '/sites/{siteId}/users/{userId}',
  since: '2.0',
  reference: 'REST API reference, § Query User On Site',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ userId }: { readonly userId: Luid }) => ({ params: { userId } }),
  decode: (root): SiteUser & { readonly id: Luid } => {
    const user = requiredChild(root, 'user')
    return {
      id: requiredLuid(user, 'id'),
      name: requiredWord(user, 'name'),
      siteRole: requiredWord(user, 'siteRole'),
      ...optionalText(user, 'fullName'),
    }
  },
})

/** A row is there for its name; nothing is decided by its role. */
const decodeRow = (user: XmlElement): SiteUser => ({
  id: requiredWord(user, 'id'),
  name: requiredText(user, 'name'),
  siteRole: user.attributes['siteRole'] ?? '',
  ...optionalText(user, 'fullName'),
})

/** Full names are no default field; Tableau's own clients ask for all fields to have them. */
const usersQuery = (page: PageRequest): URLSearchParams => {
  const query = pageQuery(page)
  query.set('fields', '_all_')
  return query
}

/** Get Users on Site, a page at a time. Administrators only. */
export const queryUsersOnSite = defineEndpoint({
  name: 'queryUsersOnSite',
  method: 'GET',
  path: '/sites/{siteId}/users',
  since: '2.0',
  scope: 'tableau:users:read',
  reference: 'REST API reference, § Get Users on Site',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (page: PageRequest) => ({ query: usersQuery(page) }),
  decode: (root): Page<SiteUser> => decodePage(root, childrenOf(requiredChild(root, 'users'), 'user').map(decodeRow)),
})
