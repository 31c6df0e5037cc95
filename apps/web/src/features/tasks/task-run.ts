import { runTask, type Job } from '@refreshboard/api-types'
import type { Failure } from '../../lib/api-error.ts'
import { followJob } from '../../lib/follow-job.ts'
import { isOver } from '../../lib/job-words.ts'
import { createKeyedStore } from '../../lib/keyed-store.ts'
import { reread } from '../../lib/query-client.ts'
import { identity, onIdentityChange } from '../../lib/session-store.ts'
import { dismissWrite, isHeld, startWrite, writeStateOf, type WriteState } from '../../lib/writes.ts'
import { wait } from '../../lib/wait.ts'
import { lookForJob } from './task-job-look.ts'

/** What has become of “Run now”, as told in the row and in the drawer. */
export type RunState =
  | { phase: 'sending' }
  /** The reply was lost; the BFF finds out what became of it. */
  | { phase: 'checking' }
  /** The jobs are looked at before anything is said. */
  | { phase: 'looking' }
  /** Its job is followed. `already`: it was there before the click. `unheardSince`: the last good answer, while the reads fail. */
  | { phase: 'watching'; jobId: string; job: Job | undefined; already: boolean; unheardSince: number | undefined }
  | { phase: 'over'; jobId: string; job: Job; already: boolean }
  /** It is queued, and its job cannot be followed: `why`. The task is read again instead. */
  | { phase: 'queued'; already: boolean; why: string }
  /** It was not run. `looked`: no job of it is there. Otherwise the jobs could not be looked at. */
  | { phase: 'refused'; failure: Failure; looked: boolean }
  /** It could not be found out. `looked` as above. */
  | { phase: 'unconfirmed'; evidence: string; looked: boolean }

const runs = createKeyedStore<RunState>()
onIdentityChange(runs.clear)

export const runStateOf = runs.get

/** Follows what has become of running one task. */
export const useRun = runs.use

/** True while another click would send nothing. */
export const isUnderWay = (state: RunState | undefined): boolean =>
  state !== undefined && state.phase !== 'over' && state.phase !== 'refused' && state.phase !== 'unconfirmed'

/** What is followed in the store of writes. */
export const runTargetOf = (taskId: string): string => `tasks.run ${taskId}`

/** Forgets a refusal or an outcome that was read. */
export const dismissRun = (taskId: string): void => {
  if (isUnderWay(runs.get(taskId))) return
  dismissWrite(runTargetOf(taskId))
  runs.set(taskId, undefined)
}

const overShownMs = 60_000
/** For so long the BFF may answer with the tasks that it read before the job ended. */
const listBehindMs = 6000
/** How much earlier than the click a job may seem to be: Tableau tells its clock in whole seconds. */
const clockSlackMs = 2000
const rereadEveryMs = 10_000
const rereads = 6

/** One run of one task. Nothing is told any more once somebody else is signed in. */
class Run {
  private readonly me = identity()
  private readonly taskId: string
  private readonly at: number

  constructor(taskId: string, at: number) {
    this.taskId = taskId
    this.at = at
  }

  /** Sends it, once, and resolves when it is known what became of the sending. What follows goes on by itself. */
  async start(): Promise<void> {
    const target = runTargetOf(this.taskId)
    this.tell({ phase: 'sending' })
    let written = await startWrite({ target, endpoint: runTask, input: { params: { id: this.taskId } }, invalidates: ['tasks', 'jobs'] })
    if (written?.phase === 'checking') {
      this.tell({ phase: 'checking' })
      while (writeStateOf(target)?.phase === 'checking') await wait(200)
      written = writeStateOf(target)
    }
    if (!this.mine()) return
    void reread('tasks', 'jobs')
    void this.follow(written)
  }

  private mine(): boolean {
    return identity() === this.me
  }

  private tell(state: RunState | undefined): void {
    if (this.mine()) runs.set(this.taskId, state)
  }

