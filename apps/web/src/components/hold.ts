import type { Failure } from '../lib/api-error.ts'
import { useNowAs } from '../lib/now.ts'
import { formatInstant } from '../lib/time.ts'

/** Why a button waits. */
export interface Hold {
  /** In place of what the button says: `Wait until 14:05:32`. */
  words: string
  /** The same in a sentence. */
  reason: string
}

/**
 * Until the time that came with a refusal (`retryAt`: Tableau asked to wait) the button that was pressed waits, and then can be
 * pressed again; nothing is sent by itself.
 */
export const useHold = (failure: Pick<Failure, 'code' | 'retryAt'> | undefined, zone: string): Hold | undefined => {
  const until = failure?.retryAt
  const time = useNowAs((now) => (until === undefined || until <= now ? '' : formatInstant(until, zone, now)))
  if (time === '') return undefined
  return { words: `Wait until ${time}`, reason: `${failure?.code === 'throttled' ? 'Tableau' : 'Refreshboard'} asked to wait until ${time}. Nothing is sent by itself; you can press it again then.` }
}
