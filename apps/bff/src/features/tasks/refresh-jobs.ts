import type { Content, Job } from '@refreshboard/api-types'
import { luidSchema } from '@refreshboard/api-types'
import { queryJob, queryJobs, TableauApiError } from '@refreshboard/tableau-client'
import { z } from 'zod'
import { instant } from '../../clock.ts'
import { SessionEnded } from '../../session/session-ended.ts'
import type { TableauSession } from '../../session/tableau-session.ts'

/** The names that the list of jobs has for a refresh. */
const refreshTypes = new Set(['refresh_extracts', 'increment_extracts', 'refresh_extracts_via_bridge', 'increment_extracts_via_bridge'])

const isRefresh = ({ jobType }: Job): boolean => refreshTypes.has(jobType)

/** Whether a job can be of this content. Its subtitle is the kind on some servers, the project on others. */
const canBeOf = (job: Job, { kind, name }: Pick<Content, 'kind' | 'name'>): boolean => {
  const subtitle = (job.subtitle ?? '').toLowerCase().replaceAll(' ', '')
  const otherKind = kind === 'workbook' ? 'datasource' : 'workbook'
  return isRefresh(job) && job.title === name && subtitle !== otherKind
}

const isActive = ({ status }: Job): boolean => status === 'Pending' || status === 'InProgress'

/** The latest refresh of a content among the jobs, one that waits or runs before others. */
export const latestRefreshOf = (jobs: readonly Job[], content: Pick<Content, 'kind'> & { name: string }): Job | undefined =>
  jobs.filter((job) => canBeOf(job, content)).toSorted((a, b) => Number(isActive(b)) - Number(isActive(a)) || Date.parse(b.createdAt) - Date.parse(a.createdAt))[0]

/** Which refreshes there were before a task is run, and of what it is. */
export const beforeRunSchema = z.object({
  content: z.object({ kind: z.enum(['workbook', 'datasource']), id: z.string(), name: z.string().optional() }).optional(),
  /** Absent where the jobs cannot be listed. `at` is Tableau's clock. */
  jobs: z.object({ at: z.number(), ids: z.array(z.string()) }).optional(),
})
export type BeforeRun = z.infer<typeof beforeRunSchema>

const recentJobs = 100

/** The newest refreshes; undefined where they cannot be listed, which does not keep a task from being run. */
export const refreshesNow = async (tableau: TableauSession): Promise<BeforeRun['jobs']> => {
  try {
    const { value, date } = await tableau.call(queryJobs, { pageNumber: 1, pageSize: recentJobs, sort: { field: 'createdAt', direction: 'desc' } })
    return date === undefined ? undefined : { at: date, ids: value.rows.filter(isRefresh).map(({ id }) => id) }
  } catch (error) {
    if (error instanceof SessionEnded) throw error
    return undefined
  }
}

/** Dates are printed in whole seconds, and the nodes of a server need not agree on them. */
const clockMarginMs = 5000

/** So many jobs are asked what they refresh. */
const maxAsked = 10

/** Whether a job refreshes this content: Query Job tells its id; where that is refused, the name must do. */
const refreshes = async (tableau: TableauSession, job: Job, content: NonNullable<BeforeRun['content']>): Promise<boolean> => {
  const byName = content.name !== undefined && job.title === content.name
  const id = luidSchema.safeParse(job.id)
  if (!id.success) return byName
  try {
    const { value } = await tableau.call(queryJob, { jobId: id.data })
    return value.content === undefined ? byName : value.content.kind === content.kind && value.content.id === content.id
  } catch (error) {
    if (error instanceof TableauApiError) return byName
    throw error
  }
}

/** A refresh of the content that was not there before: the job that running its task made. */
export const newRefresh = async (tableau: TableauSession, { content, jobs }: BeforeRun): Promise<Job | undefined> => {
  if (content === undefined || jobs === undefined) return undefined
  const since = instant(jobs.at - clockMarginMs)
  const { value } = await tableau.call(queryJobs, { pageNumber: 1, pageSize: 1000, filter: [{ field: 'createdAt', operator: 'gte', value: since }] })
  const candidates = value.rows.filter((job) => !jobs.ids.includes(job.id) && isRefresh(job) && (job.title === undefined || content.name === undefined || job.title === content.name))
  for (const job of candidates.slice(0, maxAsked)) if (await refreshes(tableau, job, content)) return job
  return undefined
}
