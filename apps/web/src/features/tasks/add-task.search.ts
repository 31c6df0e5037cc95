import { addedKinds, contentKinds, luidSchema, type AddToSchedule, type Content } from '@refreshboard/api-types'

/** A workbook or a data source, by its id. */
export type ContentRef = Pick<Content, 'kind' | 'id'>

/** What the address of the page holds: what is chosen so far. Anything that is no id is left out. */
export interface AddTaskSearch {
  /** What the schedule does with it. */
  kind: AddToSchedule['kind']
  scheduleId: string | undefined
  content: ContentRef | undefined
}

const idIn = (params: URLSearchParams, name: string): string | undefined => {
  const id = luidSchema.safeParse(params.get(name))
  return id.success ? id.data : undefined
}

export const parseAddTaskSearch = (params: URLSearchParams): AddTaskSearch => {
  const [content] = contentKinds.flatMap((kind) => {
    const id = idIn(params, kind)
    return id === undefined ? [] : [{ kind, id }]
  })
  return { kind: addedKinds.find((kind) => kind === params.get('kind')) ?? 'extractRefresh', scheduleId: idIn(params, 'schedule'), content }
}
