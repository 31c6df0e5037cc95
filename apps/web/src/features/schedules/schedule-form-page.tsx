import type { Schedule } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { SubPage } from '../../components/sub-page.tsx'
import { UnreadPage } from '../../components/unread-page.tsx'
import { ApiError, failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { useTitle } from '../../lib/title.ts'
import { useZone } from '../../lib/zone.ts'
import { ScheduleForm } from './schedule-form.tsx'
import { ScheduleGone } from './schedule-gone.tsx'
import { whereSchedulesAre } from './schedules-room.tsx'
import { scheduleOf, schedulesList } from './schedules.queries.ts'
import classes from '../../components/form.module.css'

const NewSchedule = () => {
  const live = useIsLive()
  const { data } = useQuery({ ...schedulesList(), enabled: live })
  useTitle('New schedule')
  return (
    <SubPage title="New schedule" back={{ to: paths.schedules(), label: 'Schedules' }}>
      <ScheduleForm schedule={undefined} list={data} />
    </SubPage>
  )
}

/** Makes a schedule. */
export const NewSchedulePage = whereSchedulesAre(NewSchedule)

const EditSchedule = ({ id }: { id: string }) => {
  const live = useIsLive()
  const zone = useZone()
  const list = useQuery({ ...schedulesList(), enabled: live })
  const { data, error, errorUpdatedAt, isFetchedAfterMount, isFetching, refetch } = useQuery({ ...scheduleOf(id), enabled: live, refetchOnWindowFocus: false, refetchOnReconnect: false })
  // The form is opened on one reading: what is read later must not change it under somebody's hands.
  const [opened, setOpened] = useState<Schedule>()
  if (opened === undefined && data !== undefined && isFetchedAfterMount && error === null) setOpened(data.schedule)
  const name = opened?.name ?? data?.schedule.name
  useTitle(name === undefined ? 'Edit schedule' : `Edit ${name}`)

  if (opened === undefined && error !== null && !isSessionEnd(error)) {
    const failure = failureOf(error)
    if (error instanceof ApiError && (error.code === 'not_found' || error.code === 'bad_id')) {
      return <ScheduleGone name={name} seenAt={data?.receipt.wall} missedAt={errorUpdatedAt} zone={zone.name} failure={failure} />
    }
    return <UnreadPage title="The schedule could not be read" failure={failure} onRetry={() => void refetch()} retrying={isFetching} />
  }
  return (
    <SubPage title={name === undefined ? 'Edit schedule' : `Edit “${name}”`} back={{ to: paths.schedule({ id }), label: name ?? 'Schedule' }}>
      {opened === undefined ? <output className={classes['columns']}>Reading the schedule …</output> : <ScheduleForm schedule={opened} list={list.data} />}
    </SubPage>
  )
}

/** Changes a schedule. */
export const EditSchedulePage = whereSchedulesAre(() => {
  const { id = '' } = useParams()
  return <EditSchedule key={id} id={id} />
})
