import { type Content, contentKinds, contentSchema } from '@refreshboard/api-types'
import { child, instantFields, optionalFlag, optionalText, optionalWord, requiredWord, type XmlElement } from '../xml/element.ts'

/** What a task refreshes, by id alone: no reply about tasks tells a name. */
export type ContentRef = Pick<Content, 'kind' | 'id'>

/**
 * The content that an `<extractRefresh>` or `<extract>` names. None for a virtual connection, whose extracts are listed
 * without an element that identifies them, and for the empty `<workbook/>` of the reference's sample
 * (jobs-tasks-schedules reference, § List Extract Refresh Tasks in Site, § List Extract Refresh Tasks in Server Schedule).
 */
export const decodeContentRef = (element: XmlElement): ContentRef | undefined =>
  element.children.flatMap((item): ContentRef[] => {
    const kind = contentKinds.find((known) => known === item.name)
    const { id = '' } = item.attributes
    return kind === undefined || id === '' ? [] : [{ kind, id }]
  })[0]

/** A `<project>` or `<owner>`, as far as it says anything: a workbook of a personal space has no project. */
const reference = <K extends string>(element: XmlElement, name: K): { [P in K]?: { id?: string; name?: string } } => {
  const found: { [P in K]?: { id?: string; name?: string } } = {}
  const item = child(element, name)
  if (item === undefined) return found
  const named = { ...optionalWord(item, 'id'), ...optionalWord(item, 'name') }
  if (Object.keys(named).length > 0) found[name] = named
  return found
}

const webpageUrlOf = (element: XmlElement): Pick<Content, 'webpageUrl'> => {
  const { data } = contentSchema.shape.webpageUrl.safeParse(element.attributes['webpageUrl'])
  return data === undefined ? {} : { webpageUrl: data }
}

/** A `<workbook>` or `<datasource>` with its names. An address that cannot be linked to is left out. */
export const decodeContent = (kind: Content['kind'], element: XmlElement): Content => ({
  kind,
  id: requiredWord(element, 'id'),
  ...optionalText(element, 'name'),
  ...reference(element, 'project'),
  ...reference(element, 'owner'),
  ...optionalFlag(element, 'hasExtracts'),
  ...optionalFlag(element, 'encryptExtracts'),
  ...instantFields(element, 'updatedAt'),
  ...webpageUrlOf(element),
})
