import type { Handlers } from '../../http/handler.ts'
import { ProblemError } from '../../http/problem-error.ts'
import type { WebBuild } from '../../http/static-web.ts'

interface HealthDeps {
  /** Resolves when the store answers. */
  pingStore: () => Promise<void>
  build: WebBuild
  version: string
}

/** What load balancers and open pages ask of the process itself. */
export const healthHandlers = (deps: HealthDeps): Pick<Handlers, 'getHealth' | 'getReady' | 'getBuild'> => ({
  getHealth: () => Promise.resolve({ body: { status: 'ok' } }),
  getReady: async () => {
    try {
      await deps.pingStore()
    } catch (error) {
      throw new ProblemError('storage_unavailable', 'The store does not answer; sign-in and writes are not possible. Look at its disk.', {}, { cause: error })
    }
    return { body: { status: 'ready' } }
  },
  getBuild: async () => ({ body: { id: await deps.build.id(), version: deps.version } }),
})
