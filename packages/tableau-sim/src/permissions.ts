import type { SiteRole } from './accounts.ts'

/** Listing, querying and cancelling jobs is for server and site administrators (§ Query Jobs, § Query Job, § Cancel Job). */
export const mayAdministerJobs = (role: SiteRole): boolean => role === 'ServerAdministrator' || role === 'SiteAdministratorCreator'

/** Other people's records are for administrators; everyone may read their own. */
export const mayReadUser = (role: SiteRole, ownUserId: string, userId: string): boolean => ownUserId === userId || mayAdministerJobs(role)
