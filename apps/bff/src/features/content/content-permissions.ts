import { luidSchema, type Content, type ContentDetail, type Luid, type Permission } from '@refreshboard/api-types'
import { queryProjectPermissions, queryProjects, sweepPages, TableauApiError, type Project } from '@refreshboard/tableau-client'
import { isAdministrator, mayManageExtracts, unknownRole } from '../../session/roles.ts'
import { hasEncryption } from '../../session/server-features.ts'
import { SessionEnded } from '../../session/session-ended.ts'
import type { SessionFacts } from '../../session/sessions.ts'
import type { TableauSession } from '../../session/tableau-session.ts'

type Permissions = Pick<ContentDetail, 'manage' | 'setEncryption'>

const yes: Permission = { allowed: true }
const noneOfThem: Permission = { allowed: false, reason: 'The owner, owners and leaders of its project, and administrators may do this. You are none of them.' }
const neitherOfThem: Permission = { allowed: false, reason: 'The owner and administrators may do this. You are neither.' }

/** Projects stand in each other; more levels than this are a circle. */
const maxLevels = 50

/** Only administrators, owners and leaders of a project are told its permissions, so being told says that one is among them. */
const leads = async (tableau: TableauSession, projectId: Luid): Promise<boolean> => {
  try {
    await tableau.call(queryProjectPermissions, { projectId })
    return true
  } catch (error) {
    // A project that one may not see (404) is not one's own.
    if (error instanceof TableauApiError && /^40[34]/.test(error.code)) return false
    throw error
  }
}

/** Whether one owns or leads the project, or one above it, whose leaders lead everything inside. */
const leadsAny = async (tableau: TableauSession, projectId: string): Promise<boolean> => {
  let projects: ReadonlyMap<string, Project> | undefined
  let next: string | undefined = projectId
  for (let level = 0; level < maxLevels && next !== undefined; level += 1) {
    const id = luidSchema.safeParse(next)
    if (!id.success) return false
    if (await leads(tableau, id.data)) return true
    projects ??= new Map((await sweepPages((page, signal) => tableau.call(queryProjects, page, { signal }))).rows.map((project) => [project.id, project]))
    next = projects.get(next)?.parentProjectId
  }
  return false
}

const isOwner = ({ owner }: Content, { user }: SessionFacts): boolean => owner?.id?.toLowerCase() === user.id

const manageOf = async (content: Content, facts: SessionFacts, tableau: TableauSession): Promise<Permission> => {
  const offered = mayManageExtracts(facts)
  if (!offered.allowed || isAdministrator(facts.user.siteRole) || isOwner(content, facts)) return offered
  const projectId = content.project?.id
  // What lies in somebody's personal space has no project.
  if (projectId === undefined) return facts.user.siteRole === unknownRole ? yes : noneOfThem
  try {
    return (await leadsAny(tableau, projectId)) ? yes : noneOfThem
  } catch (error) {
    if (error instanceof SessionEnded) throw error
    // It could not be found out: Tableau decides when it is tried.
    return yes
  }
}

const setEncryptionOf = (content: Content, facts: SessionFacts): Permission => {
  const offered = hasEncryption(facts)
  if (!offered.allowed || isAdministrator(facts.user.siteRole) || facts.user.siteRole === unknownRole || isOwner(content, facts)) return offered
  return neitherOfThem
}

/**
 * What this user may do with one item (extract reference, § Create an Extract for a Data Source, § About Extract Encryption). It
 * shapes the page; Tableau decides again.
 */
export const permissionsOf = async (content: Content, facts: SessionFacts, tableau: TableauSession): Promise<Permissions> => ({
  manage: await manageOf(content, facts, tableau),
  setEncryption: setEncryptionOf(content, facts),
})
