import type { Job, JobContent, JobDetail } from '@refreshboard/api-types'
import { CopyButton } from '../../components/copy-button.tsx'
import { Fact, Facts, Id } from '../../components/facts.tsx'
import { useNow } from '../../lib/now.ts'
import { Instant, Ran, tableauNow, Waited, type TableauClock } from '../../components/job-cells.tsx'
import { finishInWords, noteInWords } from './job-note-words.ts'
import { JobState } from './job-state.tsx'
import { spansOf, typeInWords } from '../../lib/job-words.ts'
import classes from './job-drawer.module.css'

interface JobFactsProps {
  job: Job
  /** What Query Job tells beyond the row; absent while it is being read. */
  detail: JobDetail | undefined
  clock: TableauClock | undefined
  zone: string
}

const contentKinds: Record<JobContent['kind'], string> = {
  workbook: 'Workbook',
  datasource: 'Data source',
  view: 'View',
  flow: 'Flow',
  virtualConnection: 'Virtual connection',
}

/** Waiting | running, to scale. */
const SpanBar = ({ job, clock }: { job: Job; clock: TableauClock | undefined }) => {
  useNow()
  const { waited, ran, running } = spansOf(job, tableauNow(clock))
  if (waited === undefined) return null
  const all = Math.max(1, waited + (ran ?? 0))
  return (
    <div>
      <div className={classes['bar']} aria-hidden>
        <span className={classes['waitedBar']} style={{ flexGrow: waited / all }} />
        {ran !== undefined && <span className={classes['ranBar']} data-status={job.status} style={{ flexGrow: ran / all }} />}
      </div>
      <div className={classes['legend']}>
        <span>
          waited <Waited job={job} clock={clock} />
        </span>
        {ran !== undefined && (
          <span>
            {running ? 'running' : 'ran'} <Ran job={job} clock={clock} />
          </span>
        )}
      </div>
    </div>
  )
}

const inFrontWords = (inFront: number): string =>
  inFront === 0 ? 'It is next, by priority and age.' : `${inFront} in front of it, by priority and age.`

/** Everything that is known of a job, in words. */
export const JobFacts = ({ job, detail, clock, zone }: JobFactsProps) => {
  const now = tableauNow(clock)
  const instant = (at: string | undefined) => <Instant at={at} zone={zone} now={now} full />
  const progress = detail?.progress
  return (
    <>
      <div className={classes['state']}>
        <JobState job={job} />
        {job.status === 'Pending' && detail?.inFront !== undefined && <span className={classes['dim']}>{inFrontWords(detail.inFront)}</span>}
        {job.status === 'InProgress' && progress !== undefined && progress > 0 && progress < 100 && <span className={classes['dim']}>{progress} %</span>}
      </div>
      <SpanBar job={job} clock={clock} />
      {detail?.unavailable !== undefined && (
        <div className={classes['note']}>
          Tableau does not tell more about this kind of job. It says: “{detail.unavailable.summary}: {detail.unavailable.detail}” ({detail.unavailable.code}).
        </div>
      )}
      {detail?.notes !== undefined && detail.notes !== '' && (
        <section>
          <div className={classes['sectionHead']}>
            <h3>Notes</h3>
            <CopyButton text={detail.notes} what="the notes" />
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long notes scroll, by keyboard too */}
          <pre className={classes['notes']} tabIndex={0} aria-label="Notes">
            {detail.notes}
          </pre>
        </section>
      )}
      {detail !== undefined && detail.statusNotes.length > 0 && (
        <section>
          <h3>What Tableau noted</h3>
          <ul className={classes['list']}>
            {detail.statusNotes.map((note, at) => (
              // Two of them may be equal, and their order is all that tells them apart.
              <li key={at}>
                {noteInWords(note)} {note.text !== undefined && <span className={classes['dim']}>{note.text}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Facts>
        <Fact label="Type">
          {typeInWords(job.jobType)} <span className={classes['dim']}>{job.jobType}</span>
        </Fact>
        {job.subtitle !== undefined && <Fact label="About">{job.subtitle}</Fact>}
        {detail?.content !== undefined && (
          <Fact label={contentKinds[detail.content.kind]}>
            {detail.content.name !== undefined && <div>{detail.content.name}</div>}
            <Id id={detail.content.id} what="the content id" />
          </Fact>
        )}
        <Fact label="Created">{instant(job.createdAt)}</Fact>
        {job.startedAt !== undefined && <Fact label="Started">{instant(job.startedAt)}</Fact>}
        {job.endedAt !== undefined && <Fact label="Ended">{instant(job.endedAt)}</Fact>}
        {job.priority !== undefined && (
          <Fact label="Priority">
            {job.priority} <span className={classes['dim']}>of 100, 1 runs first</span>
          </Fact>
        )}
        {detail?.completedAt !== undefined && detail.finishCode !== undefined && (
          <Fact label="Result">
            {finishInWords(detail.finishCode)} <span className={classes['dim']}>finish code {detail.finishCode}</span>
          </Fact>
        )}
        {detail?.mode !== undefined && <Fact label="Mode">{detail.mode}</Fact>}
        <Fact label="Job id">
          <Id id={job.id} what="the job id" />
        </Fact>
      </Facts>
    </>
  )
}
