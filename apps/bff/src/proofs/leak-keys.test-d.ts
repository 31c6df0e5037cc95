/** Type tests: `tsc` is the runner; a line that compiles after all fails the build. */
import type { ContentDirectories } from '../directory/content-directories.ts'
import type { JobFeeds } from '../live/job-feeds.ts'
import type { principalKey, PrincipalKey } from '../session/principal.ts'
import type { Shelves } from '../shelves/shelves.ts'
import type { WriteStore } from '../writes/write-store.ts'

type Whose = Parameters<typeof principalKey>[0]

const kept = (feeds: JobFeeds, shelves: Shelves, directories: ContentDirectories, writes: WriteStore, serverId: string): unknown[] => [
  // @ts-expect-error what is kept of jobs is somebody's
  feeds.of(serverId),
  // @ts-expect-error what is kept of schedules and tasks is somebody's
  shelves.of(serverId),
  // @ts-expect-error what is kept of names is somebody's
  directories.of(serverId),
  // @ts-expect-error what is recorded of a write is somebody's
  writes.find(serverId, 'key'),
]

// @ts-expect-error a key is made of who asks, and of no text that only looks like one
const made: PrincipalKey = '["server","site","user"]'

// @ts-expect-error a user without a site: the same person has another id on each
const siteless: Whose = { serverId: 'server', userId: 'user' }

export const checked = [kept, made, siteless]
