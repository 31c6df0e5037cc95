import type { Content } from '@refreshboard/api-types'
import type { ReactNode } from 'react'
import { JobStatus, JobUnderWay } from '../../components/job-status.tsx'
import { useWriteState } from '../../lib/writes.ts'
import { useExtractRun } from './extract-run.ts'
import { targets } from './extract-writes.ts'
import { deleteWords, runWords } from './run-words.ts'

/** What has become of making or deleting its extract, in a word; `otherwise` where nothing is under way. */
export const RunMark = ({ content, otherwise }: { content: Content; otherwise: ReactNode }) => {
  const run = useExtractRun(content)
  const removal = useWriteState(targets.remove(content))
  if (removal?.phase === 'sending' || removal?.phase === 'checking') return <JobUnderWay>{deleteWords[removal.phase]}</JobUnderWay>
  switch (run?.phase) {
    case 'watching':
    case 'over':
      return <JobStatus status={run.job?.status ?? 'Pending'} />
    case 'sending':
    case 'checking':
    case 'queued':
      return <JobUnderWay>{runWords[run.phase]}</JobUnderWay>
    case 'made':
    case 'refused':
    case 'unconfirmed':
    case undefined:
      break
  }
  return otherwise
}
