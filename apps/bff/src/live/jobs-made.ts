import type { Job } from '@refreshboard/api-types'
import { luidSchema } from '@refreshboard/api-types'
import { queryJob, queryJobs, TableauApiError } from '@refreshboard/tableau-client'
import { z } from 'zod'
import { instant } from '../clock.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { TableauSession } from '../session/tableau-session.ts'

/** Which jobs of a kind there were before a write that makes one, and of what content that is. */
export const beforeJobSchema = z.object({
  content: z.object({ kind: z.enum(['workbook', 'datasource']), id: z.string(), name: z.string().optional() }).optional(),
  /** Absent where the jobs cannot be listed. `at` is Tableau's clock. */
  jobs: z.object({ at: z.number(), ids: z.array(z.string()) }).optional(),
})
export type BeforeJob = z.infer<typeof beforeJobSchema>

/** The jobs that a write makes. */
export interface JobKind {
  readonly fits: (job: Job) => boolean
  /** Whether Query Job may tell what a job works on; Tableau lets nobody query those that create an extract (400031). */
  readonly queryable: boolean
}

const recentJobs = 100

/** The newest of a kind; undefined where they cannot be listed, which does not keep anything from being sent. */
export const jobsNow = async (tableau: TableauSession, { fits }: JobKind): Promise<BeforeJob['jobs']> => {
  try {
    const { value, date } = await tableau.call(queryJobs, { pageNumber: 1, pageSize: recentJobs, sort: { field: 'createdAt', direction: 'desc' } })
    return date === undefined ? undefined : { at: date, ids: value.rows.filter(fits).map(({ id }) => id) }
  } catch (error) {
    if (error instanceof SessionEnded) throw error
    return undefined
  }
}

/** Dates are printed in whole seconds, and the nodes of a server need not agree on them. */
const clockMarginMs = 5000

/** So many jobs are asked what they work on. */
const maxAsked = 10

/** Whether a job works on this content: Query Job tells its id; where that is refused, the name must do. */
const worksOn = async (tableau: TableauSession, job: Job, content: NonNullable<BeforeJob['content']>, queryable: boolean): Promise<boolean> => {
  const byName = content.name !== undefined && job.title === content.name
  const id = luidSchema.safeParse(job.id)
  if (!queryable || !id.success) return byName
  try {
    const { value } = await tableau.call(queryJob, { jobId: id.data })
    return value.content === undefined ? byName : value.content.kind === content.kind && value.content.id === content.id
  } catch (error) {
    if (error instanceof TableauApiError) return byName
    throw error
  }
}

/** A job on the content that was not there before: the one that the write made. */
export const newJob = async (tableau: TableauSession, { content, jobs }: BeforeJob, { fits, queryable }: JobKind): Promise<Job | undefined> => {
  if (content === undefined || jobs === undefined) return undefined
  const since = instant(jobs.at - clockMarginMs)
  const { value } = await tableau.call(queryJobs, { pageNumber: 1, pageSize: 1000, filter: [{ field: 'createdAt', operator: 'gte', value: since }] })
  const candidates = value.rows.filter((job) => !jobs.ids.includes(job.id) && fits(job) && (job.title === undefined || content.name === undefined || job.title === content.name))
  for (const job of candidates.slice(0, maxAsked)) if (await worksOn(tableau, job, content, queryable)) return job
  return undefined
}
