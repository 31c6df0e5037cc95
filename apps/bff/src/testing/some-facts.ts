import { luidSchema, serverIdSchema } from '@refreshboard/api-types'
import type { SessionFacts } from '../session/sessions.ts'

const id = luidSchema.parse('7f9c1a3e-0000-4000-8000-000000000001')

/** A session of an administrator, without a Tableau behind it. */
export const someFacts = (token: string): Omit<SessionFacts, 'idleMs' | 'tokenIdleMs'> => ({
  token,
  serverId: serverIdSchema.parse('server'),
  flavor: 'server',
  productVersion: '2024.2.2',
  apiVersion: '3.24',
  site: { id, name: 'Default', contentUrl: '' },
  user: { id, name: 'admin', siteRole: 'ServerAdministrator' },
})

/** What a session without a server has beside its calls. */
export const noServer = {
  serverId: serverIdSchema.parse('server'),
  site: { id, name: 'Default', contentUrl: '' },
  rehearsal: false,
  requestOf: () => Promise.reject(new Error('there is no server')),
}
