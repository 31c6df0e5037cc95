import type { Schedule } from '@refreshboard/api-types'
import { describeRecurrence } from '@refreshboard/recurrence'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconSearch } from '../../components/icons.ts'
import type { TableauClock } from '../../components/job-cells.tsx'
import { NextRun } from '../../components/next-run.tsx'
import type { Failure } from '../../lib/api-error.ts'
import type { HeldSchedules } from './tasks.queries.ts'
import classes from './add-task.module.css'

interface ScheduleChoiceProps {
  /** Only schedules of this type can do it. */
  type: Schedule['type']
  data: HeldSchedules | undefined
  failure: Failure | undefined
  onRetry: () => void
  chosen: string | undefined
  onChoose: (scheduleId: string) => void
  fault: string | undefined
  zone: string
}

/** Above this many schedules there is a field that narrows them. */
const manySchedules = 8

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const repeats = ({ recurrence, frequency }: Schedule): string => (recurrence === undefined ? frequency : `${describeRecurrence(recurrence)}, server time`)

const Row = ({ schedule, chosen, onChoose, clock, zone }: Pick<ScheduleChoiceProps, 'chosen' | 'onChoose' | 'zone'> & { schedule: Schedule; clock: TableauClock | undefined }) => {
  const suspended = schedule.state === 'Suspended'
  return (
    <label className={classes['option']} data-chosen={chosen === schedule.id || undefined}>
      <input type="radio" name="schedule" value={schedule.id} checked={chosen === schedule.id} onChange={() => onChoose(schedule.id)} />
      <span className={classes['words']}>
        <span className={classes['name']}>{schedule.name}</span>
        <span className={classes['dim']}>{repeats(schedule)}</span>
        {suspended && <span className={classes['late']}>Suspended: nothing on it runs until somebody resumes it.</span>}
      </span>
      <span className={classes['next']}>
        <NextRun at={schedule.nextRunAt} zone={zone} clock={clock} suspended={suspended} endsAt={schedule.endScheduleAt} />
      </span>
    </label>
  )
}

/** The schedule that is to do it: only those of one type can. */
export const ScheduleChoice = ({ type: wantedType, data, failure, onRetry, chosen, onChoose, fault, zone }: ScheduleChoiceProps) => {
  const [text, setText] = useState('')
  // The one that the address named stands on top, or it would have to be looked for.
  const [named] = useState(chosen)
  const fitting = (data?.schedules ?? [])
    .filter(({ type }) => type === wantedType)
    .toSorted((a, b) => Number(b.id === named) - Number(a.id === named) || collator.compare(a.name, b.name))
  const wanted = text.trim().toLowerCase()
  const shown = fitting.filter((schedule) => schedule.id === chosen || schedule.name.toLowerCase().includes(wanted) || repeats(schedule).toLowerCase().includes(wanted))
  const clock = data === undefined ? undefined : { base: Date.parse(data.age.tableauNow), receipt: data.receipt }
  const absent = data !== undefined && chosen !== undefined && !fitting.some(({ id }) => id === chosen)
  return (
    <fieldset className={classes['step']} aria-describedby={fault === undefined ? undefined : 'schedule-fault'}>
      <legend>Schedule</legend>
      {fitting.length > manySchedules && (
        <TextInput
          type="search"
          aria-label="Narrow the schedules"
          placeholder="Name or times"
          maxLength={200}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={16} aria-hidden />}
        />
      )}
      {failure !== undefined && <FailureNotice failure={failure} onRetry={onRetry} />}
      {absent && (
        <div className={classes['late']}>The schedule that the address names is not among those of the type {wantedType} any more. Choose another one.</div>
      )}
      <div className={classes['options']} aria-busy={data === undefined && failure === undefined}>
        {shown.map((schedule) => (
          <Row key={schedule.id} schedule={schedule} chosen={chosen} onChoose={onChoose} clock={clock} zone={zone} />
        ))}
      </div>
      <output className={classes['dim']}>{data === undefined ? (failure === undefined ? 'Reading the schedules …' : '') : fitting.length > 0 && shown.length === 0 ? 'No schedule by that name.' : ''}</output>
      {data !== undefined && fitting.length === 0 && (
        <p className={classes['dim']}>
          There is no schedule of the type {wantedType} that you may see.{' '}
          {wantedType === 'Extract' ? (
            <>
              Server administrators can <Link to={paths.newSchedule()}>make one</Link>.
            </>
          ) : (
            'Tableau makes them on its own pages only.'
          )}
        </p>
      )}
      {fault !== undefined && (
        <div id="schedule-fault" role="alert" className={classes['fault']}>
          {fault}
        </div>
      )}
    </fieldset>
  )
}
