import type { Membership, SiteRole } from './accounts.ts'
import { projectsAbove } from './content.ts'
import type { ContentItem, Project } from './content.ts'

export const isServerAdministrator = (role: SiteRole): boolean => role === 'ServerAdministrator'

/** An administrator of the server or of the site. */
export const isAdministrator = (role: SiteRole): boolean => isServerAdministrator(role) || role === 'SiteAdministratorCreator' || role === 'SiteAdministratorExplorer'

/** Listing, querying and cancelling jobs is for server and site administrators (§ Query Jobs, § Query Job, § Cancel Job). */
export const mayAdministerJobs = (role: SiteRole): boolean => isAdministrator(role)

/** § Create Cloud Extract Refresh Task: “administrators and any user with the creator role”. */
export const mayCreateCloudTasks = (role: SiteRole): boolean => isAdministrator(role) || role === 'Creator'

/** Schedules are listed for any user able to schedule extract refreshes and any administrator (§ List Server Schedules). */
export const mayListSchedules = (role: SiteRole): boolean => isAdministrator(role) || role === 'Creator' || role === 'ExplorerCanPublish'

/** Other people's records are for administrators; everyone may read their own. */
export const mayReadUser = (role: SiteRole, ownUserId: string, userId: string): boolean => ownUserId === userId || isAdministrator(role)

/** Owner or leader of the project, or of one above. */
const leads = (userId: string, projects: readonly Project[]): boolean =>
  projects.some((project) => project.ownerId === userId || project.leaderUserIds.has(userId))

/** Who may read the permissions of a project: administrators, its owner, who leads it or one above (REST reference, § Query Project Permissions). */
export const mayLead = (membership: Pick<Membership, 'userId' | 'siteRole'>, project: Project): boolean =>
  isAdministrator(membership.siteRole) || leads(membership.userId, projectsAbove({ project }))

/** “The user must be the owner or administrator” (extract reference, § About Extract Encryption): leaders are not among them. */
export const maySetEncryption = (membership: Pick<Membership, 'userId' | 'siteRole'>, item: Pick<ContentItem, 'ownerId'>): boolean =>
  isAdministrator(membership.siteRole) || item.ownerId === membership.userId

/** What owners, project leaders and administrators may do with a piece of content: schedule it, run it, take it off. */
export const mayManage = (membership: Pick<Membership, 'userId' | 'siteRole'>, item: Pick<ContentItem, 'ownerId' | 'project'>): boolean =>
  isAdministrator(membership.siteRole) || item.ownerId === membership.userId || leads(membership.userId, projectsAbove(item))

/** A project is seen by administrators, by whoever leads it or one above, and by everybody where it is open to all. */
export const maySeeProject = (membership: Pick<Membership, 'userId' | 'siteRole'>, project: Project): boolean =>
  project.openToAll || isAdministrator(membership.siteRole) || leads(membership.userId, projectsAbove({ project }))

/** Content is seen by whoever may manage it, and by everybody in a project that is open to all; a personal space is its owner's. */
export const maySeeContent = (membership: Pick<Membership, 'userId' | 'siteRole'>, item: Pick<ContentItem, 'ownerId' | 'project'>): boolean =>
  item.project?.openToAll === true || mayManage(membership, item)
