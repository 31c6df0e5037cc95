import type { JobsAge } from '@refreshboard/api-types'
import type { Clock } from '../../clock.ts'
import { toProblem, toProblemError } from '../../http/error-mapper.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'
import type { FeedView } from '../../live/job-feed.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import { jobFilterOf } from '../../live/job-index.ts'
import { requestOf, writeReply } from '../../writes/write-request.ts'
import type { Writes } from '../../writes/writes.ts'
import { cancelIntention } from './cancel.ts'
import { histogramOf } from './histogram.ts'
import { readJobDetail } from './job-detail.ts'

interface JobsDeps {
  feeds: JobFeeds
  writes: Writes
  clock: Clock
}

export const jobsHandlers = ({ feeds, writes, clock }: JobsDeps): Pick<Handlers, 'listJobs' | 'jobsHistogram' | 'getJob' | 'cancelJob'> => {
  const ageOf = (view: FeedView, requestId: string): JobsAge =>
    view.failure === undefined ? view.age : { ...view.age, failure: toProblem(toProblemError(view.failure, clock.now()), requestId) }

  return {
    listJobs: signedIn(async ({ input: { query }, session, tableau, requestId }) => {
      const view = await feeds.of(session.principal).read(tableau)
      const newest = view.index.newest()
      return {
        body: {
          ...view.index.window(jobFilterOf(query), query.sort, query.offset, query.limit),
          all: view.index.jobs.length,
          ...(newest === undefined ? {} : { newest }),
          age: ageOf(view, requestId),
        },
      }
    }),
    jobsHistogram: signedIn(async ({ input: { query }, session, tableau, requestId }) => {
      const view = await feeds.of(session.principal).read(tableau)
      return {
        body: { ...histogramOf(view.index, jobFilterOf(query), Date.parse(view.age.tableauNow)), age: ageOf(view, requestId) },
      }
    }),
    getJob: signedIn(async ({ input, session, tableau }) => ({ body: await readJobDetail(feeds.of(session.principal), tableau, input.params.id) })),
    cancelJob: signedIn(async ({ input, session, tableau, ...context }) =>
      writeReply(await writes.perform(tableau, cancelIntention(feeds.of(session.principal), input.params.id, requestOf(context)))),
    ),
  }
}
