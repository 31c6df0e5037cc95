import type { Permission } from '@refreshboard/api-types'
import type { SiteFacts } from '@refreshboard/tableau-client'

/** Whether a site lets refreshes be run by hand. Where the setting is not told, Tableau decides when it is tried. */
export const runNowOf = ({ name, runNowEnabled }: Pick<SiteFacts, 'name' | 'runNowEnabled'>): Permission =>
  runNowEnabled === false ? { allowed: false, reason: `“Run now” is switched off in the settings of the site ${name}. A server administrator can switch it on.` } : { allowed: true }
