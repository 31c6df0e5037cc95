import type { Content, Task } from '@refreshboard/api-types'
import type { ContentRef, RefreshTask } from '@refreshboard/tableau-client'
import type { DirectoryView } from '../../directory/content-directory.ts'

const namedContent = (ref: ContentRef, names: DirectoryView): Content => names.contentOf(ref.kind, ref.id) ?? { kind: ref.kind, id: ref.id }

/** A task with the names of its content, which Tableau's list tells by id alone. */
export const taskRow = ({ content, ...task }: RefreshTask, names: DirectoryView, refreshType?: string): Task => ({
  ...task,
  ...(content === undefined ? {} : { content: namedContent(content, names) }),
  ...(refreshType === undefined ? {} : { refreshType }),
})

/** Nothing more is on its way: all names are here, or reading them failed. */
export const areNamed = (names: DirectoryView): boolean => names.complete || names.failure !== undefined
