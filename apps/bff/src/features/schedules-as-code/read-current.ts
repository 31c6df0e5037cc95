import type { Content } from '@refreshboard/api-types'
import { isAllNamed, projectPath, type Current, type CurrentTask, type NamedContent, type ScheduleDocument } from '@refreshboard/schedules-as-code'
import { isRefusal, queryProjects, sweepPages, type Project } from '@refreshboard/tableau-client'
import type { BulkContext } from '../../bulk/bulk-action.ts'
import type { Clock } from '../../clock.ts'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { DirectoryView } from '../../directory/content-directory.ts'
import { addsToSchedules, deletesTasks, hasDataAcceleration, tellsScheduleTimes } from '../../session/server-features.ts'
import type { ScheduleView } from '../../shelves/schedule-shelf.ts'
import { tasksNow, type TasksDeps } from './current-tasks.ts'
import type { ExtractsQuestions } from './kept-extracts.ts'
import { longestMs, notYet } from './not-yet.ts'
import { askAgain, anewDirectory, wholeDirectory, type NamesReader } from './whole-directory.ts'

/** What tells how the schedules of a site are now. */
export interface CurrentDeps extends TasksDeps {
  readonly directories: ContentDirectories
  /** What people are being told over several requests. */
  readonly extractsQuestions: ExtractsQuestions
  readonly clock: Clock
}

/** What there is, and what of it no text can name. */
export interface Seen extends Current {
  /** Sentences. */
  readonly notes: readonly string[]
  /** What of it is older than a minute, and how old; a sentence, absent where nothing is. */
  readonly olderThanNow?: string
}

/** All schedules with all times that can be had: a text with half of them would be no copy. */
const wholeSchedules = async (deps: CurrentDeps, { principal, facts, tableau }: BulkContext, askedAt: number): Promise<ScheduleView> => {
  const { schedules } = deps.shelves.of(principal)
  const left = (): number => askedAt + longestMs - deps.clock.monotonic()
  await schedules.readRowsNow(tableau)
  for (;;) {
    const view = await schedules.read(tableau, { details: tellsScheduleTimes(facts), waitMs: Math.max(0, Math.min(longestMs / 5, left())) })
    if (view.list.failure !== undefined) throw view.list.failure
    if (view.detailsFailure !== undefined) throw view.detailsFailure
    if (view.details.known >= view.details.wanted) return view
    if (left() <= 0) throw notYet(deps.clock, `The times of ${view.details.known} of ${view.details.wanted} schedules have been read so far.`)
  }
}

/** The projects by id; none where Tableau refuses them. */
const projectsOf = async ({ tableau }: BulkContext): Promise<ReadonlyMap<string, Project>> => {
  try {
    return new Map((await sweepPages((page, signal) => tableau.call(queryProjects, page, { signal }))).rows.map((project) => [project.id, project]))
  } catch (error) {
    if (isRefusal(error)) return new Map()
    throw error
  }
}

/** From the top, as far as this person sees it. */
const pathOf = (project: Content['project'], projects: ReadonlyMap<string, Project>): string | undefined => {
  const names: string[] = []
  const passed = new Set<string>()
  for (let id = project?.id; id !== undefined && !passed.has(id); ) {
    passed.add(id)
    const known = projects.get(id)
    if (known === undefined) break
    names.unshift(known.name)
    id = known.parentProjectId
  }
  if (names.length > 0) return projectPath(names)
  return project?.name === undefined ? undefined : projectPath([project.name])
}

const namedContents = (directory: DirectoryView, projects: ReadonlyMap<string, Project>): NamedContent[] =>
  [...directory.contents('workbook'), ...directory.contents('datasource')].flatMap(({ kind, id, name, project }) => {
    const path = pathOf(project, projects)
    return name === undefined ? [] : [{ kind, id, name, ...(path === undefined ? {} : { project: path }) }]
  })

/** Whether every task and every row of a text has its content among these. */
const isAllThere = (contents: readonly NamedContent[], tasks: readonly CurrentTask[], wanted: ScheduleDocument | undefined): boolean => {
  const ids = new Set(contents.map(({ kind, id }) => `${kind} ${id}`))
  return tasks.every(({ kind, contentId }) => ids.has(`${kind} ${contentId}`)) && (wanted === undefined || isAllNamed(wanted, contents))
}

const minuteMs = 60_000

const ageOf = (ms: number): string | undefined =>
  ms <= minuteMs ? undefined : `Reading what is on all schedules took several requests: which refreshes are incremental is as it was up to ${Math.ceil(ms / minuteMs)} minutes ago.`

/**
 * All that a text of schedules is about, read now and waited for; `wanted`: the text that it is read for. Names may be half a minute
 * old, unless something is not among them: what was published, renamed or moved just now is not told to be missing. Throws `overloaded`
 * where it takes longer than a request waits; the next request of the same person has what was read until then.
 */
export const readCurrent = async (deps: CurrentDeps, context: BulkContext, wanted?: ScheduleDocument): Promise<Seen> => {
  const { clock } = deps
  const askedAt = clock.monotonic()
  const { extractsQuestions: questions } = deps
  const question = questions.of(context.principal)
  const directory = deps.directories.of(context.principal)
  const reader: NamesReader = { directory, read: (freshness) => directory.read(context.tableau, freshness) }
  askAgain(reader, askedAt)
  const [view, known, projects] = await Promise.all([wholeSchedules(deps, context, askedAt), wholeDirectory(clock, reader, askedAt), projectsOf(context)])
  const { tasks, withoutContent, since } = await tasksNow(deps, context, question, { schedules: view.schedules, names: known, askedAt })
  const names = isAllThere(namedContents(known, projects), tasks, wanted) ? known : await anewDirectory(clock, reader, askedAt)
  questions.answered(context.principal, question)
  const olderThanNow = ageOf(clock.monotonic() - since)
  const accelerates = hasDataAcceleration(context.facts)
  const adds = addsToSchedules(context.facts)
  const deletes = deletesTasks(context.facts)
  return {
    now: names.tableauNow,
    schedules: view.schedules,
    timesAreTold: tellsScheduleTimes(context.facts),
    tasks,
    contents: namedContents(names, projects),
    ...(accelerates.allowed ? {} : { noDataAcceleration: accelerates.reason }),
    ...(adds.allowed ? {} : { noAdds: adds.reason }),
    ...(deletes.allowed ? {} : { noTaskDeletes: deletes.reason }),
    notes: withoutContent === 0 ? [] : [`${withoutContent} ${withoutContent === 1 ? 'task is' : 'tasks are'} of virtual connections, which REST does not name: they are left out, and stay as they are.`],
    ...(olderThanNow === undefined ? {} : { olderThanNow }),
  }
}
