import { bulkItemStates } from '@refreshboard/api-types'
import { z } from 'zod'

/** What the address of a run's page holds: the state whose items are shown. */
const searchSchema = z.object({ state: z.enum(bulkItemStates).optional().catch(undefined) })

export const parseRunSearch = (params: URLSearchParams): z.output<typeof searchSchema> => searchSchema.parse(Object.fromEntries(params))
