import type { DocumentContent, ScheduleDocument } from './document.ts'
import { nearNames } from './near-miss.ts'
import type { NamedContent } from './steps.ts'

/** What the site has, found by name. */
export interface ContentBook {
  /** All that a row of a text can mean; one, where it is clear. */
  readonly named: (wanted: DocumentContent) => readonly NamedContent[]
  /** Of the same kind and name, in whatever project. */
  readonly anywhere: (wanted: DocumentContent) => readonly NamedContent[]
  /** Of a name that is nearly the same; empty when there is none. */
  readonly nearly: (wanted: DocumentContent) => readonly NamedContent[]
  readonly byId: (kind: NamedContent['kind'], id: string) => NamedContent | undefined
}

const nameKey = (kind: string, name: string): string => JSON.stringify([kind, name])

const inProject = ({ project }: DocumentContent, found: readonly NamedContent[]): readonly NamedContent[] => found.filter((content) => project === undefined || content.project === project)

const kindOf = ({ workbook }: DocumentContent): NamedContent['kind'] => (workbook === undefined ? 'datasource' : 'workbook')
const nameOf = ({ workbook, datasource }: DocumentContent): string => workbook ?? datasource ?? ''

const grouped = (contents: readonly NamedContent[], keyOf: (content: NamedContent) => string): Map<string, NamedContent[]> => {
  const groups = new Map<string, NamedContent[]>()
  for (const content of contents) {
    const key = keyOf(content)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [content])
    else known.push(content)
  }
  return groups
}

export const contentBook = (contents: readonly NamedContent[]): ContentBook => {
  const ids = new Map(contents.map((content) => [nameKey(content.kind, content.id), content]))
  const names = grouped(contents, ({ kind, name }) => nameKey(kind, name))
  const ofKind = grouped(contents, ({ kind }) => kind)
  const inPlace = grouped(contents, ({ kind, project }) => JSON.stringify([kind, project ?? null]))
  const near = nearNames()
  /** What is compared with a name: of its kind, and in its project where one is given. */
  const beside = new Map<string, Map<string, NamedContent[]>>()
  const besideOf = (wanted: DocumentContent): Map<string, NamedContent[]> => {
    const kind = kindOf(wanted)
    const key = JSON.stringify([kind, wanted.project ?? null])
    const known = beside.get(key) ?? grouped((wanted.project === undefined ? ofKind.get(kind) : inPlace.get(key)) ?? [], ({ name }) => name)
    beside.set(key, known)
    return known
  }
  const anywhere = (wanted: DocumentContent): readonly NamedContent[] => names.get(nameKey(kindOf(wanted), nameOf(wanted))) ?? []
  return {
    anywhere,
    named: (wanted) => inProject(wanted, anywhere(wanted)),
    nearly: (wanted) => {
      const name = near(nameOf(wanted), () => besideOf(wanted).keys())
      return name === undefined ? [] : (besideOf(wanted).get(name) ?? [])
    },
    byId: (kind, id) => ids.get(nameKey(kind, id)),
  }
}

/** Whether each row of content in a text means exactly one thing of the site. */
export const isAllNamed = ({ schedules }: ScheduleDocument, contents: readonly NamedContent[]): boolean => {
  const { named } = contentBook(contents)
  return schedules.every(({ content = [] }) => content.every((one) => named(one).length === 1))
}
