import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { createResumables } from './create-extract.ts'
import { deleteResumables } from './delete-extract.ts'
import { encryptionResumables } from './set-encryption.ts'

/** The writes of this feature, as they are read back after a restart. */
export const extractsResumables = (deps: { feeds: JobFeeds; directories: ContentDirectories }): Resumable[] => [
  ...createResumables(deps),
  ...deleteResumables(deps.directories),
  ...encryptionResumables(deps.directories),
]
