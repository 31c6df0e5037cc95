import { createTableauClient, type TableauClient } from '@refreshboard/tableau-client'
import type { TableauServerConfig } from '../config.ts'
import { ProblemError } from '../http/problem-error.ts'

/** The configured servers, each with its one client. No other host is ever called. */
export interface TableauServers {
  find(id: string): TableauServerConfig | undefined
  clientOf(id: string): TableauClient | undefined
  /** Throws `unauthenticated` for a server that is no longer configured: the session belongs to another time. */
  of(id: string): { server: TableauServerConfig; client: TableauClient }
  close(): Promise<void>
}

export const createTableauServers = (configured: readonly TableauServerConfig[], options: { deadlineMs?: number } = {}): TableauServers => {
  const byId = new Map(configured.map((server) => [server.id, { server, client: createTableauClient({ serverUrl: server.url, ...options }) }]))
  return {
    find: (id) => byId.get(id)?.server,
    clientOf: (id) => byId.get(id)?.client,
    of: (id) => {
      const known = byId.get(id)
      if (!known) throw new ProblemError('unauthenticated', 'The server of this session is no longer configured. Sign in to another one.')
      return known
    },
    close: async () => {
      await Promise.all([...byId.values()].map(({ client }) => client.close()))
    },
  }
}
