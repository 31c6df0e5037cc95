import { createManualClock, startTableauSim, type TableauSim, type TableauSimOptions } from '@refreshboard/tableau-sim'
import { createTableauClient, type TableauAuth, type TableauClient } from '../client.ts'
import { signIn, type SignedIn } from '../resources/auth.ts'

/** A simulator and a client of it. */
export interface Stage extends AsyncDisposable {
  readonly sim: TableauSim
  readonly client: TableauClient
  readonly signInAs: (name: string, site?: string) => Promise<SignedIn>
}

const noPause = { random: () => 0, pause: () => Promise.resolve() }

export const stage = async (options: TableauSimOptions = {}): Promise<Stage> => {
  const sim = await startTableauSim({ clock: createManualClock(), ...options })
  const client = createTableauClient({ serverUrl: sim.url, pace: noPause })
  return {
    sim,
    client,
    signInAs: async (name, site = '') =>
      (await client.call(signIn, { site, credentials: { method: 'password', name, password: name } })).value,
    [Symbol.asyncDispose]: async () => {
      await client.close()
      await sim.close()
    },
  }
}

export const authOf = ({ token, site }: SignedIn): TableauAuth => ({ token, siteId: site.id })
