import { z } from 'zod'

/**
 * A Tableau LUID, in lower case. Only this schema makes one, so an id that reached a URL template was checked
 * (`..`, empty and encoded segments cannot pass).
 */
export const luidSchema = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a Tableau id (8-4-4-4-12 hexadecimal digits)')
  .brand<'Luid'>()
export type Luid = z.infer<typeof luidSchema>

/** The UUID that the web app makes for one intention of a person, sent as `Idempotency-Key`. */
export const intentionKeySchema = z.uuid('must be a UUID').brand<'IntentionKey'>()
export type IntentionKey = z.infer<typeof intentionKeySchema>

/** The id of a server in the BFF's configuration (`TABLEAU_SERVERS`). */
export const serverIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be the id of a configured server')
export type ServerId = z.infer<typeof serverIdSchema>

/** An instant in UTC, ISO 8601 with `Z`. */
export const instantSchema = z.iso.datetime()
