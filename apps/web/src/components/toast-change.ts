import type { Done } from '../lib/writes.ts'
import { toast } from './toasts.tsx'
import { toldOf } from './told-of.ts'
import type { UndoOffer } from './undo.ts'

/**
 * Says that a change was taken, and offers its undo. Not where Tableau shows something else than was sent: putting it back asks for what
 * was sent to be there still, and would be refused as if somebody else had changed it. Then that is said instead, and stays to be read.
 * What somebody else changed in the same moment was not sent, and an undo leaves it: it stands in no undo's way.
 */
export const toastChange = (title: string, { evidence, result }: Done, undo: UndoOffer | undefined): void => {
  const told = toldOf(evidence, result)
  if (result?.differs === undefined || result.differs.length === 0) toast(title, told, undo)
  else toast(title, undo === undefined ? told : `${told} It cannot be undone here: Tableau did not keep what was sent.`, undefined, true)
}

/** Keeps what of others there is to know of a change until it is read, where the page that follows does not tell it. `of`: `“Nightly”`. */
export const keepTold = (of: string, { result }: Done): void => {
  const others = [...(result?.merged ?? []), ...(result?.moved ?? [])]
  // What differs keeps its toast, which tells this as well.
  if (others.length > 0 && (result?.differs ?? []).length === 0) toast(`To know of ${of}`, others.join(' '), undefined, true)
}
