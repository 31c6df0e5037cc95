import { z } from 'zod'
import { listOf } from '../../lib/search-lists.ts'
import { usualSchedules } from './schedules.usual.ts'

/** Types and states are open sets: one that this version does not know is kept. */
const words = listOf(z.string().min(1).max(100))

const scheduleSortFields = ['name', 'repeats', 'next', 'tasks', 'type', 'priority', 'state'] as const
export type ScheduleSortField = (typeof scheduleSortFields)[number]

const sortSchema = z.templateLiteral([z.enum(scheduleSortFields), ':', z.enum(['asc', 'desc'])])
export type SchedulesSort = z.infer<typeof sortSchema>

/**
 * What the address of the schedules page holds. Anything that breaks a rule is left out, so an old or mangled link still
 * opens the page. `day` is a date of the week that is shown (`2026-11-23`; absent: this week), on a narrow screen that day.
 */
const searchSchema = z.object({
  view: z.enum(['table', 'week']).catch(usualSchedules.view),
  q: z.string().trim().max(200).catch(''),
  type: words,
  state: words,
  sort: sortSchema.catch(usualSchedules.sort),
  day: z.iso.date().optional().catch(undefined),
  /** Whether the week shows suspended schedules. */
  suspended: z.enum(['hide', 'show']).catch(usualSchedules.suspended),
  /** The ids of what is selected, as many as fit. */
  selected: z.string().max(1200).catch(''),
})
export type SchedulesSearch = z.output<typeof searchSchema>

export const emptySearch: SchedulesSearch = searchSchema.parse({})

export const parseSchedulesSearch = (params: URLSearchParams): SchedulesSearch => searchSchema.parse(Object.fromEntries(params))

/** What decides which schedules are shown. */
export type SchedulesFilter = Pick<SchedulesSearch, 'q' | 'type' | 'state'>

export const hasFilter = ({ q, type, state }: SchedulesFilter): boolean => q !== '' || type.length > 0 || state.length > 0
