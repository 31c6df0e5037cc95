import type { Content } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { paths } from '../../app/paths.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import type { TableauClock } from '../../components/job-cells.tsx'
import { JobFollowed } from '../../components/job-followed.tsx'
import { WriteNote } from '../../components/write-note.tsx'
import { useWriteState } from '../../lib/writes.ts'
import { dismissExtractRun, type ExtractRun } from './extract-run.ts'
import { targets } from './extract-writes.ts'
import { refusalWords } from './refusal-words.ts'
import classes from './content-drawer.module.css'

interface ExtractNoteProps {
  content: Content
  run: ExtractRun | undefined
  clock: TableauClock | undefined
  /** The dialog shows everything itself while it is open. */
  dialogOpen: boolean
}

const Dismiss = ({ content }: { content: Content }) => (
  <Button size="compact-sm" variant="default" onClick={() => dismissExtractRun(content)}>
    Dismiss
  </Button>
)

/** What has become of making its extract, in full. */
const Making = ({ content, run, clock }: Omit<ExtractNoteProps, 'dialogOpen'>) => {
  switch (run?.phase) {
    case 'sending':
      return <output className={classes['note']}>Sending it to Tableau …</output>
    case 'checking':
      return (
        <output className={classes['note']}>
          <strong>Checking …</strong> The reply was lost. Refreshboard reads back what became of it; nothing is sent again.
        </output>
      )
    case 'watching':
    case 'over':
      return (
        <JobFollowed to={paths.jobs({ job: run.jobId })} job={run.job} clock={clock} unheardSince={run.phase === 'watching' ? run.unheardSince : undefined}>
          <p>The job that makes its extract:</p>
        </JobFollowed>
      )
    case 'queued':
      return (
        <output className={classes['note']}>
          <strong>Queued.</strong> Its job cannot be followed here: {run.why} It is looked at again until it has its extract.
        </output>
      )
    case 'made':
      return (
        <output className={classes['note']}>
          <strong>It has its extract now.</strong>
        </output>
      )
    case 'refused':
      return (
        <FailureNotice failure={run.failure}>
          <div>{refusalWords(run.failure)}</div>
          <Dismiss content={content} />
        </FailureNotice>
      )
    case 'unconfirmed':
      return (
        <div className={classes['note']} data-late>
          <output>
            <strong>It could not be confirmed whether its extract was queued.</strong> {run.evidence}
          </output>
          <div className={classes['ways']}>
            <Dismiss content={content} />
          </div>
        </div>
      )
    case undefined:
      break
  }
  return null
}

/** What has become of what was asked for, in the drawer. */
export const ExtractNote = ({ dialogOpen, ...making }: ExtractNoteProps) => {
  const removal = useWriteState(targets.remove(making.content))
  const encryption = useWriteState(targets.encryption(making.content))
  if (dialogOpen) return null
  return (
    <>
      <Making {...making} />
      <WriteNote state={removal} what="the extract was deleted" />
      <WriteNote state={encryption} what="the setting was changed" />
    </>
  )
}
