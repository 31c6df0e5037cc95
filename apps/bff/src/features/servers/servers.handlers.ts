import type { DemoAccount } from '@refreshboard/api-types'
import type { TableauServerConfig } from '../../config.ts'
import type { Handlers } from '../../http/handler.ts'

interface ServersDeps {
  servers: readonly TableauServerConfig[]
  demoAccounts: DemoAccount[] | undefined
}

export const serversHandlers = (deps: ServersDeps): Pick<Handlers, 'listServers'> => ({
  listServers: () =>
    Promise.resolve({
      body: {
        servers: deps.servers.map(({ id, host }) => ({ id, host })),
        ...(deps.demoAccounts === undefined ? {} : { demoAccounts: deps.demoAccounts }),
      },
    }),
})
