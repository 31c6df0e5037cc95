import type { JobFeeds } from '../../live/job-feeds.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { cancelResumable } from './cancel.ts'

/** The writes of this feature, as they are read back after a restart. */
export const jobsResumables = (feeds: JobFeeds): Resumable[] => [cancelResumable(feeds)]
