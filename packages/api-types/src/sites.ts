import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { siteSchema } from './session.ts'

/**
 * The sites that the user can switch to. Where Tableau refuses the list (Cloud answers 403069), it holds the session's
 * site alone and `complete` is false: another site can still be typed.
 */
export const listSites = endpoint({
  resource: 'sites',
  operation: 'list',
  method: 'GET',
  path: '/api/sites',
  output: z.object({ sites: z.array(siteSchema), complete: z.boolean() }),
})
