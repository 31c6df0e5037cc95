import type { Permission } from '@refreshboard/api-types'
import { hasServerSchedules, writesOwnSchedules } from './server-features.ts'
import type { SessionFacts } from './sessions.ts'

/** What is stored when Tableau does not tell a user's role. */
export const unknownRole = 'Unknown'

/** ServerAdministrator, SiteAdministratorCreator, SiteAdministratorExplorer, and SiteAdministrator of before 2018. */
export const isAdministrator = (siteRole: string): boolean => siteRole === 'ServerAdministrator' || siteRole.startsWith('SiteAdministrator')

/**
 * Whether a page should offer what Tableau keeps for administrators (Query Jobs, Query Job, Cancel Job). It shapes pages
 * only: Tableau decides on every call, and nothing is refused here. Of an unknown role nothing is known, so nothing is hidden.
 */
export const administratorsOnly = (siteRole: string, what: string): Permission =>
  isAdministrator(siteRole) || siteRole === unknownRole
    ? { allowed: true }
    : { allowed: false, reason: `Tableau lets only server and site administrators ${what}. Your role on this site is ${siteRole}.` }

/** Whether a page should offer to create, change and delete schedules (jobs-tasks-schedules reference, § Create Server Schedule, Permissions). */
export const mayWriteSchedules = ({ flavor, user }: Pick<SessionFacts, 'flavor' | 'user'>): Permission => {
  const offered = hasServerSchedules({ flavor })
  if (!offered.allowed) return offered
  if (user.siteRole === 'ServerAdministrator' || user.siteRole === unknownRole) return { allowed: true }
  return { allowed: false, reason: `All sites of the server share its schedules, so Tableau lets only server administrators change them. Your role on this site is ${user.siteRole}.` }
}

/** Whether a page should offer to make tasks with a schedule of their own (extract reference, § Create Cloud Extract Refresh Task, Permissions). */
export const mayCreateTasks = (facts: Pick<SessionFacts, 'flavor' | 'apiVersion' | 'user'>): Permission => {
  const offered = writesOwnSchedules(facts)
  const { siteRole } = facts.user
  if (!offered.allowed || isAdministrator(siteRole) || siteRole === 'Creator' || siteRole === unknownRole) return offered
  return { allowed: false, reason: `Tableau lets only site administrators and Creators make tasks. Your role on this site is ${siteRole}.` }
}
