import { getJob, type Job } from '@refreshboard/api-types'
import { call } from './api.ts'
import { ApiError, sessionEndOf } from './api-error.ts'
import { isOver } from './job-words.ts'
import { identity, sessionDied, sessionState } from './session-store.ts'
import { wait } from './wait.ts'

const jobEveryMs = 2000
/** A job that goes on for longer is not asked for as often. */
const longMs = 2 * 60_000
const longJobEveryMs = 5000
const backOffMs = 30_000
/** For so long Tableau may not know a job that it has just named. */
const unknownForMs = 30_000

/** A dead session is told by its dialog; whatever is followed goes on after it. */
export const noticeEnd = (error: unknown): void => {
  const ended = sessionEndOf(error)
  if (ended !== undefined) sessionDied(ended)
}

/** `lost`: it cannot be followed, and why. `left`: somebody else is signed in. */
type JobEnd = { kind: 'over'; job: Job } | { kind: 'lost'; why: string } | { kind: 'left' }

interface FollowedJob {
  jobId: string
  /** As it is known already. */
  known?: Job | undefined
  /** `unheardSince`: the last good answer, while the reads fail. */
  tell: (job: Job | undefined, unheardSince: number | undefined) => void
}

/** Follows a job to its end. Tableau does not let every kind be queried (400031); the BFF then answers with its row of the list. */
export const followJob = async ({ jobId, known, tell }: FollowedJob): Promise<JobEnd> => {
  const me = identity()
  const began = Date.now()
  let job = known
  let heard = began
  let pause = 0
  tell(job, undefined)
  while (job === undefined || !isOver(job)) {
    await wait(pause)
    if (identity() !== me) return { kind: 'left' }
    // Nothing is asked while the sign-in dialog is up.
    if (sessionState().status !== 'live') {
      pause = jobEveryMs
      continue
    }
    try {
      job = (await call(getJob, { params: { id: jobId } }, { background: true })).job
      heard = Date.now()
      pause = heard - began > longMs ? longJobEveryMs : jobEveryMs
      tell(job, undefined)
    } catch (error) {
      noticeEnd(error)
      const code = error instanceof ApiError ? error.code : undefined
      if (code === 'forbidden') return { kind: 'lost', why: 'Tableau lets administrators follow jobs.' }
      if (code === 'bad_id' || (code === 'not_found' && Date.now() - heard > unknownForMs)) return { kind: 'lost', why: 'Tableau does not know its job any more.' }
      pause = code === 'not_found' ? jobEveryMs : Math.min(backOffMs, Math.max(jobEveryMs, pause * 2))
      tell(job, heard)
    }
  }
  return { kind: 'over', job }
}
