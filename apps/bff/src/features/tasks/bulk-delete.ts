import { luidSchema, type PlanBulk } from '@refreshboard/api-types'
import { z } from 'zod'
import type { BulkAction } from '../../bulk/bulk-action.ts'
import { countOf } from '../../bulk/words.ts'
import { assertOffered, deletesTasks } from '../../session/server-features.ts'
import { planTasks, type BulkTasksDeps } from './bulk-tasks.ts'
import { deleteIntention } from './delete.ts'

type Wanted = Extract<PlanBulk, { action: 'tasks.delete' }>

const inputSchema = z.object({ id: luidSchema })

const warnings = {
  server: [
    'Their contents stay, and are no longer refreshed by these tasks.',
    'A full refresh can be made again by adding the content to its schedule; it is another task then, with another id. An incremental refresh cannot be made again through REST: only in Tableau itself.',
  ],
  cloud: ['Their contents stay, and are no longer refreshed by these tasks.', 'A task can be made again with its times and its kind of refresh; it is another task then, with another id.'],
} as const

/** Deletes many tasks. */
export const bulkDelete = (deps: BulkTasksDeps): BulkAction<Wanted> => ({
  action: 'tasks.delete',
  intentions: 1,
  atOnce: 3,
  firstErrorHalts: false,
  plan: async (context, { select }) => {
    assertOffered(deletesTasks(context.facts))
    const items = await planTasks(deps, context, select.ids, 'It will be deleted; its content stays.', ({ id }) => ({ input: { id } }))
    return { title: `Delete ${countOf(items, 'task')}`, warnings: warnings[context.facts.flavor], items }
  },
  perform: (context, work, carry) => {
    const { id } = inputSchema.parse(work.input)
    return carry(context, deleteIntention(deps.shelves.of(context.principal).tasks, id, work.requestOf(0)))
  },
})
