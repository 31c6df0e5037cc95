import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { serverIdSchema } from './ids.ts'

/** Tableau Server or Tableau Cloud. */
export const flavorSchema = z.enum(['server', 'cloud'])
export type Flavor = z.infer<typeof flavorSchema>

/** A Tableau that this BFF may talk to. People choose by `id`; no other host is ever called. */
export const tableauServerSchema = z.object({
  id: serverIdSchema,
  /** Host and port, for people: `tableau.example.com`. A pasted site address is recognised by it. */
  host: z.string(),
})
export type TableauServer = z.infer<typeof tableauServerSchema>

const demoTarget = {
  serverId: serverIdSchema,
  /** Content URL of the site. */
  site: z.string(),
  /** What is simulated there, for people: `Tableau Cloud, site demo`. */
  on: z.string(),
  label: z.string(),
}

/** An account of a simulator that can be clicked on the sign-in page. Present only in the demo. */
export const demoAccountSchema = z.discriminatedUnion('method', [
  z.object({ ...demoTarget, method: z.literal('password'), name: z.string(), password: z.string() }),
  z.object({
    ...demoTarget,
    method: z.literal('pat'),
    personalAccessTokenName: z.string(),
    personalAccessTokenSecret: z.string(),
  }),
])
export type DemoAccount = z.infer<typeof demoAccountSchema>

/** The configured servers, for the sign-in page. Never empty. */
export const listServers = endpoint({
  resource: 'servers',
  operation: 'list',
  method: 'GET',
  path: '/api/servers',
  access: 'guarded',
  output: z.object({
    servers: z.array(tableauServerSchema).min(1),
    /** The demo's accounts; absent when real servers are configured. */
    demoAccounts: z.array(demoAccountSchema).optional(),
  }),
})
