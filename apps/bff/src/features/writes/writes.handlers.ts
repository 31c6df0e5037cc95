import type { PrincipalKey } from '../../session/principal.ts'
import type { WriteRow } from '../../storage/database.ts'
import { signedIn, type Handlers } from '../../http/mount.ts'
import type { ReadBack, Writes } from '../../writes/writes.ts'

interface WritesDeps {
  writes: Writes
  /** How the item of a record is read back; undefined for an operation that is no longer offered. */
  readBackOf: (principal: PrincipalKey, record: WriteRow) => ReadBack | undefined
}

export const writesHandlers = ({ writes, readBackOf }: WritesDeps): Pick<Handlers, 'getWrite'> => ({
  getWrite: signedIn(async ({ input, session, tableau }) => ({
    body: await writes.outcome(tableau, input.params.key, (record) => readBackOf(session.principal, record)),
  })),
})
