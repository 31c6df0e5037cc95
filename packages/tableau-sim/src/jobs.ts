import type { FaultAction } from './faults.ts'
import type { Xml } from './xml-out.ts'

/** Tableau's closed list of states (`backgroundJob@status`). */
export const jobStatuses = ['Pending', 'InProgress', 'Success', 'Failed', 'Cancelled'] as const
export type JobStatus = (typeof jobStatuses)[number]

export interface JobContent {
  readonly kind: 'workbook' | 'datasource' | 'view' | 'flow' | 'virtualConnection'
  readonly id: string
  readonly name: string
}

export interface StatusNote {
  readonly type: string
  readonly value?: string
  readonly text?: string
}

/** What happens to a request about a certain job, so that error states can be had by data. */
export interface JobBehaviour {
  readonly operation: 'queryJob' | 'cancelJob'
  readonly when: 'before' | 'after'
  readonly action: FaultAction
}

/** A job to put into the world. Times are milliseconds of the virtual clock; what is left out follows from the status. */
export interface JobSpec {
  readonly jobType: string
  /** Made from the world's seed unless given. */
  readonly id?: string | undefined
  readonly status?: JobStatus
  readonly title?: string | undefined
  readonly subtitle?: string | undefined
  /** 1 to 100, lower first. */
  readonly priority?: number
  readonly createdAt?: number
  readonly startedAt?: number | undefined
  readonly endedAt?: number | undefined
  /** How long it runs, or is to run, on the backgrounder. */
  readonly runsForMs?: number
  /** How it is to end. */
  readonly outcome?: 'Success' | 'Failed'
  /** What Query Job tells in the end; a driver's message has many lines. */
  readonly notes?: string | undefined
  readonly args?: string | undefined
  readonly content?: JobContent | undefined
  readonly statusNotes?: readonly StatusNote[]
  /** While it runs, Query Job answers finishCode 1 and progress 0 instead of no finishCode. */
  readonly runningFinishCode?: boolean
  /** Query Job puts the content before the notes. */
  readonly contentFirst?: boolean
  /** The backgrounder leaves it alone: it waits, or runs, until somebody cancels it, and takes no slot. */
  readonly held?: boolean
  /** Never purged. */
  readonly kept?: boolean
  readonly behaviour?: JobBehaviour | undefined
  /** The extract refresh task that it runs. */
  readonly taskId?: string | undefined
  /** What its success changes. */
  readonly onSuccess?: (() => void) | undefined
}

/** A background job. Only the engine changes it. */
export interface Job {
  readonly id: string
  /** Rises with every job of the world: the last word on order. */
  readonly order: number
  readonly jobType: string
  readonly title: string | undefined
  readonly subtitle: string | undefined
  readonly priority: number
  readonly args: string
  readonly content: JobContent | undefined
  readonly statusNotes: readonly StatusNote[]
  readonly runningFinishCode: boolean
  readonly contentFirst: boolean
  readonly held: boolean
  readonly kept: boolean
  readonly behaviour: JobBehaviour | undefined
  readonly taskId: string | undefined
  readonly onSuccess: (() => void) | undefined
  readonly runsForMs: number
  readonly outcome: 'Success' | 'Failed'
  /** The notes it has, or will have once it ended. */
  finalNotes: string
  readonly createdAt: number
  status: JobStatus
  startedAt: number | undefined
  endedAt: number | undefined
  updatedAt: number
  /** A running job whose cancel was accepted and has not taken effect yet. */
  cancelling: boolean
  /** Its row of Query Jobs, encoded; emptied by every change. */
  row: Xml | undefined
}

export const isOver = (job: Job): boolean => job.status !== 'Pending' && job.status !== 'InProgress'

/** 0 until the end, then 100: most kinds go in one step, and `progress:lte:0` is how the reference finds unfinished jobs. */
export const progressOf = (job: Job): number => (isOver(job) ? 100 : 0)

/** What `notes:has:` looks at and Query Job tells: a job has nothing to say before it ended. */
export const notesOf = (job: Job): string => (isOver(job) ? job.finalNotes : '')
