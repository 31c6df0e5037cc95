import type { BulkRunWithItems } from '@refreshboard/api-types'
import type { BulkContext } from '../../bulk/bulk-action.ts'
import { contextOf } from '../../bulk/context-of.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'
import { assertServerSchedules } from '../../session/server-features.ts'
import { assertMayApply } from './apply-action.ts'
import { exportOf } from './export.ts'
import { readCurrent, type CurrentDeps } from './read-current.ts'
import type { ReadText } from './read-text.ts'

interface SchedulesAsCodeDeps extends CurrentDeps {
  readonly readText: ReadText
  /** Keeps the plan as a run that can be started. */
  readonly planRun: (context: BulkContext, wanted: { yaml: string; prune: boolean }) => Promise<BulkRunWithItems>
}

export const schedulesAsCodeHandlers = (deps: SchedulesAsCodeDeps): Pick<Handlers, 'exportSchedules' | 'planSchedules'> => ({
  exportSchedules: signedIn(async (request) => {
    assertServerSchedules(request.session.facts)
    return { body: exportOf(await readCurrent(deps, contextOf(request))) }
  }),
  planSchedules: signedIn(async ({ input: { body }, ...request }) => {
    const context = contextOf(request)
    assertServerSchedules(context.facts)
    const reading = await deps.readText(body.yaml)
    if (!reading.ok) return { body: { faults: reading.faults, lint: [] } }
    assertMayApply(context)
    return { body: { faults: [], lint: reading.lint, run: await deps.planRun(context, body) } }
  }),
})
