import { exportSchedules } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CopyButton } from '../../components/copy-button.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { saveFile } from '../../components/save-file.ts'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { plural } from '../../lib/count.ts'
import { readOf } from '../../lib/query.ts'
import { useIsLive } from '../../lib/session-store.ts'
import classes from './as-code.module.css'

interface AsCodeExportProps {
  /** Why the text cannot be taken over into the other part. */
  notEditable: string | undefined
  onEdit: (yaml: string) => void
}

/** The schedules as they are now, as text: to look at, to copy, to save. Read when somebody asks for it. */
export const AsCodeExport = ({ notEditable, onEdit }: AsCodeExportProps) => {
  const live = useIsLive()
  const [asked, setAsked] = useState(false)
  const { data, error, isFetching, refetch } = useQuery({ ...readOf(exportSchedules, undefined), enabled: live && asked, staleTime: Number.POSITIVE_INFINITY })
  const failure = error === null || isSessionEnd(error) ? undefined : failureOf(error)
  return (
    <section className={classes['part']} aria-labelledby="as-code-export">
      <h2 id="as-code-export" className={classes['heading']}>
        Export
      </h2>
      <p className={classes['dim']}>All schedules of the server and what of this site is on them, by names and not by ids: the same text for the same schedules, to be kept beside code and compared.</p>
      <div className={classes['row']}>
        <Button variant="default" loading={isFetching} onClick={() => (asked ? void refetch() : setAsked(true))}>
          {data === undefined ? 'Read the schedules' : 'Read them again'}
        </Button>
        {data !== undefined && (
          <>
            <Button variant="default" onClick={() => saveFile('schedules.yaml', 'application/yaml', data.yaml)}>
              Download
            </Button>
            <Button variant="default" disabled={notEditable !== undefined} title={notEditable} onClick={() => onEdit(data.yaml)}>
              Edit it in the import
            </Button>
            <CopyButton text={data.yaml} what="the text" />
          </>
        )}
      </div>
      {failure !== undefined && (
        <FailureNotice failure={failure} onRetry={() => void refetch()} retrying={isFetching}>
          {data !== undefined && 'What you see is the last that was read.'}
        </FailureNotice>
      )}
      {data !== undefined && (
        <>
          <output className={classes['dim']}>
            {plural(data.schedules, 'schedule')}, {plural(data.tasks, 'task')}.
          </output>
          {data.notes.length > 0 && (
            <ul className={classes['changes']}>
              {data.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          <textarea className={classes['text']} readOnly wrap="off" spellCheck={false} aria-label="The schedules as text" rows={16} value={data.yaml} />
        </>
      )}
    </section>
  )
}
