import { luidSchema, type Job, type PlanBulk } from '@refreshboard/api-types'
import type { ContentRef } from '@refreshboard/tableau-client'
import { z } from 'zod'
import type { BulkAction, BulkContext } from '../../bulk/bulk-action.ts'
import { countOf } from '../../bulk/words.ts'
import type { DirectoryView } from '../../directory/content-directory.ts'
import { SessionEnded } from '../../session/session-ended.ts'
import { mayListJobs } from '../../session/roles.ts'
import { assertOffered, hasTasks } from '../../session/server-features.ts'
import { planTasks, type BulkTasksDeps } from './bulk-tasks.ts'
import { isActive, latestRefreshOf } from './refresh-jobs.ts'
import { runIntention } from './run.ts'

type Wanted = Extract<PlanBulk, { action: 'tasks.run' }>

const inputSchema = z.object({ id: luidSchema })

const groupsOf = <T>(rows: readonly T[], nameOf: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(nameOf(row))
    if (group) group.push(row)
    else groups.set(nameOf(row), [row])
  }
  return groups
}

/** The jobs that wait or run; none where this person may not list them: Tableau then refuses what is queued already. */
const activeJobs = async ({ feeds }: BulkTasksDeps, { principal, facts, tableau }: BulkContext): Promise<readonly Job[]> => {
  if (!mayListJobs(facts).allowed) return []
  try {
    return (await feeds.of(principal).read(tableau)).index.jobs.filter(isActive)
  } catch (error) {
    if (error instanceof SessionEnded) throw error
    return []
  }
}

/** Jobs tell a content by its name alone, so one says something only where no other content of the kind has that name. */
const queuedReasons = (jobs: readonly Job[]): ((content: ContentRef, names: DirectoryView) => string | undefined) => {
  const byTitle = groupsOf(jobs, ({ title }) => title ?? '')
  const sameName = new Map<ContentRef['kind'], Map<string, unknown[]>>()
  return ({ kind, id }, names) => {
    const name = names.contentOf(kind, id)?.name
    const named = sameName.get(kind) ?? groupsOf(names.contents(kind), (other) => other.name ?? '')
    sameName.set(kind, named)
    if (name === undefined || named.get(name)?.length !== 1) return undefined
    const job = latestRefreshOf(byTitle.get(name) ?? [], { kind, name })
    if (job === undefined) return undefined
    return job.status === 'Pending' ? 'A refresh of its content is queued already.' : 'A refresh of its content is running already.'
  }
}

/** Runs many tasks now. */
export const bulkRun = (deps: BulkTasksDeps): BulkAction<Wanted> => ({
  action: 'tasks.run',
  intentions: 1,
  atOnce: 3,
  firstErrorHalts: false,
  plan: async (context, { select }) => {
    assertOffered(hasTasks(context.facts))
    assertOffered(await deps.shelves.of(context.principal).tasks.runNow(context.tableau))
    const reasonFor = queuedReasons(await activeJobs(deps, context))
    const taken = new Set<string>()
    const items = await planTasks(deps, context, select.ids, 'Its content will be refreshed now.', ({ id, content }, names) => {
      const input = { id }
      if (content === undefined) return { input, reason: 'It belongs to a virtual connection, whose tasks REST cannot run.' }
      const place = `${content.kind} ${content.id}`
      if (taken.has(place)) return { input, reason: 'Another of the chosen tasks refreshes the same content, and Tableau queues one refresh of it at a time.' }
      const reason = reasonFor(content, names)
      if (reason !== undefined) return { input, reason }
      taken.add(place)
      return { input }
    })
    return { title: `Run ${countOf(items, 'task')} now`, warnings: ['They are queued together with everything else that waits, and keep the backgrounders busy for as long as they take.'], items }
  },
  perform: (context, work, carry) => {
    const { id } = inputSchema.parse(work.input)
    const { principal, facts } = context
    const run = { shelf: deps.shelves.of(principal), feed: deps.feeds.of(principal), directories: deps.directories, mayListJobs: mayListJobs(facts).allowed }
    return carry(context, runIntention(run, id, work.requestOf(0)))
  },
})
