import type { PrincipalKey } from '../session/principal.ts'
import { createLocks } from '../writes/locks.ts'

/** So many runs of one person are carried out at a time: each has a few calls of Tableau under way, and others read there as well. */
const mostAtWork = 3

/** Why a run is not begun; a sentence. */
export const noRoom = `${mostAtWork} runs of yours are being carried out, which is as many as one person has at a time.`

/** Keeps one person from having more runs under way than are carried out at a time. */
export interface RunRoom {
  /** Begins one more run of this person, which `begin` puts among those at work; false, and nothing is begun, where there is no room. */
  within(principal: PrincipalKey, begin: () => Promise<void>): Promise<boolean>
}

/** `atWork`: the runs that are carried out. */
export const createRunRoom = (atWork: ReadonlyMap<string, { readonly run: { readonly principal: string } }>): RunRoom => {
  // Between the count and the beginning another run of the same person could begin.
  const locks = createLocks()
  return {
    within: (principal, begin) =>
      locks.run(principal, async () => {
        const mine = [...atWork.values()].filter(({ run }) => run.principal === principal).length
        if (mine >= mostAtWork) return false
        await begin()
        return true
      }),
  }
}
