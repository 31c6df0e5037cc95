import { alikeKey } from './alike.ts'
import type { DocumentContent, ScheduleDocument } from './document.ts'
import { grouped } from './grouped.ts'
import { nearNames } from './near-miss.ts'
import type { NamedContent } from './steps.ts'

/** What the site has, found by name. */
export interface ContentBook {
  /** All that a row of a text can mean; one, where it is clear. */
  readonly named: (wanted: DocumentContent) => readonly NamedContent[]
  /** Of the same kind and name, in whatever project. */
  readonly anywhere: (wanted: DocumentContent) => readonly NamedContent[]
  /** A name that is nearly the same, for a suggestion; undefined when none is found in the time for it. */
  readonly nearly: (wanted: DocumentContent) => string | undefined
  readonly byId: (kind: NamedContent['kind'], id: string) => NamedContent | undefined
}

const nameKey = (kind: string, name: string): string => JSON.stringify([kind, name])

const inProject = ({ project }: DocumentContent, found: readonly NamedContent[]): readonly NamedContent[] => found.filter((content) => project === undefined || content.project === project)

/** What a row of a text is about. */
export const kindOf = ({ workbook }: DocumentContent): NamedContent['kind'] => (workbook === undefined ? 'datasource' : 'workbook')
/** Its name in the text. */
export const nameOf = ({ workbook, datasource }: DocumentContent): string => workbook ?? datasource ?? ''

export const contentBook = (contents: readonly NamedContent[]): ContentBook => {
  const ids = new Map(contents.map((content) => [nameKey(content.kind, content.id), content]))
  const names = grouped(contents, ({ kind, name }) => nameKey(kind, name))
  const ofKind = grouped(contents, ({ kind }) => kind)
  const inPlace = grouped(contents, ({ kind, project }) => JSON.stringify([kind, project ?? null]))
  const near = nearNames()
  /** Names that look the same, in whatever project; worked out when the first is asked for. */
  let alike: Map<string, string> | undefined
  /** What is compared with a name: of its kind, and in its project where one is given. */
  const beside = new Map<string, ReadonlySet<string>>()
  const besideOf = (wanted: DocumentContent): ReadonlySet<string> => {
    const kind = kindOf(wanted)
    const key = JSON.stringify([kind, wanted.project ?? null])
    const known = beside.get(key) ?? new Set(((wanted.project === undefined ? ofKind.get(kind) : inPlace.get(key)) ?? []).map(({ name }) => name))
    beside.set(key, known)
    return known
  }
  const anywhere = (wanted: DocumentContent): readonly NamedContent[] => names.get(nameKey(kindOf(wanted), nameOf(wanted))) ?? []
  return {
    anywhere,
    named: (wanted) => inProject(wanted, anywhere(wanted)),
    nearly: (wanted) => {
      alike ??= new Map(contents.map(({ kind, name }) => [nameKey(kind, alikeKey(name)), name]))
      return alike.get(nameKey(kindOf(wanted), alikeKey(nameOf(wanted)))) ?? near(nameOf(wanted), () => besideOf(wanted))
    },
    byId: (kind, id) => ids.get(nameKey(kind, id)),
  }
}

/** Whether each row of content in a text means exactly one thing of the site. */
export const isAllNamed = ({ schedules }: ScheduleDocument, contents: readonly NamedContent[]): boolean => {
  const { named } = contentBook(contents)
  return schedules.every(({ content = [] }) => content.every((one) => named(one).length === 1))
}