  private async follow(written: WriteState | undefined): Promise<void> {
    switch (written?.phase) {
      case 'done':
        return written.result?.jobId === undefined ? await this.findJob({ phase: 'queued', already: false, why: written.evidence }) : await this.watch(written.result.jobId)
      case 'not-done':
        if (written.failure.code === 'already_queued') return await this.findQueued()
        // Nothing left this computer, or Tableau asked to wait before it looked at it: reading the jobs would be more of the same.
        if (written.failure.code === 'offline' || written.failure.code === 'throttled') return this.tell({ phase: 'refused', failure: written.failure, looked: true })
        // Tableau has been seen to refuse and to queue it all the same: the jobs tell.
        return await this.findJob({ phase: 'refused', failure: written.failure, looked: true })
      case 'unconfirmed':
        return await this.findJob({ phase: 'unconfirmed', evidence: written.evidence, looked: true })
      case 'sending':
      case 'checking':
      case undefined:
        // The session ended before it was sent: the intention is open, the button there again.
        return this.tell(undefined)
    }
  }

  /** Looks whether a job of the task was created since the click; `otherwise` when none is found. */
  private async findJob(otherwise: Extract<RunState, { phase: 'queued' | 'refused' | 'unconfirmed' }>): Promise<void> {
    this.tell({ phase: 'looking' })
    const found = await lookForJob(this.taskId, ({ createdAt }) => Date.parse(createdAt) >= this.at - clockSlackMs)
    if (found.kind === 'job') return await this.watch(found.job.id, found.job)
    if (otherwise.phase === 'queued') return await this.watchTask(false, found.kind === 'hidden' ? found.why : otherwise.why)
    return this.tell({ ...otherwise, looked: found.kind === 'none' })
  }

  /** Tableau says that the same content is queued or running, not by which job (409093). */
  private async findQueued(): Promise<void> {
    this.tell({ phase: 'looking' })
    const found = await lookForJob(this.taskId, (job) => !isOver(job))
    if (found.kind === 'job') return await this.watch(found.job.id, found.job, true)
    return await this.watchTask(true, found.kind === 'hidden' ? found.why : 'Its job could not be found among the jobs.')
  }

  /** Follows a job to its end. */
  private async watch(jobId: string, known?: Job, already = false): Promise<void> {
    const end = await followJob({ jobId, known, tell: (job, unheardSince) => this.tell({ phase: 'watching', jobId, job, already, unheardSince }) })
    if (end.kind === 'over') await this.end({ phase: 'over', jobId, job: end.job, already })
    else if (end.kind === 'lost') await this.watchTask(already, end.why)
  }

  /** The last state of the job stays for a moment beside the button, which is there again. */
  private async end(over: RunState): Promise<void> {
    if (!this.mine()) return
    this.tell(over)
    dismissWrite(runTargetOf(this.taskId))
    await reread('tasks', 'jobs')
    await wait(listBehindMs)
    if (!this.mine()) return
    await reread('tasks')
    await wait(overShownMs - listBehindMs)
    if (runs.get(this.taskId) === over) this.tell(undefined)
  }

  /** Its job cannot be followed: for a minute the task itself is read again, then the button is there again. */
  private async watchTask(already: boolean, why: string): Promise<void> {
    this.tell({ phase: 'queued', already, why })
    for (let read = 0; read < rereads; read += 1) {
      await wait(rereadEveryMs)
      if (!this.mine()) return
      await reread('tasks')
    }
    dismissWrite(runTargetOf(this.taskId))
    this.tell(undefined)
  }
}

/**
 * Runs a task, once: while it is under way another click does nothing, and nothing is ever sent again by itself.
 * @param at Tableau's time of the click, milliseconds since 1970: a job that was created later is this click's
 */
export const startRun = async (taskId: string, at: number): Promise<void> => {
  if (!isUnderWay(runs.get(taskId)) && !isHeld(writeStateOf(runTargetOf(taskId)))) await new Run(taskId, at).start()
}
