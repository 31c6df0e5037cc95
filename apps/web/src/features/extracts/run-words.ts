import type { ExtractRun } from './extract-run.ts'

/** What is said in one or two words where there is no job to show. */
export const runWords = { sending: 'Sending …', checking: 'Checking …', queued: 'Queued' } as const

/** The same of a deletion. */
export const deleteWords = { sending: 'Deleting …', checking: 'Checking …' } as const

/** Why nothing else can be asked for at the moment, in a sentence for people. */
export const busyReason = (run: ExtractRun | undefined): string | undefined => {
  switch (run?.phase) {
    case 'sending':
      return 'It is being sent.'
    case 'checking':
      return 'What became of it is being found out.'
    case 'watching':
    case 'queued':
      return 'Its extract is being made.'
    case 'over':
    case 'made':
    case 'refused':
    case 'unconfirmed':
    case undefined:
      break
  }
  return undefined
}
