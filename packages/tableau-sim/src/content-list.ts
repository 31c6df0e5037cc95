import type { SignedInCall } from './context.ts'
import type { ContentItem } from './content.ts'
import type { RowField } from './fields.ts'
import type { FilterTable } from './filter.ts'
import { flag, oneOf, textual, time, whole, wholeSeconds } from './filter-fields.ts'
import { instant } from './instant.ts'
import type { Listing } from './list.ts'
import { ownerFields, usersById } from './people.ts'
import type { Owned } from './people.ts'
import { maySeeContent } from './permissions.ts'
import { byText } from './sort.ts'
import type { SortKeys } from './sort.ts'
import { element } from './xml-out.ts'
import type { Xml } from './xml-out.ts'

/** A workbook or data source with what its row tells beyond itself. */
export interface ListedContent extends Owned {
  readonly item: ContentItem
  readonly webpageUrl: string
}

/** The workbooks, or the data sources, that the caller may see. */
export const visibleContent = (call: SignedInCall, kind: ContentItem['kind']): ListedContent[] => {
  const { membership, site } = call.session
  const users = usersById(call.world.accounts, site)
  const base = `${call.origin}/#/${site.contentUrl === '' ? '' : `site/${site.contentUrl}/`}${kind}s`
  return site.contents
    .filter((item) => item.kind === kind && maySeeContent(membership, item))
    .map((item) => ({ item, ownerId: item.ownerId, owner: users.get(item.ownerId), webpageUrl: `${base}/${item.number}` }))
}

/** The rows of older servers are shorter; from which version on they have this is inferred. */
const laterFieldsSince = '3.5'

const tagsElement = (tags: readonly string[]): Xml => element('tags', {}, ...tags.map((label) => element('tag', { label })))

const placeAndPeople: readonly RowField<ListedContent>[] = [
  { name: 'project.id', byDefault: true, read: ({ item }) => item.project?.id },
  { name: 'project.name', byDefault: true, read: ({ item }) => item.project?.name },
  { name: 'project.description', byDefault: false, read: ({ item }) => item.project?.description },
  { name: 'location.id', byDefault: false, since: laterFieldsSince, read: ({ item }) => item.project?.id ?? item.ownerId },
  { name: 'location.type', byDefault: false, since: laterFieldsSince, read: ({ item }) => (item.project === undefined ? 'PersonalSpace' : 'Project') },
  { name: 'location.name', byDefault: false, since: laterFieldsSince, read: ({ item }) => item.project?.name ?? 'Personal Space' },
  ...ownerFields,
  { name: 'tags', byDefault: true, read: ({ item }) => tagsElement(item.tags) },
]

const named: readonly RowField<ListedContent>[] = [
  { name: 'id', byDefault: true, read: ({ item }) => item.id },
  { name: 'name', byDefault: true, read: ({ item }) => item.name },
  { name: 'description', byDefault: true, read: ({ item }) => item.description },
  { name: 'contentUrl', byDefault: true, read: ({ item }) => item.contentUrl },
  { name: 'webpageUrl', byDefault: true, since: laterFieldsSince, read: ({ webpageUrl }) => webpageUrl },
]

const dated: readonly RowField<ListedContent>[] = [
  { name: 'createdAt', byDefault: true, read: ({ item }) => instant(item.createdAt) },
  { name: 'updatedAt', byDefault: true, read: ({ item }) => instant(item.updatedAt) },
]

const extracts: readonly RowField<ListedContent>[] = [
  { name: 'hasExtracts', byDefault: true, since: laterFieldsSince, read: ({ item }) => item.hasExtracts },
  { name: 'encryptExtracts', byDefault: true, since: laterFieldsSince, read: ({ item }) => item.encryptExtracts },
]

const filters: FilterTable<ListedContent> = {
  name: oneOf('name', ({ item }) => [item.name]),
  contentUrl: oneOf('contentUrl', ({ item }) => [item.contentUrl]),
  projectName: oneOf('projectName', ({ item }) => (item.project === undefined ? [] : [item.project.name])),
  ownerName: textual(['eq'], ({ owner }) => owner?.account.name ?? ''),
  ownerEmail: textual(['eq'], ({ owner }) => owner?.account.email ?? ''),
  ownerDomain: textual(['eq'], () => 'local'),
  tags: oneOf('tags', ({ item }) => item.tags),
  createdAt: time('createdAt', ({ item }) => item.createdAt),
  updatedAt: time('updatedAt', ({ item }) => item.updatedAt),
  size: whole('size', ({ item }) => item.size),
  hasExtracts: flag('hasExtracts', ({ item }) => item.hasExtracts),
}

const sortKeys: SortKeys<ListedContent> = {
  name: ({ item }) => item.name.toLowerCase(),
  createdAt: ({ item }) => wholeSeconds(item.createdAt),
  updatedAt: ({ item }) => wholeSeconds(item.updatedAt),
  size: ({ item }) => item.size,
  projectName: ({ item }) => item.project?.name.toLowerCase(),
  ownerName: ({ owner }) => owner?.account.name,
}

const byName = byText<ListedContent>(({ item }) => [item.name.toLowerCase(), item.id])

/** Query Workbooks for Site. */
export const workbookListing: Listing<ListedContent> = {
  names: { list: 'workbooks', row: 'workbook' },
  filters,
  sortKeys,
  order: byName,
  fields: [
    ...named,
    { name: 'showTabs', byDefault: true, read: ({ item }) => item.showTabs },
    { name: 'size', byDefault: true, read: ({ item }) => item.size },
    ...dated,
    { name: 'sheetCount', byDefault: false, since: laterFieldsSince, read: () => 1 },
    ...extracts,
    { name: 'defaultViewId', byDefault: true, since: laterFieldsSince, read: ({ item }) => item.defaultViewId },
    ...placeAndPeople,
  ],
}

/** Query Data Sources. */
export const datasourceListing: Listing<ListedContent> = {
  names: { list: 'datasources', row: 'datasource' },
  filters: {
    ...filters,
    type: textual(['eq'], ({ item }) => item.connectionType),
    connectionType: textual(['eq'], ({ item }) => item.connectionType),
    isCertified: flag('isCertified', ({ item }) => item.isCertified),
  },
  sortKeys: { ...sortKeys, type: ({ item }) => item.connectionType },
  order: byName,
  fields: [
    ...named,
    { name: 'type', byDefault: true, read: ({ item }) => item.connectionType },
    { name: 'size', byDefault: false, since: laterFieldsSince, read: ({ item }) => item.size },
    ...dated,
    ...extracts,
    { name: 'isCertified', byDefault: true, since: laterFieldsSince, read: ({ item }) => item.isCertified },
    ...placeAndPeople,
  ],
}
