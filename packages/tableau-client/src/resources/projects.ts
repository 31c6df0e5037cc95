import { defineEndpoint } from '../endpoint.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { childrenOf, optionalWord, requiredChild, requiredText, requiredWord, type XmlElement } from '../xml/element.ts'

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
