import { instant, optionalInstant } from './instant.ts'
import { isOver, notesOf, progressOf } from './jobs.ts'
import type { Job } from './jobs.ts'
import { factsOfJobType } from './job-types.ts'
import { isAtLeast } from './versions.ts'
import { element } from './xml-out.ts'
import type { Xml } from './xml-out.ts'

/** Title and subtitle are in the schema and in current servers, not in the reference; the version is inferred. */
const titlesSince = '3.6'

/** A Bridge job is over for Tableau when it was handed to the Bridge client (0); it says 3 once that is really done. */
const bridgeReportsAfterMs = 30_000

/** The rows of Query Jobs; each is kept on its job until that changes. */
export const jobRowElements = (jobs: readonly Job[], version: string): Xml[] => {
  if (!isAtLeast(version, titlesSince)) return jobs.map((job) => rowElement(job, false))
  return jobs.map((job) => {
    job.row ??= rowElement(job, true)
    return job.row
  })
}

const rowElement = (job: Job, titled: boolean): Xml =>
  element('backgroundJob', {
    id: job.id,
    status: job.status,
    createdAt: instant(job.createdAt),
    startedAt: optionalInstant(job.startedAt),
    endedAt: optionalInstant(job.endedAt),
    priority: job.priority,
    jobType: job.jobType,
    title: titled ? job.title : undefined,
    subtitle: titled ? job.subtitle : undefined,
  })

/** The `job` of Query Job. It has no status: that follows from the times and the finishCode. */
export const jobDetailElement = (job: Job, now: number): Xml => {
  const facts = factsOfJobType(job.jobType)
  return element(
    'job',
    {
      id: job.id,
      mode: 'Asynchronous',
      type: facts.detailType,
      progress: progressOf(job),
      createdAt: instant(job.createdAt),
      startedAt: optionalInstant(job.startedAt),
      updatedAt: instant(job.updatedAt),
      completedAt: optionalInstant(job.endedAt),
      finishCode: finishCodeOf(job, facts.bridge, now),
    },
    detailElement(job),
    statusNotesElement(job),
  )
}

/** 0 success, 1 error or (for some kinds) still running, 2 cancelled, 3 completed by Bridge. */
const finishCodeOf = (job: Job, bridge: boolean, now: number): number | undefined => {
  if (!isOver(job)) return job.status === 'InProgress' && job.runningFinishCode ? 1 : undefined
  if (job.status === 'Cancelled') return 2
  if (job.status === 'Failed') return 1
  return bridge && now - (job.endedAt ?? now) >= bridgeReportsAfterMs ? 3 : 0
}

const detailElement = (job: Job): Xml | undefined => {
  const name = factsOfJobType(job.jobType).detailElement
  if (name === undefined) return undefined
  const text = notesOf(job)
  const notes = text === '' ? undefined : element('notes', {}, text)
  const content = job.content && element(job.content.kind, { id: job.content.id, name: job.content.name })
  // Both orders have been seen in real replies.
  const children = job.contentFirst ? [content, notes] : [notes, content]
  return element(name, name === 'runFlowJobType' ? { flowRunId: job.id } : {}, ...children)
}

const statusNotesElement = (job: Job): Xml | undefined => {
  const { detailElement: name } = factsOfJobType(job.jobType)
  // Kinds without an element of their own tell why they failed in a status note.
  const failure = name === undefined && job.status === 'Failed' && job.finalNotes !== '' ? [{ type: 'message', text: job.finalNotes }] : []
  const notes = isOver(job) ? [...job.statusNotes, ...failure] : []
  if (notes.length === 0) return undefined
  return element('statusNotes', {}, ...notes.map(({ type, value, text }: { type: string; value?: string; text?: string }) => element('statusNote', { type, value, text })))
}
