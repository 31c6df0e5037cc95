import { z } from 'zod'

const newsSchema = z
  .object({
    /** It was made a moment ago: Tableau may not show it yet. */
    made: z.boolean().catch(false),
    /** What Tableau warned of. */
    warnings: z.array(z.string()).catch([]),
    /** What somebody else had changed meanwhile and was kept. */
    merged: z.array(z.string()).catch([]),
    /** What was read after the save and is not what was asked for. */
    differs: z.array(z.string()).catch([]),
  })
  .catch({ made: false, warnings: [], merged: [], differs: [] })

/** What the page of a schedule is told by the one that led to it; it goes with the entry of the browser's history. */
export type ScheduleNews = z.output<typeof newsSchema>

export const parseNews = (state: unknown): ScheduleNews => newsSchema.parse(state)
