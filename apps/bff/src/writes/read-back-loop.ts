import type { Clock } from '../clock.ts'
import { toProblemError } from '../http/error-mapper.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { Seen } from './intention.ts'
import { settled, type Settled } from './retry-law.ts'

/** Reading back goes on this long, with pauses that grow. */
const readBackMs = 30_000
/** Where Tableau asks to wait, the next look comes after that, if it can be so soon. */
const longestReadBackMs = 60_000
const firstPauseMs = 500
const pauseFactor = 1.6

interface Look {
  readonly seen: Seen
  /** How long Tableau asks to wait before it is read again; undefined when it does not. */
  readonly waitMs?: number
}

/** What cannot be read now may be readable later. */
const look = async (readBack: () => Promise<Seen>, now: () => number): Promise<Look> => {
  try {
    return { seen: await readBack() }
  } catch (error) {
    if (error instanceof SessionEnded) throw error
    const { detail, facts } = toProblemError(error, now())
    if (facts.retryAt === undefined) return { seen: { state: 'checking', evidence: 'Tableau could not be read in the meantime.' } }
    return { seen: { state: 'checking', evidence: detail }, waitMs: facts.retryAt - now() }
  }
}

const unconfirmed = (evidence: string): Settled => settled({ state: 'unconfirmed', evidence })

/** Looks at the item until it tells what became of a write, or nothing more can be expected. Never rejects. */
export const readBackUntilKnown = async (readBack: () => Promise<Seen>, clock: Clock, stop: AbortSignal): Promise<Settled> => {
  const startedAt = clock.monotonic()
  try {
    for (let pause = firstPauseMs; ; pause *= pauseFactor) {
      const { seen, waitMs } = await look(readBack, () => clock.now())
      if (seen.state !== 'checking') return settled(seen)
      const goneMs = clock.monotonic() - startedAt
      if (waitMs === undefined) {
        if (goneMs >= readBackMs) return unconfirmed(`${seen.evidence} That is all that could be found out in ${Math.floor(goneMs / 1000)} seconds.`)
        await clock.delay(Math.min(pause, readBackMs - goneMs), stop)
      } else {
        if (goneMs + waitMs > longestReadBackMs) return unconfirmed(`${seen.evidence} Look at the item then, before sending it again.`)
        await clock.delay(Math.max(pause, waitMs), stop)
      }
    }
  } catch (error) {
    const evidence = error instanceof SessionEnded ? 'The session ended while it was being read back.' : 'Reading back was interrupted.'
    return settled({ state: 'checking', evidence })
  }
}
