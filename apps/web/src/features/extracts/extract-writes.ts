import { deleteDatasourceExtract, deleteWorkbookExtract, updateDatasource, updateWorkbook, type Resource } from '@refreshboard/api-types'
import { meant, type Meant } from '../../components/would-send.tsx'
import { startWrite, type WhenKnown, type WriteState } from '../../lib/writes.ts'
import { reread } from '../../lib/query-client.ts'
import type { ContentRef } from './extracts.search.ts'

/** What a write to an extract makes stale: tasks tell whether their content has one, too. */
export const touched: readonly Resource[] = ['extracts', 'workbooks', 'datasources', 'tasks', 'jobs']

/** What is written to: one write to it at a time. */
export const targets = {
  create: ({ kind, id }: ContentRef) => `extracts.create ${kind} ${id}`,
  remove: ({ kind, id }: ContentRef) => `extracts.delete ${kind} ${id}`,
  encryption: ({ kind, id }: ContentRef) => `extracts.encryption ${kind} ${id}`,
} as const

/** Deletes an extract, once. */
export const removeExtract = async (content: ContentRef, known: WhenKnown = {}): Promise<WriteState | undefined> => {
  const write = { target: targets.remove(content), input: { params: { id: content.id } }, invalidates: touched, ...known }
  const state = content.kind === 'workbook' ? await startWrite({ ...write, endpoint: deleteWorkbookExtract }) : await startWrite({ ...write, endpoint: deleteDatasourceExtract })
  await reread(...touched)
  return state
}

const encryptionInput = ({ id }: ContentRef, encryptExtracts: boolean, seen: boolean | undefined) => ({
  params: { id },
  body: { encryptExtracts, ...(seen === undefined ? {} : { seen: { encryptExtracts: seen } }) },
})

/** What {@link setEncryption} would write. */
export const encryptionMeant = (content: ContentRef, encryptExtracts: boolean, seen: boolean | undefined): Meant =>
  meant(content.kind === 'workbook' ? updateWorkbook : updateDatasource, encryptionInput(content, encryptExtracts, seen))

/** Says whether the extracts of an item are encrypted, once. `seen` is what the person saw, where that is known. */
export const setEncryption = async (content: ContentRef, encryptExtracts: boolean, seen: boolean | undefined, known: WhenKnown = {}): Promise<WriteState | undefined> => {
  const write = { target: targets.encryption(content), input: encryptionInput(content, encryptExtracts, seen), invalidates: touched, ...known }
  const state = content.kind === 'workbook' ? await startWrite({ ...write, endpoint: updateWorkbook }) : await startWrite({ ...write, endpoint: updateDatasource })
  await reread(...touched)
  return state
}
