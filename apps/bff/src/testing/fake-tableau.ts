import type { TableauReply } from '@refreshboard/tableau-client'
import { luidSchema } from '@refreshboard/api-types'
import { principalKey, type PrincipalKey } from '../session/principal.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import { noServer } from './some-facts.ts'

export const somePrincipal = (userId = 'user'): PrincipalKey => principalKey({ serverId: 'server', siteId: 'site', userId })

/** A LUID that a test can tell by its number. */
export const someLuid = (n: number) => luidSchema.parse(`00000000-0000-0000-0000-${String(n).padStart(12, '0')}`)

export interface FakeTableau extends TableauSession {
  /** The names of the client's calls, in order. */
  readonly calls: string[]
  /** How many calls are under way, and the most there were at once. */
  readonly underWay: { now: number; most: number }
}

/** A session without a server: `answer` gives the decoded value of a call, or throws what the client would. */
export const fakeTableau = (options: {
  answer: (operation: string, input: unknown) => unknown
  principal?: PrincipalKey
  sessionId?: string
  flavor?: TableauSession['flavor']
  /** Tableau's clock; absent where a reply has no `Date`. */
  date?: () => number
}): FakeTableau => {
  const calls: string[] = []
  const underWay = { now: 0, most: 0 }
  return {
    ...noServer,
    calls,
    underWay,
    sessionId: options.sessionId ?? 'session',
    principal: options.principal ?? somePrincipal(),
    flavor: options.flavor ?? 'server',
    user: { id: someLuid(1), name: 'user', siteRole: 'ServerAdministrator' },
    call: async <O>(endpoint: { name: string }, input: unknown) => {
      calls.push(endpoint.name)
      underWay.now += 1
      underWay.most = Math.max(underWay.most, underWay.now)
      try {
        const value = await options.answer(endpoint.name, input)
        const reply = { value, warnings: [], ...(options.date === undefined ? {} : { date: options.date() }) }
        // The test gives what the endpoint's decoder would give.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        return reply as TableauReply<O>
      } finally {
        underWay.now -= 1
      }
    },
  }
}
