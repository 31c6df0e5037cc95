import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { instantSchema } from './ids.ts'

/** Names one of a person's own sessions; of no use to sign in with. */
export const sessionIdSchema = z.uuid('must be the id of a session')

/** A browser in which this person is signed in to this site of this server. */
export const sessionEntrySchema = z.object({
  id: sessionIdSchema,
  /** The one that asks. */
  current: z.boolean(),
  signedInAt: instantSchema,
  lastActiveAt: instantSchema,
  /** Such as `Chrome on Linux`; as the browser calls itself. */
  browser: z.string(),
})
export type SessionEntry = z.infer<typeof sessionEntrySchema>

/** The sessions of the caller, the newest first. */
export const listSessions = endpoint({
  resource: 'sessions',
  operation: 'list',
  method: 'GET',
  path: '/api/sessions',
  output: z.object({ items: z.array(sessionEntrySchema) }),
})

/** Signs one of the caller's sessions out; 404 when it is over already, or is not the caller's. */
export const endSession = endpoint({
  resource: 'sessions',
  operation: 'end',
  method: 'DELETE',
  path: '/api/sessions/:id',
  effect: 'session',
  params: z.object({ id: sessionIdSchema }),
})

/** Signs the caller out everywhere, this browser included. */
export const endSessions = endpoint({
  resource: 'sessions',
  operation: 'endAll',
  method: 'DELETE',
  path: '/api/sessions',
  effect: 'session',
})
