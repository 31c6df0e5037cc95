import type { Schedule } from '@refreshboard/api-types'
import { notUnderstood } from '@refreshboard/recurrence'
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconAlertTriangle } from '../../components/icons.ts'
import { useSession } from '../../lib/session-store.ts'
import { dismissWrite, useWriteState } from '../../lib/writes.ts'
import { canEdit, timesFault } from './schedules-can.ts'
import type { ScheduleNews } from './schedule-news.ts'
import { targets } from './schedule-writes.ts'
import { WriteNote } from '../../components/write-note.tsx'
import classes from './schedule-page.module.css'

interface ScheduleNotesProps {
  schedule: Schedule
  /** What became of the change that led here. */
  news: ScheduleNews
  /** It was read: it is not told again. */
  onRead: () => void
  /** A dialog is open, which tells about its write itself. */
  asking: boolean
}

/** A refused or lost write of before, whose dialog is closed. */
const Left = ({ target, what, asking, again }: { target: string; what: string; asking: boolean; again: string }) => {
  const state = useWriteState(target)
  if (asking) return null
  return (
    <>
      {state?.phase === 'not-done' && (
        <FailureNotice failure={state.failure}>
          <Button size="compact-xs" variant="default" onClick={() => dismissWrite(target)}>
            Dismiss
          </Button>
        </FailureNotice>
      )}
      <WriteNote state={state} what={what}>
        <Link to={paths.schedules()} onClick={() => dismissWrite(target)}>
          {again}
        </Link>
      </WriteNote>
    </>
  )
}

/** What a person has to know before acting on a schedule. */
export const ScheduleNotes = ({ schedule, news, onRead, asking }: ScheduleNotesProps) => {
  const session = useSession()
  const fault = timesFault(schedule)
  const locked = notUnderstood(schedule)
  const editable = canEdit(schedule, session) === true
  const told = (
    [
      ['Tableau took it, and warns:', news.warnings],
      ['It was saved, but not all of it is as asked for:', news.differs],
      ['It was saved, and what somebody else had changed meanwhile was kept:', news.merged],
      ['It was saved, and something else is not as it was:', news.moved],
    ] as const
  ).filter(([, sentences]) => sentences.length > 0)
  return (
    <div className={classes['notes']}>
      {told.length > 0 && (
        <output className={classes['note']} data-late>
          <IconAlertTriangle size={18} aria-hidden />
          <div>
            {told.map(([title, sentences]) => (
              <p key={title} className={classes['news']}>
                <strong>{title}</strong> {sentences.join(' ')}
              </p>
            ))}
            <Button size="compact-xs" variant="default" onClick={onRead}>
              Dismiss
            </Button>
          </div>
        </output>
      )}
      {(locked ?? fault) !== undefined && (
        <div className={classes['note']}>
          <IconAlertTriangle size={18} aria-hidden />
          <div>
            <strong>{locked === undefined ? 'Its times cannot be changed here.' : 'It can only be looked at here.'}</strong> {locked ?? fault}
            {locked === undefined && editable && ' Name, priority, order and state can be changed; its times stay as they are.'}
          </div>
        </div>
      )}
      <Left target={targets.state(schedule.id)} what="the schedule was suspended or resumed" asking={asking} again="Look at the list." />
      <Left target={targets.remove(schedule.id)} what="the schedule was deleted" asking={asking} again="Look at the list." />
    </div>
  )
}
