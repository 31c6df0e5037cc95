import { luidSchema } from '@refreshboard/api-types'
import { deleteDatasourceExtract, deleteWorkbookExtract } from '@refreshboard/tableau-client'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { PrincipalKey } from '../../session/principal.ts'
import type { Intention, IntentionRequest, ReadBack, Seen } from '../../writes/intention.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { saysGone, seenGone, unseenOf } from '../../writes/write-laws.ts'
import { nounOf, readItem, type Item } from './item.ts'

const writeOf = ({ kind }: Pick<Item, 'kind'>): 'deleteWorkbookExtract' | 'deleteDatasourceExtract' => (kind === 'workbook' ? 'deleteWorkbookExtract' : 'deleteDatasourceExtract')

/** That there is no extract any more says that a delete whose reply was lost was applied. */
const readBack =
  (directories: ContentDirectories, principal: PrincipalKey, item: Item): ReadBack =>
  async (tableau): Promise<Seen> => {
    const write = writeOf(item)
    try {
      const { hasExtracts } = await readItem(tableau, item)
      if (hasExtracts === undefined) return { state: 'unconfirmed', evidence: `Tableau does not tell whether the ${nounOf(item)} has an extract. Look at it in Tableau before sending it again.` }
      if (hasExtracts) return { state: 'checking', evidence: `Tableau still reports an extract of the ${nounOf(item)}, so ${unseenOf(write)}` }
      directories.of(principal).expire()
      return { state: 'done', evidence: `Tableau reports that the ${nounOf(item)} has no extract.` }
    } catch (error) {
      if (!saysGone(write, error)) throw error
      return seenGone(write, `Tableau no longer knows the ${nounOf(item)} (${error.code}): it is gone, and its extracts with it.`, {})
    }
  }

/** Deletes all extracts of an item, which asks its data live from then on. */
export const deleteIntention = (directories: ContentDirectories, principal: PrincipalKey, item: Item, request: IntentionRequest): Intention => ({
  ...request,
  write: writeOf(item),
  target: item.id,
  input: { id: item.id },
  send: async (tableau) => {
    try {
      if (item.kind === 'workbook') await tableau.call(deleteWorkbookExtract, { workbookId: item.id })
      else await tableau.call(deleteDatasourceExtract, { datasourceId: item.id })
    } finally {
      directories.of(principal).expire()
    }
    return { evidence: `Tableau has deleted the extract. The ${nounOf(item)} stays, and asks its data live.` }
  },
  readBack: readBack(directories, principal, item),
})

export const deleteResumables = (directories: ContentDirectories): Resumable[] =>
  (['workbook', 'datasource'] as const).map((kind) => ({
    write: writeOf({ kind }),
    readBack: (principal, record) => readBack(directories, principal, { kind, id: luidSchema.parse(record.target) }),
  }))
