import type { Done } from '../lib/writes.ts'
import { toast } from './toasts.tsx'
import { toldOf } from './told-of.ts'
import type { UndoOffer } from './undo.ts'

/**
 * Says that a change was taken, and offers its undo. Not where Tableau shows something else than was sent: putting it back asks for what
 * was sent to be there still, and would be refused as if somebody else had changed it. Then that is said instead, and stays to be read.
 */
export const toastChange = (title: string, { evidence, result }: Done, undo: UndoOffer | undefined): void => {
  const told = toldOf(evidence, result)
  if (result?.differs === undefined || result.differs.length === 0) toast(title, told, undo)
  else toast(title, undo === undefined ? told : `${told} It cannot be undone here: Tableau did not keep what was sent.`, undefined, true)
}
