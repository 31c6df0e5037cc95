import type { Permission } from '@refreshboard/api-types'
import { ProblemError } from '../http/problem-error.ts'
import { hasDataAcceleration, hasEncryption, hasExtracts, hasJobs, hasServerSchedules, writesOwnSchedules } from './server-features.ts'
import type { SessionFacts } from './sessions.ts'

/** What is stored when Tableau does not tell a user's role. */
export const unknownRole = 'Unknown'

/** ServerAdministrator, SiteAdministratorCreator, SiteAdministratorExplorer, and SiteAdministrator of before 2018. */
export const isAdministrator = (siteRole: string): boolean => siteRole === 'ServerAdministrator' || siteRole.startsWith('SiteAdministrator')

/**
 * Whether a page should offer what Tableau keeps for administrators (Query Jobs, Query Job, Cancel Job). It shapes pages
 * only: Tableau decides on every call, and nothing is refused here. Of an unknown role nothing is known, so nothing is hidden.
 */
const administratorsOnly = (siteRole: string, what: string): Permission =>
  isAdministrator(siteRole) || siteRole === unknownRole
    ? { allowed: true }
    : { allowed: false, reason: `Tableau lets only server and site administrators ${what}. Your role on this site is ${siteRole}.` }

type Facts = Pick<SessionFacts, 'flavor' | 'apiVersion' | 'user'>

/** Whether a page should offer the jobs of the site, and to cancel them (jobs-tasks-schedules reference, § Query Jobs, § Cancel Job). */
export const mayListJobs = (facts: Facts): Permission => {
  const offered = hasJobs(facts)
  return offered.allowed ? administratorsOnly(facts.user.siteRole, 'see the jobs of a site') : offered
}

export const mayCancelJobs = (facts: Facts): Permission => {
  const offered = hasJobs(facts)
  return offered.allowed ? administratorsOnly(facts.user.siteRole, 'cancel jobs') : offered
}

/** Roles with which nobody publishes, so that nobody owns content or leads a project; the last is of before 2018. */
const neverOwn = new Set(['Viewer', 'Guest', 'Unlicensed', 'ReadOnly'])

/**
 * Whether a page should offer to create and delete extracts of any content at all (extract reference, § Create an Extract for a Data
 * Source, Permissions); of which, is asked when it is opened.
 */
export const mayManageExtracts = (facts: Facts): Permission => {
  const offered = hasExtracts(facts)
  const { siteRole } = facts.user
  if (!offered.allowed || !neverOwn.has(siteRole)) return offered
  return { allowed: false, reason: `The owner of content, owners and leaders of its project, and administrators may do this. With your role on this site, ${siteRole}, nobody owns or leads anything.` }
}

/** Whether a page should offer what concerns the extracts of the whole site (extract reference, § Encrypt Extracts in a Site, Permissions). */
export const mayEncryptSite = (facts: Facts): Permission => {
  const offered = hasEncryption(facts)
  const { siteRole } = facts.user
  if (!offered.allowed || siteRole === 'ServerAdministrator' || siteRole === unknownRole) return offered
  return { allowed: false, reason: `Tableau lets only server administrators encrypt or decrypt the extracts of a site. Your role on this site is ${siteRole}.` }
}

/** Whether a page should offer data acceleration tasks (jobs-tasks-schedules reference, § Get Data Acceleration Tasks in a Site, Permissions). */
export const mayAccelerate = (facts: Facts): Permission => {
  const offered = hasDataAcceleration(facts)
  return offered.allowed ? administratorsOnly(facts.user.siteRole, 'manage data acceleration') : offered
}

/** Whether a page should offer to create, change and delete schedules (jobs-tasks-schedules reference, § Create Server Schedule, Permissions). */
export const mayWriteSchedules = ({ flavor, user }: Pick<SessionFacts, 'flavor' | 'user'>): Permission => {
  const offered = hasServerSchedules({ flavor })
  if (!offered.allowed) return offered
  if (user.siteRole === 'ServerAdministrator' || user.siteRole === unknownRole) return { allowed: true }
  return { allowed: false, reason: `All sites of the server share its schedules, so Tableau lets only server administrators change them. Your role on this site is ${user.siteRole}.` }
}

/** Whether a page should offer to make tasks with a schedule of their own (extract reference, § Create Cloud Extract Refresh Task, Permissions). */
export const mayCreateTasks = (facts: Facts): Permission => {
  const offered = writesOwnSchedules(facts)
  const { siteRole } = facts.user
  if (!offered.allowed || isAdministrator(siteRole) || siteRole === 'Creator' || siteRole === unknownRole) return offered
  return { allowed: false, reason: `Tableau lets only site administrators and Creators make tasks. Your role on this site is ${siteRole}.` }
}

/**
 * Refuses what this role may not do, before anything of it is planned. Only for many at once: of one by one Tableau decides.
 */
export const assertPermitted = (permission: Permission): void => {
  if (!permission.allowed) throw new ProblemError('forbidden', permission.reason)
}
