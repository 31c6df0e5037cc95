import { listSchedules, luidSchema, type Luid } from '@refreshboard/api-types'
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { plural } from '../../lib/count.ts'
import { readOf } from '../../lib/query.ts'
import { useIsLive } from '../../lib/session-store.ts'
import dialog from '../dialog-buttons.module.css'
import { Dialog } from '../dialog.tsx'
import { FailureNotice } from '../failure-notice.tsx'
import classes from './plan.module.css'

interface MoveDialogProps {
  count: number
  onChosen: (scheduleId: Luid) => void
  onClose: () => void
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Asks for the schedule that the tasks are moved to: only those of the type Extract refresh extracts. */
export const MoveDialog = ({ count, onChosen, onClose }: MoveDialogProps) => {
  const live = useIsLive()
  const [chosen, setChosen] = useState('')
  const [asked, setAsked] = useState(false)
  const { data, error, refetch, isFetching } = useQuery({ ...readOf(listSchedules, undefined, { as: 'targets' }), enabled: live, staleTime: 30_000 })
  const fitting = (data?.schedules ?? []).filter(({ type }) => type === 'Extract').toSorted((a, b) => collator.compare(a.name, b.name))
  const choices = fitting.map(({ id, name, frequency, state }) => ({ value: id, label: `${name} · ${frequency}${state === 'Suspended' ? ' · suspended' : ''}` }))
  const failure = data === undefined && error !== null && !isSessionEnd(error) ? failureOf(error) : undefined
  const suspended = fitting.some(({ id, state }) => id === chosen && state === 'Suspended')
  const go = () => {
    const id = luidSchema.safeParse(chosen)
    if (id.success) onChosen(id.data)
    else setAsked(true)
  }
  return (
    <Dialog title={`Move ${plural(count, 'task')} to another schedule`} onClose={onClose} active={live}>
      <p>Each task is added to the other schedule, seen there, and only then deleted where it is now. Tableau gives it a new id. The next step shows what would happen to each; nothing is sent before.</p>
      {failure === undefined ? (
        <NativeSelect
          className={classes['field'] ?? ''}
          label="To the schedule"
          data={[{ value: '', label: data === undefined ? 'Reading the schedules …' : fitting.length === 0 ? 'There is no schedule of the type Extract' : 'Choose one' }, ...choices]}
          value={chosen}
          error={asked && chosen === '' ? 'Choose the schedule that they are to be moved to.' : undefined}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data-autofocus
        />
      ) : (
        <FailureNotice failure={failure} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      <div className={classes['notice']}>{suspended && 'It is suspended: nothing on it runs until somebody resumes it.'}</div>
      <div className={dialog['buttons']}>
        <Button variant="default" onClick={onClose}>
          Leave them where they are
        </Button>
        <Button onClick={go}>Show the plan</Button>
      </div>
    </Dialog>
  )
}
