import type { BulkRuns } from '../../bulk/bulk-runs.ts'
import { contextOf } from '../../bulk/context-of.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'

type BulkHandlers = Pick<Handlers, 'planBulk' | 'listBulk' | 'getBulk' | 'startBulk' | 'pauseBulk' | 'resumeBulk' | 'stopBulk'>

export const bulkHandlers = ({ bulk }: { bulk: BulkRuns }): BulkHandlers => ({
  planBulk: signedIn(async ({ input: { body }, ...context }) => ({ body: await bulk.plan(contextOf(context), body.action, body) })),
  listBulk: signedIn(async (context) => ({ body: { runs: await bulk.list(contextOf(context)) } })),
  getBulk: signedIn(async ({ input: { params }, ...context }) => ({ body: await bulk.get(contextOf(context), params.id) })),
  startBulk: signedIn(async ({ input: { params, body }, ...context }) => ({ body: await bulk.start(contextOf(context), params.id, body.digest) })),
  pauseBulk: signedIn(async ({ input: { params }, ...context }) => ({ body: await bulk.pause(contextOf(context), params.id) })),
  resumeBulk: signedIn(async ({ input: { params }, ...context }) => ({ body: await bulk.resume(contextOf(context), params.id) })),
  stopBulk: signedIn(async ({ input: { params }, ...context }) => ({ body: await bulk.stop(contextOf(context), params.id) })),
})
