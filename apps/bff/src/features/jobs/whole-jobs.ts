import { ProblemError } from '../../http/problem-error.ts'
import type { JobFeed } from '../../live/job-feed.ts'
import type { JobIndex } from '../../live/job-index.ts'
import type { TableauSession } from '../../session/tableau-session.ts'

/** What a request could not wait for: ids that the list did not have, and how many readings of it had begun by then. */
const inVain = new WeakMap<JobFeed, { ids: ReadonlySet<string>; readings: number }>()

/**
 * All jobs: what is planned must not depend on how far the first reading of the list is. An id that is not there may be of a job that was
 * made a moment ago, so that it is called gone only by a reading that began after it was first asked for. Throws what reading throws, and
 * `overloaded` where it takes too long; whoever then asks for the same again gets what was read since the first time.
 */
export const wholeJobs = async (feed: JobFeed, tableau: TableauSession, ids: readonly string[] = []): Promise<JobIndex> => {
  const before = inVain.get(feed)
  const readings = before !== undefined && ids.every((id) => before.ids.has(id)) ? before.readings : feed.readings
  const view = await feed.readUntil(tableau, ({ age, index, reading }) => age.complete && (reading > readings || ids.every((id) => index.find(id) !== undefined)))
  if (view !== undefined) return view.index
  inVain.set(feed, { ids: new Set(ids), readings })
  throw new ProblemError('overloaded', 'The jobs of this site are still being read. That goes on in the background: try again in a moment. Nothing was planned, and nothing was sent to Tableau.')
}
