import type { Content } from '@refreshboard/api-types'
import type { PageRequest, TableauEndpoint, TableauReply } from '@refreshboard/tableau-client'
import type { TableauSession } from '../session/tableau-session.ts'
import { someLuid, somePrincipal } from './fake-tableau.ts'
import { noServer } from './some-facts.ts'

interface Row {
  readonly id: string
  readonly name?: string | undefined
  readonly fullName?: string
}

/** Lists, by the names of the calls that page them. */
interface Site {
  queryWorkbooks: Content[]
  queryDatasources: Content[]
  queryProjects: Row[]
  queryUsersOnSite: Row[]
}

/** A Tableau without a server whose lists are paged as Tableau pages them. */
export interface PagedTableau {
  readonly site: Site
  /** `queryWorkbooks 2` for the second page. */
  readonly calls: string[]
  count(list: keyof Site): number
  /** What a call waits for, or fails with. */
  before: (operation: string, page: PageRequest, sessionId: string) => Promise<void>
  /** A session of the user `userId`, who is called Me Myself and has the id {@link me}. */
  session(userId?: string, sessionId?: string): TableauSession
}

export const me = someLuid(1)

export const createPagedTableau = (given: Partial<Site> = {}): PagedTableau => {
  const site: Site = { queryWorkbooks: [], queryDatasources: [], queryProjects: [], queryUsersOnSite: [], ...given }
  const lists = new Map<string, keyof Site>([
    ['queryWorkbooks', 'queryWorkbooks'],
    ['queryDatasources', 'queryDatasources'],
    ['queryProjects', 'queryProjects'],
    ['queryUsersOnSite', 'queryUsersOnSite'],
  ])
  const calls: string[] = []

  const call = async <I, O>(endpoint: TableauEndpoint<I, O>, input: I, sessionId: string, signal?: AbortSignal): Promise<TableauReply<O>> => {
    const name = lists.get(endpoint.name)
    if (name === undefined) throw new Error(`${endpoint.name} is not a list that this Tableau has`)
    // The input of a list is a page.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const page = input as PageRequest
    signal?.throwIfAborted()
    calls.push(`${name} ${page.pageNumber}`)
    await tableau.before(name, page, sessionId)
    signal?.throwIfAborted()
    const list: readonly Row[] = site[name]
    const at = (page.pageNumber - 1) * page.pageSize
    const value = { ...page, rows: list.slice(at, at + page.pageSize), totalAvailable: list.length }
    // What the endpoint of a list decodes is a page of its rows.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return { value: value as O, date: Date.parse('2026-03-04T17:00:00Z'), warnings: [] }
  }

  const tableau: PagedTableau = {
    site,
    calls,
    count: (list) => calls.filter((one) => one.startsWith(`${list} `)).length,
    before: () => Promise.resolve(),
    session: (userId = 'one', sessionId = userId) => ({
      ...noServer,
      sessionId,
      principal: somePrincipal(userId),
      flavor: 'server',
      user: { id: me, name: 'me', fullName: 'Me Myself', siteRole: 'Creator' },
      call: (endpoint, input, options = {}) => call(endpoint, input, sessionId, options.signal),
    }),
  }
  return tableau
}
