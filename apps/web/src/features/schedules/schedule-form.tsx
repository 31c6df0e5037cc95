import { createSchedule, updateSchedule, type Schedule, type WriteResult } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useEffect, useId, useMemo, useRef, useState, type SubmitEvent } from 'react'
import { Link, useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { ElsewhereNote, LookAgain } from '../../components/elsewhere-note.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTellLeft } from '../../components/toast-failed.ts'
import { toast } from '../../components/toasts.tsx'
import { useOnline } from '../../lib/online.ts'
import { useSession } from '../../lib/session-store.ts'
import { dismissWrite, isUnderWay, useWriteState, type Done } from '../../lib/writes.ts'
import { useLeaveGuard } from '../../components/leave-dialog.tsx'
import { SaveDialog } from '../../components/save-dialog.tsx'
import { meant, WouldSend, type WouldBe } from '../../components/would-send.tsx'
import { toastChange } from '../../components/toast-change.ts'
import { toldOf } from '../../components/told-of.ts'
import { changedElsewhere, differencesOf } from './schedule-differences.ts'
import { ScheduleFields } from './schedule-fields.tsx'
import { newsUndone, type ScheduleNews } from './schedule-news.ts'
import { SchedulePreview } from './schedule-preview.tsx'
import { rowsOf } from './schedule-rows.ts'
import { finalOf, undoOf } from './schedule-undo.ts'
import { targets, useCreateSchedule, useUpdateSchedule } from './schedule-writes.ts'
import { canEdit, canWriteSchedules } from './schedules-can.ts'
import { clockOf, type HeldSchedules } from './schedules.queries.ts'
import { useServerZone } from '../../lib/server-zone.ts'
import { TimesFields } from './times-fields.tsx'
import { TimesLocked } from './times-locked.tsx'
import { useScheduleForm } from './use-schedule-form.ts'
import { WriteButton } from '../../components/write-button.tsx'
import { WriteNote } from '../../components/write-note.tsx'
import classes from '../../components/form.module.css'

interface ScheduleFormProps {
  /** The schedule that is changed, as it was just read; absent for a new one. */
  schedule: Schedule | undefined
  /** Every schedule, for what else starts that day. */
  list: HeldSchedules | undefined
}

/** What sending the form as it stands would write. */
const wouldBeOf = (base: Schedule | undefined, read: ReturnType<typeof useScheduleForm>['read'], unchanged: string | undefined): WouldBe => {
  if (unchanged !== undefined) return { notYet: unchanged }
  if ('errors' in read) return { notYet: `What is typed cannot be sent yet: ${Object.values(read.errors)[0] ?? 'it breaks a rule.'}` }
  if ('changes' in read.body) return base === undefined ? { notYet: '' } : meant(updateSchedule, { params: { id: base.id }, body: read.body })
  return meant(createSchedule, { body: read.body })
}

/** Makes or changes a schedule. Rules are told under the fields; nothing typed is lost by a refusal. */
export const ScheduleForm = ({ schedule, list }: ScheduleFormProps) => {
  const session = useSession()
  const server = useServerZone()
  const online = useOnline()
  const navigate = useNavigate()
  const reasonId = useId()
  const form = useRef<HTMLFormElement>(null)
  const target = schedule === undefined ? targets.create : targets.update(schedule.id)
  const write = useWriteState(target)
  const [sent, setSent] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const state = useScheduleForm(schedule, sent || isUnderWay(write) ? write : undefined)
  const { base, values, errors, read, times } = state
  const create = useCreateSchedule()
  const update = useUpdateSchedule()
  const rows = useMemo(() => (list === undefined ? undefined : rowsOf(list)), [list])
  const clock = useMemo(() => clockOf(list), [list])
  const guard = useLeaveGuard(state.dirty, isUnderWay(write))

  const [newsId] = useState(() => crypto.randomUUID())
  const done = useRef<(result: WriteResult | undefined) => void>(() => undefined)
  useEffect(() => {
    done.current = (result) => {
      guard.release()
      const id = schedule?.id ?? result?.scheduleId
      const { warnings = [], merged = [], differs = [], moved = [] } = result ?? {}
      const news: ScheduleNews = { id: newsId, by: session.principal, made: schedule === undefined, warnings, merged, differs, moved }
      void navigate(id === undefined ? paths.schedules() : paths.schedule({ id }), { replace: true, state: news })
    }
  })
  useEffect(() => {
    if (write?.phase !== 'done') return
    dismissWrite(target)
    // After one that was sent before this form was opened, and is told by its toast, the form stays.
    if (sent) done.current(write.result)
  }, [write, target, sent])

  const can = base === undefined ? canWriteSchedules(session) : canEdit(base, session)
  const reason = can === true ? undefined : can
  const underWay = isUnderWay(write)
  const disabled = reason !== undefined || underWay
  const unchanged = base !== undefined && !state.dirty ? 'Nothing is changed yet.' : undefined

  const tellLeft = useTellLeft()
  const send = () => {
    if (!('body' in read) || underWay) return
    setSent(true)
    state.sent()
    setConfirming(false)
    const name = values.name.trim()
    // What is told, and what an undo puts back, is of the moment of sending, and holds when this page is left before it is known.
    if ('changes' in read.body) {
      if (base === undefined) return
      const { changes } = read.body
      const onDone = (told: Done) => {
        const undo = undoOf(base, changes, name, told.result?.alike)
        toastChange(`Saved “${name}”`, told, undo === undefined ? undefined : { ...undo, onUndone: () => newsUndone(newsId) })
      }
      update.mutate({ target, input: { params: { id: base.id }, body: read.body }, onFailed: tellLeft(`the change of “${name}”`), onDone })
    } else create.mutate({ target, input: { body: read.body }, onFailed: tellLeft(`making “${name}”`), onDone: ({ evidence, result }) => toast(`Made “${name}”`, toldOf(evidence, result)) })
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (disabled) return
    state.submit()
    if ('errors' in read) {
      const field = Object.keys(read.errors)[0] ?? ''
      form.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus()
    } else if (base === undefined) send()
    else setConfirming(true)
  }

  const wouldBe = wouldBeOf(base, read, unchanged)
  const means = times.open ? state.typed : base?.recurrence
  const fields = { values, errors, disabled, onChange: state.change }
  const refusal = write?.phase === 'not-done' && sent ? write.failure : undefined
  const what = base === undefined ? 'the schedule was made' : 'the changes were saved'
  return (
    <div className={classes['columns']}>
      <form ref={form} onSubmit={submit} noValidate className={classes['form']} aria-label={base === undefined ? 'New schedule' : 'Schedule'} aria-describedby={reason === undefined ? undefined : reasonId}>
        {reason !== undefined && (
          <p id={reasonId} className={classes['notice']}>
            {reason}
          </p>
        )}
        <ScheduleFields {...fields} base={base}>
          {times.open ? <TimesFields {...fields} server={server} /> : base !== undefined && <TimesLocked base={base} fault={times.fault} server={server} disabled={disabled} onNewTimes={state.setNewTimes} />}
        </ScheduleFields>
        {refusal !== undefined && state.elsewhere === undefined && (
          <FailureNotice failure={refusal}>
            {refusal.code === 'changed_elsewhere' && (
              <div>
                What you typed is kept. {state.look.failure === undefined ? 'Reading what is there now …' : <LookAgain pending={state.look.pending} onLook={() => void state.lookAgain()} />}
              </div>
            )}
          </FailureNotice>
        )}
        {state.look.failure !== undefined && <FailureNotice failure={state.look.failure} />}
        {base !== undefined && state.elsewhere !== undefined && <ElsewhereNote rows={changedElsewhere(state.elsewhere, values, times.open)} disabled={disabled} onTake={state.take} />}
        <WriteNote state={write} what={what}>
          <Link to={paths.schedules()}>Look at the list of schedules.</Link>
        </WriteNote>
        <WouldSend write={wouldBe} />
        {!online && <output className={classes['notice']}>This computer is offline: it cannot be sent now. What you type stays.</output>}
        <div className={classes['buttons']}>
          <WriteButton submit busy={underWay} failure={write?.phase === 'not-done' ? write.failure : undefined} reason={reason ?? unchanged} reasonId={reason === undefined ? undefined : reasonId}>
            {base === undefined ? 'Create schedule' : 'Save …'}
          </WriteButton>
          <Button variant="default" component={Link} to={schedule === undefined ? paths.schedules() : paths.schedule({ id: schedule.id })}>
            {base === undefined ? 'Cancel' : 'Back without saving'}
          </Button>
          {unchanged !== undefined && reason === undefined && <span className={classes['hint']}>{unchanged}</span>}
        </div>
      </form>
      <SchedulePreview
        recurrence={means}
        pending={times.open ? 'What it means appears here as you type.' : 'Tableau does not tell its times.'}
        suspended={values.state === 'Suspended'}
        endScheduleAt={base?.endScheduleAt}
        rows={rows}
        self={base?.id}
        server={server}
        clock={clock}
      />
      {confirming && base !== undefined && (
        <SaveDialog
          name={base.name}
          differences={differencesOf(base, values, times.open)}
          write={wouldBe}
          final={'body' in read && 'changes' in read.body ? finalOf(base, read.body.changes) : undefined}
          onSave={send}
          onClose={() => setConfirming(false)}>
          <p>Everything else stays as it is. The change holds for every site of the server.</p>
        </SaveDialog>
      )}
      {guard.dialog}
    </div>
  )
}
