import type { BulkRuns } from '../../bulk/bulk-runs.ts'
import { contextOf } from '../../bulk/context-of.ts'
import type { TableauServerConfig } from '../../config.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'
import type { ReadBackOf } from '../../writes/read-backs.ts'
import type { Writes } from '../../writes/writes.ts'
import { curlOf } from './curl.ts'
import { wouldSendOf } from './would-send.ts'

interface WritesDeps {
  writes: Writes
  readBackOf: ReadBackOf
  servers: readonly TableauServerConfig[]
  /** All handlers of the contract: what would be sent is worked out by the one that sends it. */
  handlers: () => Handlers
  bulk: BulkRuns
}

export const writesHandlers = ({ writes, readBackOf, servers, handlers, bulk }: WritesDeps): Pick<Handlers, 'getWrite' | 'wouldSend'> => ({
  getWrite: signedIn(async ({ input, tableau }) => ({ body: await writes.outcome(tableau, input.params.key, readBackOf) })),
  wouldSend: signedIn(async (context) => {
    const { requests, nothing } = await wouldSendOf(
      { handlers: handlers(), rehearseItem: (call, id, n) => bulk.rehearse(contextOf(call), id, n) },
      context,
      context.input.body,
    )
    const server = servers.find(({ id }) => id === context.session.facts.serverId)
    const body = { requests: requests.map((request) => ({ ...request, curl: curlOf(server?.url ?? '', request) })), ...(nothing === undefined ? {} : { nothing }) }
    return { body }
  }),
})
