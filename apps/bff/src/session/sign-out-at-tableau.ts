import { signOut, TableauApiError } from '@refreshboard/tableau-client'
import type { Logger } from '../http/logger.ts'
import type { Held } from './sign-outs.ts'
import type { TableauServers } from './tableau-servers.ts'

/** One try may take this long. */
const signOutMs = 3000

/** Signs a token out; true when it is dead afterwards. What fails is tried again later, until Tableau ends the token by itself. */
export const createSignOutAtTableau =
  (servers: TableauServers, log: Logger) =>
  async (serverId: string, { token, siteId }: Held): Promise<boolean> => {
    const client = servers.clientOf(serverId)
    // Its server is no longer configured: nobody here may talk to it.
    if (!client) return true
    try {
      await client.call(signOut, {}, { auth: { token, siteId }, deadlineMs: signOutMs })
      return true
    } catch (error) {
      // It was dead already, which is all that was wanted.
      if (error instanceof TableauApiError && error.code === '401002') return true
      log.warn('a session could not be signed out at Tableau yet; it is tried again', { operation: 'session.signOut' })
      return false
    }
  }
