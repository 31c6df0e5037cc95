import { useLeft } from '../lib/use-left.ts'
import type { Failed } from '../lib/writes.ts'
import { toast } from './toasts.tsx'
import { refusalText } from './told-of.ts'

const toastFailed = (what: string, failed: Failed): void => {
  if (failed.phase === 'unconfirmed') toast(`It could not be confirmed whether it was done: ${what}`, failed.evidence, undefined, true)
  else toast(`Not done: ${what}`, refusalText(failed.failure), undefined, true)
}

/** For `onFailed`: says of what was sent from where nobody is any more that it was not done, or that this is not known. It stays until it is dismissed. */
export const useTellLeft = () => {
  const left = useLeft()
  return (what: string) =>
    (failed: Failed): void => {
      if (left.current) toastFailed(what, failed)
    }
}
