import type { Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { optionalText, requiredChild, requiredLuid, requiredWord } from '../xml/element.ts'

/** A user of the session's site. */
export interface SiteUser {
  readonly id: Luid
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
  decode: (root): SiteUser => {
    const user = requiredChild(root, 'user')
    return {
      id: requiredLuid(user, 'id'),
      name: requiredWord(user, 'name'),
      siteRole: requiredWord(user, 'siteRole'),
      ...optionalText(user, 'fullName'),
    }
  },
})
