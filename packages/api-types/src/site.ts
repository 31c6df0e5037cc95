import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { permissionSchema, siteSchema } from './session.ts'
import { writeOutcomeSchema } from './writes.ts'

/** Enforced: every extract is encrypted. Enabled: each workbook and data source says. Disabled: none is (extract reference, § About Extract Encryption). */
export const extractEncryptionModes = ['enforced', 'enabled', 'disabled'] as const
export type ExtractEncryptionMode = (typeof extractEncryptionModes)[number]

/** The session's site as it is now. What Tableau does not tell this user is absent. */
export const siteDetailSchema = siteSchema.extend({
  /** One of {@link extractEncryptionModes}; an unknown one is passed through. Absent on Tableau Cloud. */
  extractEncryptionMode: z.string().optional(),
  /** Whether this site lets refreshes be run by hand (`runNowEnabled`), without which no extract can be made either. */
  runNow: permissionSchema,
})
export type SiteDetail = z.infer<typeof siteDetailSchema>

/** The session's site (Query Site). */
export const getSite = endpoint({ resource: 'site', operation: 'get', method: 'GET', path: '/api/site', output: siteDetailSchema })

export const updateSiteSchema = z.strictObject({
  extractEncryptionMode: z.enum(extractEncryptionModes, 'Choose enforced, enabled or disabled'),
  /** What the person saw: 409 `changed_elsewhere` when it is another now. */
  seen: z.strictObject({ extractEncryptionMode: z.string().optional() }).optional(),
})
export type UpdateSite = z.output<typeof updateSiteSchema>

/**
 * Sets the extract encryption mode of the session's site (Update Site). Server administrators only. `disabled` decrypts every
 * encrypted extract of the site.
 */
export const updateSite = endpoint({
  resource: 'site',
  operation: 'update',
  method: 'PATCH',
  path: '/api/site',
  effect: 'tableau',
  body: updateSiteSchema,
  output: writeOutcomeSchema,
})

/**
 * Encrypts all extracts of the session's site (extract reference, § Encrypt Extracts in a Site, API 3.5). Server administrators
 * only. Tableau names no job and tells no progress; a lost reply can not be found out about.
 */
export const encryptSiteExtracts = endpoint({
  resource: 'site',
  operation: 'encryptExtracts',
  method: 'POST',
  path: '/api/site/extracts/encrypt',
  effect: 'tableau',
  output: writeOutcomeSchema,
})

/** Decrypts all extracts of the session's site (§ Decrypt Extracts in a Site); otherwise as {@link encryptSiteExtracts}. */
export const decryptSiteExtracts = endpoint({
  resource: 'site',
  operation: 'decryptExtracts',
  method: 'POST',
  path: '/api/site/extracts/decrypt',
  effect: 'tableau',
  output: writeOutcomeSchema,
})

/** Encrypts all extracts of the session's site with new keys (§ Reencrypt Extracts in a Site); otherwise as {@link encryptSiteExtracts}. */
export const reencryptSiteExtracts = endpoint({
  resource: 'site',
  operation: 'reencryptExtracts',
  method: 'POST',
  path: '/api/site/extracts/reencrypt',
  effect: 'tableau',
  output: writeOutcomeSchema,
})
