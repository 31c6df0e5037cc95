import type { RunState } from './task-run.ts'

/** Why “Run now” cannot be used at the moment, in a sentence for people; the session and the task are asked elsewhere. */
export const busyReason = (run: RunState | undefined): string | undefined => {
  switch (run?.phase) {
    case 'sending':
      return 'It is being sent.'
    case 'checking':
    case 'looking':
      return 'What became of it is being found out.'
    case 'watching':
    case 'queued':
      return 'It is queued or running.'
    case 'over':
    case 'refused':
    case 'unconfirmed':
    case undefined:
      break
  }
  return undefined
}

/** What is said in one or two words where there is no job to show. */
export const shortWords = { sending: 'Sending …', checking: 'Checking …', looking: 'Looking …', queued: 'Queued', refused: 'Not run', unconfirmed: 'Not confirmed' } as const
