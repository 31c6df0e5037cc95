import type { JobFeeds } from '../../live/job-feeds.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { addResumable } from './add.ts'
import { createResumable } from './create-task.ts'
import { deleteAccelerationResumable } from './delete-acceleration.ts'
import { deleteResumable } from './delete.ts'
import { runResumable } from './run.ts'
import { updateResumable } from './update-task.ts'

/** The writes of this feature, as they are read back after a restart. */
export const tasksResumables = (shelves: Shelves, feeds: JobFeeds): Resumable[] => [
  addResumable(shelves),
  createResumable(shelves),
  updateResumable(shelves),
  runResumable(feeds),
  deleteResumable(shelves),
  deleteAccelerationResumable(shelves),
]
