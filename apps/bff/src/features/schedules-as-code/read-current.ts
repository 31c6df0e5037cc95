import { luidSchema, type Content, type Luid, type Schedule, type Task } from '@refreshboard/api-types'
import { isAllNamed, projectPath, type Current, type CurrentTask, type NamedContent, type ScheduleDocument } from '@refreshboard/schedules-as-code'
import { isRefusal, queryProjects, sweepPages, type Project } from '@refreshboard/tableau-client'
import type { BulkContext } from '../../bulk/bulk-action.ts'
import type { Clock } from '../../clock.ts'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { DirectoryView } from '../../directory/content-directory.ts'
import { isAdministrator } from '../../session/roles.ts'
import { hasDataAcceleration, tellsScheduleTimes } from '../../session/server-features.ts'
import { inLanes } from '../../shelves/in-lanes.ts'
import type { ScheduleView } from '../../shelves/schedule-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import { longestMs, notYet } from './not-yet.ts'
import { askAgain, anewDirectory, wholeDirectory, type NamesReader } from './whole-directory.ts'

/** What tells how the schedules of a site are now. */
export interface CurrentDeps {
  readonly shelves: Shelves
  readonly directories: ContentDirectories
  readonly clock: Clock
  /** The tasks of this site on a schedule, with full or incremental for who may see it. */
  readonly tasksOn: (context: BulkContext, scheduleId: Luid, administrator: boolean) => Promise<readonly Task[]>
}

/** What there is, and what of it no text can name. */
export interface Seen extends Current {
  /** Sentences. */
  readonly notes: readonly string[]
}

/** So many schedules are asked for their tasks at once. */
const atOnce = 4

/** All schedules with all times that can be had: a text with half of them would be no copy. */
const wholeSchedules = async (deps: CurrentDeps, { principal, facts, tableau }: BulkContext): Promise<ScheduleView> => {
  const { schedules } = deps.shelves.of(principal)
  const until = deps.clock.monotonic() + longestMs
  await schedules.readRowsNow(tableau)
  for (;;) {
    const view = await schedules.read(tableau, { details: tellsScheduleTimes(facts), waitMs: longestMs / 5 })
    if (view.list.failure !== undefined) throw view.list.failure
    if (view.detailsFailure !== undefined) throw view.detailsFailure
    if (view.details.known >= view.details.wanted) return view
    if (deps.clock.monotonic() >= until) throw notYet(deps.clock, `The times of ${view.details.known} of ${view.details.wanted} schedules have been read so far.`)
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

const refreshes: Readonly<Record<string, NonNullable<CurrentTask['refresh']>>> = { FullRefresh: 'full', IncrementalRefresh: 'incremental' }

const currentTask = (scheduleId: string, { id, content, priority, refreshType = '' }: Task): CurrentTask[] => {
  const refresh = refreshes[refreshType]
  return content === undefined ? [] : [{ id, scheduleId, kind: content.kind, contentId: content.id, ...(refresh === undefined ? {} : { refresh }), ...(priority === undefined ? {} : { priority }) }]
}

/** Every schedule with tasks is asked by itself: full or incremental stands nowhere else. */
const tasksOf = async (deps: CurrentDeps, context: BulkContext, schedules: readonly Schedule[]): Promise<{ tasks: CurrentTask[]; withoutContent: number }> => {
  const administrator = isAdministrator(context.facts.user.siteRole)
  const { tasks } = deps.shelves.of(context.principal)
  await tasks.readNow(context.tableau)
  const inUse = new Set((await tasks.read(context.tableau)).value.map(({ schedule }) => schedule?.id))
  const asked = schedules.filter(({ id }) => inUse.has(id) && luidSchema.safeParse(id).success).map(({ id }) => luidSchema.parse(id))
  const bySchedule = new Map<string, CurrentTask[]>()
  let withoutContent = 0
  await inLanes(asked, atOnce, async (id) => {
    const rows = await deps.tasksOn(context, id, administrator)
    withoutContent += rows.filter(({ content }) => content === undefined).length
    bySchedule.set(
      id,
      rows.flatMap((row) => currentTask(id, row)),
    )
  })
  return { tasks: schedules.flatMap(({ id }) => bySchedule.get(id) ?? []), withoutContent }
}

/** Whether every task and every row of a text has its content among these. */
const isAllThere = (contents: readonly NamedContent[], tasks: readonly CurrentTask[], wanted: ScheduleDocument | undefined): boolean => {
  const ids = new Set(contents.map(({ kind, id }) => `${kind} ${id}`))
  return tasks.every(({ kind, contentId }) => ids.has(`${kind} ${contentId}`)) && (wanted === undefined || isAllNamed(wanted, contents))
}

/**
 * All that a text of schedules is about, read now and waited for; `wanted`: the text that it is read for. Names may be half a minute
 * old, unless something is not among them: what was published, renamed or moved just now is not told to be missing.
 */
export const readCurrent = async (deps: CurrentDeps, context: BulkContext, wanted?: ScheduleDocument): Promise<Seen> => {
  const askedAt = deps.clock.monotonic()
  const directory = deps.directories.of(context.principal)
  const reader: NamesReader = { directory, read: (freshness) => directory.read(context.tableau, freshness) }
  askAgain(reader, askedAt)
  const [view, known, projects] = await Promise.all([wholeSchedules(deps, context), wholeDirectory(deps.clock, reader), projectsOf(context)])
  const { tasks, withoutContent } = await tasksOf(deps, context, view.schedules)
  const names = isAllThere(namedContents(known, projects), tasks, wanted) ? known : await anewDirectory(deps.clock, reader, askedAt)
  const accelerates = hasDataAcceleration(context.facts)
  return {
    now: names.tableauNow,
    schedules: view.schedules,
    timesAreTold: tellsScheduleTimes(context.facts),
    tasks,
    contents: namedContents(names, projects),
    ...(accelerates.allowed ? {} : { noDataAcceleration: accelerates.reason }),
    notes: withoutContent === 0 ? [] : [`${withoutContent} ${withoutContent === 1 ? 'task is' : 'tasks are'} of virtual connections, which REST does not name: they are left out, and stay as they are.`],
  }
}
