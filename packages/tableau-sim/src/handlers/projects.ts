import type { Project } from '../content.ts'
import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { flag, oneOf, textual, wholeSeconds } from '../filter-fields.ts'
import { instant } from '../instant.ts'
import { listReply } from '../list.ts'
import type { Listing } from '../list.ts'
import { ownerFields, usersById } from '../people.ts'
import type { Owned } from '../people.ts'
import { refusals } from '../errors.ts'
import { mayLead, maySeeProject } from '../permissions.ts'
import type { Site } from '../site.ts'
import { byText } from '../sort.ts'
import { element } from '../xml-out.ts'
import type { Xml } from '../xml-out.ts'

/** Query Projects and Query Project Permissions. */
export const projectRoutes: readonly Route[] = [
  { operation: 'queryProjects', method: 'GET', path: '/sites/:siteId/projects', since: '2.0', access: 'site', handle: queryProjects },
  { operation: 'queryProjectPermissions', method: 'GET', path: '/sites/:siteId/projects/:projectId/permissions', since: '2.0', access: 'site', handle: queryProjectPermissions },
]

interface ListedProject extends Owned {
  readonly project: Project
  readonly site: Site
}

function queryProjects(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  const users = usersById(call.world.accounts, site)
  const visible = site.projects
    .filter((project) => maySeeProject(membership, project))
    .map((project): ListedProject => ({ project, site, ownerId: project.ownerId, owner: users.get(project.ownerId) }))
  return listReply(call, projectListing, visible)
}

/** Answered to administrators, and to whoever owns or leads the project or one above. Of its rules the leaders alone are printed. */
function queryProjectPermissions(call: SignedInCall): HandlerReply {
  const { membership, site } = call.session
  const id = call.params['projectId'] ?? ''
  const project = site.projects.find((candidate) => candidate.id === id.toLowerCase())
  if (project === undefined || !maySeeProject(membership, project)) throw refusals.projectNotFound(`Project '${id}' could not be found.`)
  if (!mayLead(membership, project)) throw refusals.forbidden('You do not have the permission to query the permissions of this project.')
  const leader = element('capabilities', {}, element('capability', { name: 'ProjectLeader', mode: 'Allow' }))
  const rules = [...project.leaderUserIds].map((userId) => element('granteeCapabilities', {}, element('user', { id: userId }), leader))
  const about = element('project', { id: project.id, name: project.name }, element('owner', { id: project.ownerId }))
  return { status: 200, content: element('permissions', {}, about, ...rules) }
}

const projectListing: Listing<ListedProject> = {
  names: { list: 'projects', row: 'project' },
  filters: {
    name: oneOf('name', ({ project }) => [project.name]),
    parentProjectId: oneOf('parentProjectId', ({ project }) => (project.parent === undefined ? [] : [project.parent.id])),
    topLevelProject: flag('topLevelProject', ({ project }) => project.parent === undefined),
    ownerName: textual(['eq'], ({ owner }) => owner?.account.name ?? ''),
  },
  sortKeys: {
    name: ({ project }) => project.name.toLowerCase(),
    createdAt: ({ project }) => wholeSeconds(project.createdAt),
    updatedAt: ({ project }) => wholeSeconds(project.updatedAt),
    ownerName: ({ owner }) => owner?.account.name,
  },
  order: byText(({ project }) => [project.name.toLowerCase(), project.id]),
  fields: [
    { name: 'id', byDefault: true, read: ({ project }) => project.id },
    { name: 'name', byDefault: true, read: ({ project }) => project.name },
    { name: 'description', byDefault: true, read: ({ project }) => project.description },
    { name: 'createdAt', byDefault: true, read: ({ project }) => instant(project.createdAt) },
    { name: 'updatedAt', byDefault: true, read: ({ project }) => instant(project.updatedAt) },
    { name: 'contentPermissions', byDefault: true, read: ({ project }) => project.contentPermissions },
    { name: 'parentProjectId', byDefault: true, read: ({ project }) => project.parent?.id },
    { name: 'topLevelProject', byDefault: false, read: ({ project }) => project.parent === undefined },
    ...ownerFields,
    { name: 'contentsCounts', byDefault: false, read: contentsCounts },
  ],
}

/** What lies directly in a project. */
function contentsCounts({ project, site }: ListedProject): Xml {
  const inside = site.contents.filter((item) => item.project === project)
  const workbookCount = inside.filter((item) => item.kind === 'workbook').length
  return element('contentsCounts', {
    projectCount: site.projects.filter((candidate) => candidate.parent === project).length,
    workbookCount,
    // Every simulated workbook has one view.
    viewCount: workbookCount,
    datasourceCount: inside.length - workbookCount,
  })
}
