import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createManualClock, startTableauSim, type TableauSim, type TableauSimOptions } from '@refreshboard/tableau-sim'
import type { Bundled } from './bundled.ts'
import { startFaultFront, type FaultFront } from './fault-front.ts'
import { startKillable, type Killable } from './killable.ts'

/** The delivered program on a store in a directory of its own, and a small simulator behind a front that can interfere. */
export interface KillableRig extends AsyncDisposable {
  readonly sim: TableauSim
  readonly front: FaultFront
  readonly app: Killable
}

/** `options` are the simulator's. */
export const startKillableRig = async (bundle: Bundled, options: Pick<TableauSimOptions, 'flavor' | 'apiVersion'> = {}): Promise<KillableRig> => {
  const directory = mkdtempSync(path.join(tmpdir(), 'refreshboard-killable-'))
  const sim = await startTableauSim({ scenario: 'small', clock: createManualClock(), ...options })
  const front = await startFaultFront()
  front.target = sim.url
  const app = await startKillable(bundle, directory, front.url)
  return {
    sim,
    front,
    app,
    [Symbol.asyncDispose]: async () => {
      await app.kill()
      await front.stop()
      await sim.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
