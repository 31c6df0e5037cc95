import { describeIn } from '@refreshboard/recurrence'
import type { Schedule } from '@refreshboard/api-types'
import { useState } from 'react'
import { useParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { DataAge } from '../../components/data-age.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { SubPage } from '../../components/sub-page.tsx'
import { UnreadPage } from '../../components/unread-page.tsx'
import { useOnline } from '../../lib/online.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { useNews } from './schedule-news.ts'
import { ScheduleActions, type Asking } from './schedule-actions.tsx'
import { ScheduleFacts } from './schedule-facts.tsx'
import { ScheduleGone, ScheduleNotShownYet } from './schedule-gone.tsx'
import { ScheduleNotes } from './schedule-notes.tsx'
import { tasksOf } from './schedule-rows.ts'
import { ScheduleRuns } from './schedule-runs.tsx'
import { ScheduleState } from './schedule-state.tsx'
import { ScheduleTasks } from './schedule-tasks.tsx'
import { repeatsInWords } from './schedule-words.ts'
import { whereSchedulesAre } from './schedules-room.tsx'
import { clockOf } from './schedules.queries.ts'
import { useServerZone, type ServerZone } from '../../lib/server-zone.ts'
import { useSchedule } from './use-schedule.ts'
import classes from './schedule-page.module.css'

/** When it runs, as a sentence; the zone is the server's, in which schedules run. */
const sentenceOf = (schedule: Schedule, server: ServerZone): string => {
  if (schedule.recurrence === undefined) return repeatsInWords(schedule)
  return server.known ? describeIn(schedule.recurrence, server.name) : `${repeatsInWords(schedule)}, ${server.words}`
}

const OneSchedule = ({ id }: { id: string }) => {
  const { news, forget } = useNews()
  const zone = useZone()
  const server = useServerZone()
  const online = useOnline()
  const [asking, setAsking] = useState<Asking>()
  const { schedule, held, list, gone, settling, failure, fetching, retry } = useSchedule(id, news.made)
  useTitle(schedule?.name ?? 'Schedule')

  if (settling) return <ScheduleNotShownYet />
  // An open dialog stays: it tells what became of its own write, which may be why the schedule is gone.
  if (gone !== undefined && (asking === undefined || schedule === undefined)) return <ScheduleGone name={schedule?.name} seenAt={gone.seenAt} missedAt={gone.missedAt} zone={zone.name} failure={gone.failure} />
  if (schedule === undefined && failure !== undefined) {
    return <UnreadPage title="The schedule could not be read" failure={failure} onRetry={retry} retrying={fetching} />
  }

  const clock = clockOf(list)
  const tasks = schedule === undefined ? undefined : tasksOf(schedule, list?.tasks)
  return (
    <SubPage
      title={schedule?.name ?? 'Reading the schedule …'}
      back={{ to: paths.schedules(), label: 'Schedules' }}
      beside={
        <>
          {schedule !== undefined && <ScheduleState state={schedule.state} />}
          <DataAge held={held === undefined ? undefined : { age: { ageMs: 0, tableauNow: new Date(held.receipt.wall).toISOString() }, receipt: held.receipt }} />
          {schedule !== undefined && tasks !== undefined && (
            <ScheduleActions schedule={schedule} tasks={tasks} everyTask={list?.tasks?.scope !== 'own'} zone={zone.name} asking={asking} onAsk={setAsking} />
          )}
        </>
      }
    >
      {schedule === undefined ? (
        <div className={classes['content']}>
          <div className={classes['bones']} aria-hidden />
        </div>
      ) : (
        <div className={classes['content']}>
          <p className={classes['told']}>{sentenceOf(schedule, server)}</p>
          <ScheduleNotes schedule={schedule} news={news} onRead={forget} asking={asking !== undefined} />
          <div className={classes['facts']}>
            <ScheduleFacts schedule={schedule} clock={clock} zone={zone.name} />
          </div>
          <ScheduleRuns schedule={schedule} server={server} clock={clock} />
          <div className={classes['tasks']}>
            <ScheduleTasks schedule={schedule} />
          </div>
        </div>
      )}
      {failure !== undefined && online && (
        <FailureNotice failure={failure} look="bar" onRetry={retry} retrying={fetching}>
          {held === undefined ? 'What you see is its row of the list.' : 'What you see is the last that arrived.'}
        </FailureNotice>
      )}
    </SubPage>
  )
}

/** One schedule: what it means, its tasks, its next runs. */
export const SchedulePage = whereSchedulesAre(() => {
  const { id = '' } = useParams()
  return <OneSchedule key={id} id={id} />
})
