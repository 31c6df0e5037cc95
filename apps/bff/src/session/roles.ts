import type { Permission } from '@refreshboard/api-types'

/** What is stored when Tableau does not tell a user's role. */
export const unknownRole = 'Unknown'

/** ServerAdministrator, SiteAdministratorCreator, SiteAdministratorExplorer, and SiteAdministrator of before 2018. */
const isAdministrator = (siteRole: string): boolean => siteRole === 'ServerAdministrator' || siteRole.startsWith('SiteAdministrator')

/**
 * Whether a page should offer what Tableau keeps for administrators (Query Jobs, Query Job, Cancel Job). It shapes pages
 * only: Tableau decides on every call, and nothing is refused here. Of an unknown role nothing is known, so nothing is hidden.
 */
export const administratorsOnly = (siteRole: string, what: string): Permission =>
  isAdministrator(siteRole) || siteRole === unknownRole
    ? { allowed: true }
    : { allowed: false, reason: `Tableau lets only server and site administrators ${what}. Your role on this site is ${siteRole}.` }
