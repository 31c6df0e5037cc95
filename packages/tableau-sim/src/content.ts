import { createRandom } from './random.ts'
import { isLegalXmlText } from './xml-out.ts'

/** What the contents of a project are locked to (`project@contentPermissions`). */
export type ContentPermissions = 'ManagedByOwner' | 'LockedToProject' | 'LockedToProjectWithoutNested'

/** A project of a site. Times are milliseconds of the virtual clock. */
export interface Project {
  readonly id: string
  name: string
  description: string
  /** Undefined at the top. */
  parent: Project | undefined
  /** User id on that site. The owner of a project may do in it what a leader may. */
  ownerId: string
  /** User ids on that site. A leader also leads every project below. */
  readonly leaderUserIds: Set<string>
  contentPermissions: ContentPermissions
  /** Whether All Users may see it and what is in it. Otherwise administrators, leaders and owners alone. */
  openToAll: boolean
  readonly createdAt: number
  updatedAt: number
}

export interface ProjectSpec {
  readonly name: string
  readonly ownerId: string
  readonly id?: string | undefined
  readonly description?: string
  readonly parent?: Project | undefined
  readonly leaderUserIds?: readonly string[]
  readonly contentPermissions?: ContentPermissions
  readonly openToAll?: boolean
  readonly createdAt?: number
  readonly updatedAt?: number
}

/** A data source that a workbook has in itself, or a published one with an extract of the workbook's own. */
export interface WorkbookDatasource {
  readonly id: string
  readonly name: string
  readonly connectionType: string
  hasExtract: boolean
}

interface WorkbookDatasourceSpec {
  readonly name: string
  readonly id?: string
  readonly connectionType?: string
  /** That of the workbook unless given. */
  readonly hasExtract?: boolean
}

/** A workbook or a published data source of a site. Times are milliseconds of the virtual clock. */
export interface ContentItem {
  readonly kind: 'workbook' | 'datasource'
  readonly id: string
  name: string
  readonly contentUrl: string
  /** The number in its address (`webpageUrl`). */
  readonly number: number
  description: string
  /** Undefined in a personal space. */
  project: Project | undefined
  /** User id on that site. */
  ownerId: string
  /** False for a live connection. */
  hasExtracts: boolean
  encryptExtracts: boolean
  /** Megabytes. */
  size: number
  tags: readonly string[]
  readonly createdAt: number
  updatedAt: number
  /** What a data source connects to (`datasource@type`); of a workbook, what its embedded one connects to. */
  readonly connectionType: string
  /** Of a workbook; none of a data source. */
  readonly datasources: readonly WorkbookDatasource[]
  isCertified: boolean
  readonly showTabs: boolean
  /** Id of the view that its address opens; workbooks only. */
  readonly defaultViewId: string
}

export interface ContentSpec {
  readonly kind: 'workbook' | 'datasource'
  readonly name: string
  readonly ownerId: string
  readonly id?: string | undefined
  readonly contentUrl?: string
  readonly description?: string
  readonly project?: Project | undefined
  readonly hasExtracts?: boolean
  readonly encryptExtracts?: boolean
  readonly size?: number
  readonly tags?: readonly string[]
  readonly createdAt?: number
  readonly updatedAt?: number
  readonly connectionType?: string
  /** Of a workbook; one with its connection type unless given. */
  readonly datasources?: readonly WorkbookDatasourceSpec[]
  readonly isCertified?: boolean
  readonly showTabs?: boolean
}

/** Its project and every one above, innermost first; empty in a personal space. */
export const projectsAbove = (item: Pick<ContentItem, 'project'>): Project[] => {
  const path: Project[] = []
  for (let project = item.project; project !== undefined; project = project.parent) path.push(project)
  return path
}

/** When something was made that does not say so. */
const longAgo = Date.UTC(2025, 5, 2, 9, 30)

export const makeProject = (spec: ProjectSpec, id: string): Project => {
  checkTexts(spec.name, spec.description)
  const createdAt = spec.createdAt ?? longAgo
  return {
    id,
    name: spec.name,
    description: spec.description ?? '',
    parent: spec.parent,
    ownerId: spec.ownerId,
    leaderUserIds: new Set(spec.leaderUserIds),
    contentPermissions: spec.contentPermissions ?? 'ManagedByOwner',
    openToAll: spec.openToAll ?? true,
    createdAt,
    updatedAt: spec.updatedAt ?? createdAt,
  }
}

export const makeContent = (spec: ContentSpec, made: Pick<ContentItem, 'id' | 'number' | 'defaultViewId' | 'contentUrl'>): ContentItem => {
  checkTexts(spec.name, spec.description, ...(spec.tags ?? []))
  const createdAt = spec.createdAt ?? longAgo
  return {
    ...made,
    kind: spec.kind,
    name: spec.name,
    description: spec.description ?? '',
    project: spec.project,
    ownerId: spec.ownerId,
    hasExtracts: spec.hasExtracts ?? true,
    encryptExtracts: spec.encryptExtracts ?? false,
    size: spec.size ?? 1,
    tags: spec.tags ?? [],
    createdAt,
    updatedAt: spec.updatedAt ?? createdAt,
    connectionType: spec.connectionType ?? 'sqlserver',
    datasources: datasourcesOf(spec, made.id),
    isCertified: spec.isCertified ?? false,
    showTabs: spec.showTabs ?? false,
  }
}

/** Their ids are drawn from a stream of the workbook's own, so that nobody else's depend on how many there are. */
const datasourcesOf = ({ kind, name, datasources, connectionType, hasExtracts }: ContentSpec, id: string): WorkbookDatasource[] => {
  if (kind === 'datasource') return []
  const random = createRandom(1, `data sources of ${id}`)
  const shared = { connectionType: connectionType ?? 'sqlserver', hasExtract: hasExtracts ?? true }
  return (datasources ?? [{ name: `${name} data` }]).map((spec) => ({ ...shared, id: random.luid(), ...spec }))
}

/** Files have no live connection that an extract could be made of (409070). */
export const isFileBased = ({ connectionType }: Pick<WorkbookDatasource, 'connectionType'>): boolean => ['excel-direct', 'textscan', 'msaccess', 'ogrdirect'].includes(connectionType)

/** As Tableau makes a content URL of a name: the letters and digits of ASCII. Empty where the name has none. */
export const contentUrlOf = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9-]/g, '')
    .slice(0, 60)

const checkTexts = (...texts: readonly (string | undefined)[]): void => {
  for (const text of texts) if (text !== undefined && !isLegalXmlText(text)) throw new RangeError('A text of the content holds a character that XML does not allow.')
}
