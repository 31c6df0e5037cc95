import { updateSiteSchema, type Luid, type UpdateSite } from '@refreshboard/api-types'
import { querySite, updateSite } from '@refreshboard/tableau-client'
import { z } from 'zod'
import { ProblemError } from '../../http/problem-error.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { TaskShelf } from '../../shelves/task-shelf.ts'
import { fromStoredText, type Intention, type IntentionRequest, type ReadBack, type Seen } from '../../writes/intention.ts'
import type { Locks } from '../../writes/locks.ts'
import { unreadableRecord, type Resumable } from '../../writes/read-backs.ts'
import { unseenOf } from '../../writes/write-laws.ts'

const write = 'updateSite'

const storedInputSchema = z.object({ body: updateSiteSchema })

const wordsOf = (mode: string | undefined): string => (mode === undefined ? 'unknown' : `“${mode}”`)

/** Refuses a change of a mode that is no longer what the person saw; what Tableau does not tell is not compared. */
const assertAsSeen = (seen: UpdateSite['seen'], now: string | undefined): void => {
  const before = seen?.extractEncryptionMode
  if (before === undefined || now === undefined || before === now) return
  const sentence = `The extract encryption mode was ${wordsOf(before)} and is now ${wordsOf(now)}.`
  throw new ProblemError('changed_elsewhere', `${sentence} Nothing was sent to Tableau.`, { fields: { extractEncryptionMode: sentence } })
}

/** The mode of the site says whether a change whose reply was lost was applied. */
const readBack =
  (shelf: Pick<TaskShelf, 'expire'>, { extractEncryptionMode: wanted }: UpdateSite): ReadBack =>
  async (tableau): Promise<Seen> => {
    const now = (await tableau.call(querySite, {})).value.extractEncryptionMode
    if (now === undefined) return { state: 'unconfirmed', evidence: 'Tableau does not tell this user the extract encryption mode of the site. Look at it in Tableau before sending it again.' }
    if (now !== wanted) return { state: 'checking', evidence: `Tableau reports the extract encryption mode as ${wordsOf(now)}, so ${unseenOf(write)}` }
    shelf.expire()
    return { state: 'done', evidence: `Tableau reports the extract encryption mode as ${wordsOf(now)}, as it was sent.` }
  }

/** Sets the extract encryption mode of the session's site. It is read first; two changes take turns. */
export const updateIntention = (shelf: Pick<TaskShelf, 'expire'>, locks: Locks, siteId: Luid, input: UpdateSite, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: siteId,
  input: { siteId, body: input },
  send: (tableau) =>
    locks.run(siteId, async () => {
      assertAsSeen(input.seen, (await tableau.call(querySite, {})).value.extractEncryptionMode)
      const { value } = await tableau.call(updateSite, { extractEncryptionMode: input.extractEncryptionMode })
      shelf.expire()
      const { extractEncryptionMode: now = input.extractEncryptionMode } = value
      const but = now === input.extractEncryptionMode ? '' : ` It reports ${wordsOf(now)}, which is not what was sent.`
      return { evidence: `Tableau has saved the extract encryption mode.${but}` }
    }),
  readBack: readBack(shelf, input),
})

export const updateSiteResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => {
    const input = storedInputSchema.safeParse(fromStoredText(record.input)).data
    return input === undefined ? unreadableRecord : readBack(shelves.of(principal).tasks, input.body)
  },
})
