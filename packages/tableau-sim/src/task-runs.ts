import { isOver } from './jobs.ts'
import type { Job, JobContent, JobSpec } from './jobs.ts'
import type { Random } from './random.ts'
import { isPublished, suspensionThreshold } from './refresh-task.ts'
import type { RefreshTask, SiteTasks } from './refresh-task.ts'
import type { Site } from './site.ts'

/** The ids of the content whose refresh waits or runs on a site (§ Run Extract Refresh Task: in whichever way it was queued). */
export const queuedContentIds = (site: Site): Set<string> => {
  const ids = new Set<string>()
  for (const job of site.jobs) if (!isOver(job) && job.content !== undefined && isRefresh(job)) ids.add(job.content.id)
  return ids
}

const isRefresh = (job: Job): boolean => job.jobType.startsWith('refresh_extracts') || job.jobType.startsWith('increment_extracts')

const jobTypeOf = ({ kind, incremental }: RefreshTask): string => {
  if (kind === 'dataAcceleration') return 'data_acceleration'
  return incremental ? 'increment_extracts' : 'refresh_extracts'
}

/** The job that a task makes. */
export const jobOfTask = (task: RefreshTask, random: Random, createdAt: number): JobSpec => {
  const { kind, id, name } = task.content
  const content: JobContent = { kind, id, name }
  const failed = random.chance(task.failureRate)
  return {
    jobType: jobTypeOf(task),
    title: name,
    subtitle: isPublished(task.content) ? task.content.project?.name : undefined,
    priority: task.priority,
    content,
    args: `---\n- ${kind === 'workbook' ? 'Workbook' : kind === 'datasource' ? 'Datasource' : 'VirtualConnection'}\n- ${Number.parseInt(id.slice(0, 6), 16)}\n- ${name}\n`,
    createdAt,
    runsForMs: task.runsForMs,
    outcome: failed ? 'Failed' : 'Success',
    notes: failed ? task.failureNotes : undefined,
    runningFinishCode: random.chance(0.4),
    contentFirst: random.chance(0.5),
    taskId: task.id,
  }
}

/** What a firing starts on a site: its tasks that are not suspended and whose content is not queued already. */
export const dueTasks = (site: Site, tasks: readonly RefreshTask[]): RefreshTask[] => {
  const queued = queuedContentIds(site)
  return tasks.filter((task) => {
    if (task.kind === 'runFlow' || task.consecutiveFailedCount >= suspensionThreshold || queued.has(task.content.id)) return false
    // Two tasks of one content on one schedule are one refresh.
    queued.add(task.content.id)
    return true
  })
}

/** Keeps the count of a task's failures: a success ends the row, a cancelled job says nothing. */
export const noteEnd = (tasks: SiteTasks, job: Job): void => {
  const task = job.taskId === undefined ? undefined : tasks.task(job.taskId)
  if (task === undefined) return
  if (job.status === 'Failed') task.consecutiveFailedCount += 1
  if (job.status === 'Success') task.consecutiveFailedCount = 0
}
