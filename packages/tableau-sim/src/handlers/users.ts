import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { mayReadUser } from '../permissions.ts'
import { element } from '../xml-out.ts'

/** Query User On Site. */
export const userRoutes: readonly Route[] = [
  { operation: 'queryUserOnSite', method: 'GET', path: '/sites/:siteId/users/:userId', since: '2.0', access: 'site', handle: queryUserOnSite },
]

function queryUserOnSite({ world, session, params }: SignedInCall): HandlerReply {
  const userId = (params['userId'] ?? '').toLowerCase()
  if (!mayReadUser(session.membership.siteRole, session.membership.userId, userId)) {
    throw refusals.forbidden('Only administrators may read the record of another user.')
  }
  for (const account of world.accounts) {
    const membership = account.memberships.find((candidate) => candidate.site === session.site && candidate.userId === userId)
    if (membership === undefined) continue
    return {
      status: 200,
      content: element('user', {
        id: membership.userId,
        name: account.name,
        fullName: account.fullName,
        siteRole: membership.siteRole,
        authSetting: 'ServerDefault',
        externalAuthUserId: '',
      }),
    }
  }
  throw refusals.userNotFound(`User '${userId}' could not be found.`)
}
