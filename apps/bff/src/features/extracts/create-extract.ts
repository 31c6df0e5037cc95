import type { Content, Job, Luid } from '@refreshboard/api-types'
import { createDatasourceExtract, createWorkbookExtract, type StartedJob } from '@refreshboard/tableau-client'
import { luidSchema } from '@refreshboard/api-types'
import { z } from 'zod'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import { beforeJobSchema, jobsNow, newJob, type JobKind } from '../../live/jobs-made.ts'
import type { PrincipalKey } from '../../session/principal.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import type { Intention, IntentionRequest, ReadBack, Seen } from '../../writes/intention.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { againOf, saysGone, seenGone, unseenOf } from '../../writes/write-laws.ts'
import { nounOf, readItem, type Item } from './item.ts'

const writeOf = ({ kind }: Pick<Item, 'kind'>): 'createWorkbookExtract' | 'createDatasourceExtract' => (kind === 'workbook' ? 'createWorkbookExtract' : 'createDatasourceExtract')

/** What the list of jobs calls them; Query Job refuses them (`tableau/server-client-python#1093`). */
const creations: JobKind = { fits: ({ jobType }: Job) => jobType === 'createExtract', queryable: false }

const beforeSchema = beforeJobSchema.extend({ hasExtracts: z.boolean().optional() })

interface Deps {
  readonly feeds: JobFeeds
  readonly directories: ContentDirectories
}

/** The job of a create whose reply was lost, or the extract that was not there before, says that it was applied. */
const readBack =
  ({ feeds, directories }: Deps, principal: PrincipalKey, item: Item): ReadBack =>
  async (tableau, remembered): Promise<Seen> => {
    const write = writeOf(item)
    const before = beforeSchema.safeParse(remembered).data
    if (before === undefined) return { state: 'unconfirmed', evidence: `Nothing tells what was there before, so it cannot be told whether an extract was made; ${againOf(write)}.` }
    const job = await newJob(tableau, before, creations)
    if (job !== undefined) {
      feeds.of(principal).expire()
      return { state: 'done', evidence: `Tableau lists a new job that creates an extract of that name, made at ${job.createdAt}.`, result: { jobId: job.id } }
    }
    let now: Content
    try {
      now = await readItem(tableau, item)
    } catch (error) {
      if (!saysGone(write, error)) throw error
      return seenGone(write, `Tableau no longer knows the ${nounOf(item)} (${error.code}): nobody can tell whether its extract was created first.`, {})
    }
    if (before.hasExtracts === false && now.hasExtracts === true) {
      directories.of(principal).expire()
      return { state: 'done', evidence: `Tableau reports an extract of the ${nounOf(item)}, which it did not have before.` }
    }
    if (before.jobs === undefined && before.hasExtracts !== false) {
      return { state: 'unconfirmed', evidence: `The ${nounOf(item)} had an extract before, and the jobs cannot be listed as this user, so nothing tells whether another was queued; ${againOf(write)}.` }
    }
    return { state: 'checking', evidence: `Tableau shows neither a job nor a new extract of the ${nounOf(item)}: ${unseenOf(write)}` }
  }

/** What is asked for; `encrypt` absent: as site and content say. */
interface Wanted {
  readonly encrypt?: boolean | undefined
  /** Of a workbook; absent: all of its data sources. */
  readonly datasourceIds?: readonly Luid[] | undefined
}

const create = async (tableau: TableauSession, { kind, id }: Item, { encrypt, datasourceIds }: Wanted): Promise<StartedJob> =>
  (kind === 'workbook'
    ? await tableau.call(createWorkbookExtract, { workbookId: id, datasourceIds, encrypt })
    : await tableau.call(createDatasourceExtract, { datasourceId: id, encrypt })
  ).value

/** Creates the extract of an item. Sent once; the job is the one that Tableau names, or that its list shows. */
export const createIntention = (deps: Deps, principal: PrincipalKey, item: Item, wanted: Wanted, mayListJobs: boolean, request: IntentionRequest): Intention => ({
  ...request,
  write: writeOf(item),
  target: item.id,
  input: { id: item.id, body: wanted },
  send: async (tableau, remember) => {
    const [now, jobs] = await Promise.all([readItem(tableau, item), mayListJobs ? jobsNow(tableau, creations) : undefined])
    deps.directories.of(principal).seen(now)
    await remember({
      content: { ...item, ...(now.name === undefined ? {} : { name: now.name }) },
      ...(jobs === undefined ? {} : { jobs }),
      ...(now.hasExtracts === undefined ? {} : { hasExtracts: now.hasExtracts }),
    })
    try {
      const { jobId } = await create(tableau, item, wanted)
      return { evidence: `Tableau has queued the creation of the extract of the ${nounOf(item)}.`, result: { jobId } }
    } finally {
      deps.feeds.of(principal).expire()
    }
  },
  readBack: readBack(deps, principal, item),
})

export const createResumables = (deps: Deps): Resumable[] =>
  (['workbook', 'datasource'] as const).map((kind) => ({
    write: writeOf({ kind }),
    readBack: (principal, record) => readBack(deps, principal, { kind, id: luidSchema.parse(record.target) }),
  }))
