import { luidSchema, maxBulkItems, type Job, type PlanBulk } from '@refreshboard/api-types'
import { z } from 'zod'
import type { BulkAction, PlannedItem } from '../../bulk/bulk-action.ts'
import { countOf } from '../../bulk/words.ts'
import { ProblemError } from '../../http/problem-error.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import { jobFilterOf, type JobIndex } from '../../live/job-index.ts'
import { assertPermitted, mayCancelJobs } from '../../session/roles.ts'
import { assertOffered, hasJobs } from '../../session/server-features.ts'
import { cancelIntention } from './cancel.ts'
import { wholeJobs } from './whole-jobs.ts'

type Wanted = Extract<PlanBulk, { action: 'jobs.cancel' }>

const inputSchema = z.object({ id: luidSchema })

const matching = (index: JobIndex, filter: Parameters<typeof jobFilterOf>[0]): Job[] => {
  const { rows, total } = index.window(jobFilterOf(filter), 'createdAt:asc', 0, maxBulkItems)
  if (total === 0) throw new ProblemError('validation', 'No job matches any more.', { fields: { 'select.matching': 'matches no job' } })
  // Of one second, in an order that does not depend on how Tableau lists them.
  if (total <= maxBulkItems) return rows.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1))
  const many = total.toLocaleString('en-US')
  throw new ProblemError('validation', `${many} jobs match. At most 1,000 can be done at a time: narrow the filter by status, type or time.`, { fields: { 'select.matching': `matches ${many} jobs` } })
}

const ended: Partial<Record<string, string>> = { Success: 'with success', Failed: 'as failed', Cancelled: 'as cancelled' }

const reasonOf = ({ id, status, endedAt }: Job): string | undefined => {
  const how = ended[status]
  if (how !== undefined) return `It has ended already, ${how}${endedAt === undefined ? '' : ` at ${endedAt}`}.`
  if (status !== 'Pending' && status !== 'InProgress') return `Tableau tells a state of it that this application does not know (${status}), so it is left alone.`
  return luidSchema.safeParse(id).success ? undefined : 'Tableau gives it no id by which it could be cancelled.'
}

/** A job that has begun meanwhile costs more than one that waits: that is another plan than the one that was looked at. */
const willOf = ({ status }: Job): string => (status === 'InProgress' ? 'It will be cancelled. It is running: what it has done so far is lost.' : 'It will be cancelled.')

const itemOf = (job: Job): PlannedItem => {
  const reason = reasonOf(job)
  return {
    id: job.id,
    name: job.title ?? job.jobType,
    about: [job.subtitle, job.jobType].filter((text) => text !== undefined && text !== '').join(' · '),
    step: 'act',
    will: willOf(job),
    ...(reason === undefined ? {} : { reason }),
    input: { id: job.id },
  }
}

const missing = (id: string): PlannedItem => ({ id, name: id, step: 'act', will: 'It will be cancelled.', reason: 'Tableau’s list of jobs does not have it.', input: { id } })

/** Cancels many jobs. */
export const bulkCancel = (feeds: JobFeeds): BulkAction<Wanted> => ({
  action: 'jobs.cancel',
  intentions: 1,
  atOnce: 3,
  firstErrorHalts: false,
  plan: async (context, { select }) => {
    assertOffered(hasJobs(context.facts))
    assertPermitted(mayCancelJobs(context.facts))
    const index = await wholeJobs(feeds.of(context.principal), context.tableau, 'ids' in select ? select.ids : [])
    const chosen = 'ids' in select ? select.ids.map((id) => index.find(id) ?? id) : matching(index, select.matching)
    const items = chosen.map((one) => (typeof one === 'string' ? missing(one) : itemOf(one)))
    const running = items.filter(({ id, reason }) => reason === undefined && index.find(id)?.status === 'InProgress').length
    return {
      title: `Cancel ${countOf(items, 'job')}`,
      warnings: ['A cancelled job is not begun again by itself; its task runs when it is due the next time.', ...(running === 0 ? [] : [`What ${running === 1 ? 'the one that is running has' : `the ${running} that are running have`} done so far is lost.`])],
      items,
    }
  },
  perform: (context, work, carry) => {
    const { id } = inputSchema.parse(work.input)
    return carry(context, cancelIntention(feeds.of(context.principal), id, work.requestOf(0)))
  },
})
