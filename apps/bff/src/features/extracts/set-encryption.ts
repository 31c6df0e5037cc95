import { contentChangesSchema, luidSchema, type Content, type ContentChanges } from '@refreshboard/api-types'
import { updateDatasource, updateWorkbook } from '@refreshboard/tableau-client'
import { z } from 'zod'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import { ProblemError } from '../../http/problem-error.ts'
import type { PrincipalKey } from '../../session/principal.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import { fromStoredText, type Intention, type IntentionRequest, type ReadBack, type Seen } from '../../writes/intention.ts'
import type { Locks } from '../../writes/locks.ts'
import { unreadableRecord, type Resumable } from '../../writes/read-backs.ts'
import { saysGone, seenGone, unseenOf } from '../../writes/write-laws.ts'
import { nounOf, readItem, type Item } from './item.ts'

const writeOf = ({ kind }: Pick<Item, 'kind'>): 'updateWorkbook' | 'updateDatasource' => (kind === 'workbook' ? 'updateWorkbook' : 'updateDatasource')

const storedInputSchema = z.object({ body: contentChangesSchema })

const wordsOf = (encrypted: boolean): string => (encrypted ? 'to be encrypted' : 'not to be encrypted')

/** Refuses a change of a setting that is no longer what the person saw; what Tableau does not tell is not compared. */
const assertAsSeen = (seen: ContentChanges['seen'], { encryptExtracts: now }: Content): void => {
  const before = seen?.encryptExtracts
  if (before === undefined || now === undefined || before === now) return
  const sentence = `Its extracts were ${wordsOf(before)} and are now ${wordsOf(now)}.`
  throw new ProblemError('changed_elsewhere', `${sentence} Nothing was sent to Tableau.`, { fields: { encryptExtracts: sentence } })
}

/** The setting says whether a change whose reply was lost was applied. */
const readBack =
  (directories: ContentDirectories, principal: PrincipalKey, item: Item, wanted: boolean): ReadBack =>
  async (tableau): Promise<Seen> => {
    const write = writeOf(item)
    try {
      const read = await readItem(tableau, item)
      const { encryptExtracts: now } = read
      if (now === undefined) return { state: 'unconfirmed', evidence: `Tableau does not tell whether the extracts of the ${nounOf(item)} are encrypted. Look at it in Tableau before sending it again.` }
      if (now !== wanted) return { state: 'checking', evidence: `Tableau still reports the extracts of the ${nounOf(item)} as ${wordsOf(now)}, so ${unseenOf(write)}` }
      directories.of(principal).expire()
      directories.of(principal).seen(read)
      return { state: 'done', evidence: `Tableau reports the extracts of the ${nounOf(item)} as ${wordsOf(now)}, as it was sent.` }
    } catch (error) {
      if (!saysGone(write, error)) throw error
      return seenGone(write, `Tableau no longer knows the ${nounOf(item)} (${error.code}): nobody can tell whether the change came first.`, {})
    }
  }

const save = async (tableau: TableauSession, { kind, id }: Item, encryptExtracts: boolean): Promise<Content> =>
  (kind === 'workbook' ? await tableau.call(updateWorkbook, { workbookId: id, encryptExtracts }) : await tableau.call(updateDatasource, { datasourceId: id, encryptExtracts })).value

/** A reply without the setting says nothing of it. */
const savedItem = ({ encryptExtracts: _before, ...rest }: Content, reply: Content): Content => ({ ...rest, ...reply })

interface Deps {
  readonly directories: ContentDirectories
  readonly locks: Locks
}

/** Says whether the extracts of an item are to be encrypted. It is read first; two changes take turns. */
export const encryptionIntention = ({ directories, locks }: Deps, principal: PrincipalKey, item: Item, input: ContentChanges, request: IntentionRequest): Intention => ({
  ...request,
  write: writeOf(item),
  target: item.id,
  input: { id: item.id, body: input },
  send: (tableau) =>
    locks.run(item.id, async () => {
      const read = await readItem(tableau, item)
      directories.of(principal).seen(read)
      assertAsSeen(input.seen, read)
      const reply = await save(tableau, item, input.encryptExtracts)
      const { encryptExtracts: now = input.encryptExtracts } = reply
      directories.of(principal).expire()
      directories.of(principal).seen(savedItem(read, reply))
      const but = now === input.encryptExtracts ? '' : ` It reports its extracts as ${wordsOf(now)}, which is not what was sent.`
      return { evidence: `Tableau has saved the setting of the ${nounOf(item)}.${but}` }
    }),
  readBack: readBack(directories, principal, item, input.encryptExtracts),
})

export const encryptionResumables = (directories: ContentDirectories): Resumable[] =>
  (['workbook', 'datasource'] as const).map((kind) => ({
    write: writeOf({ kind }),
    readBack: (principal, record) => {
      const input = storedInputSchema.safeParse(fromStoredText(record.input)).data
      return input === undefined ? unreadableRecord : readBack(directories, principal, { kind, id: luidSchema.parse(record.target) }, input.body.encryptExtracts)
    },
  }))
