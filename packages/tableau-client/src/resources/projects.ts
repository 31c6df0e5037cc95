import type { Luid } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { child, childrenOf, optionalWord, requiredChild, requiredText, requiredWord, type XmlElement } from '../xml/element.ts'

/** A project of the session's site. */
export interface Project {
  readonly id: string
  readonly name: string
  /** Absent for one at the top. */
  readonly parentProjectId?: string
}

const decodeProject = (project: XmlElement): Project => ({
  id: requiredWord(project, 'id'),
  name: requiredText(project, 'name'),
  ...optionalWord(project, 'parentProjectId'),
})

/** Query Projects: those the user may see, a page at a time. */
export const queryProjects = defineEndpoint({
  name: 'queryProjects',
  method: 'GET',
  path: '/sites/{siteId}/projects',
  since: '2.0',
  scope: 'tableau:content:read',
  reference: 'REST API reference, § Query Projects',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (page: PageRequest) => ({ query: pageQuery(page) }),
  decode: (root): Page<Project> => decodePage(root, childrenOf(requiredChild(root, 'projects'), 'project').map(decodeProject)),
})

/** Whose project it is; who else may do what in it is not looked at. */
export interface ProjectPermissions {
  readonly projectId: string
  readonly ownerId?: string
}

/**
 * Query Project Permissions. Administrators, the owner of the project and its leaders alone are answered (403004 for everybody else),
 * whether by their own name or by a group's: that a person is answered says that they are one of them.
 */
export const queryProjectPermissions = defineEndpoint({
  name: 'queryProjectPermissions',
  method: 'GET',
  path: '/sites/{siteId}/projects/{projectId}/permissions',
  since: '2.0',
  reference: 'REST API reference, § Query Project Permissions',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ projectId }: { readonly projectId: Luid }) => ({ params: { projectId } }),
  decode: (root): ProjectPermissions => {
    const project = requiredChild(requiredChild(root, 'permissions'), 'project')
    const owner = child(project, 'owner')
    const { id: ownerId } = owner === undefined ? {} : optionalWord(owner, 'id')
    return { projectId: requiredWord(project, 'id'), ...(ownerId === undefined ? {} : { ownerId }) }
  },
})
