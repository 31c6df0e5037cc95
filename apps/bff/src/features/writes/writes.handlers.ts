import { signedIn, type Handlers } from '../../http/mount.ts'
import type { ReadBackOf } from '../../writes/read-backs.ts'
import type { Writes } from '../../writes/writes.ts'

interface WritesDeps {
  writes: Writes
  readBackOf: ReadBackOf
}

export const writesHandlers = ({ writes, readBackOf }: WritesDeps): Pick<Handlers, 'getWrite' | 'wouldSend'> => ({
  wouldSend: () => {
    throw new Error('under construction')
  },
  getWrite: signedIn(async ({ input, tableau }) => ({ body: await writes.outcome(tableau, input.params.key, readBackOf) })),
})
