import { refreshTypes, type Content, type Task, type WriteResult } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useEffect, useId, useMemo, useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { Link, useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { ElsewhereNote, LookAgain } from '../../components/elsewhere-note.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Choice } from '../../components/form-fields.tsx'
import { useLeaveGuard } from '../../components/leave-dialog.tsx'
import { SaveDialog } from '../../components/save-dialog.tsx'
import { useTellLeft } from '../../components/toast-failed.ts'
import { toast } from '../../components/toasts.tsx'
import { toldOf } from '../../components/told-of.ts'
import { WouldSend } from '../../components/would-send.tsx'
import { WriteButton } from '../../components/write-button.tsx'
import { WriteNote } from '../../components/write-note.tsx'
import { useOnline } from '../../lib/online.ts'
import { useServerZone } from '../../lib/server-zone.ts'
import { dismissWrite, useWriteState } from '../../lib/writes.ts'
import type { ContentRef } from './add-task.search.ts'
import { CloudTimesFields } from './cloud-times-fields.tsx'
import { ContentChoice } from './content-choice.tsx'
import { changedElsewhere, differencesOf } from './task-differences.ts'
import { TaskPreview } from './task-preview.tsx'
import { Refreshes } from './task-refreshes.tsx'
import { TaskTimesLocked } from './task-times-locked.tsx'
import { tellEdit } from './tell-edit.ts'
import { undoOfEdit } from './task-undo.ts'
import { formTargets, useCreateTask, useUpdateTask } from './task-writes.ts'
import { contentName, refreshTypeWords, taskName } from '../../lib/task-words.ts'
import type { HeldTasks } from './tasks.queries.ts'
import { useTaskForm } from './use-task-form.ts'
import { wouldBeOf } from './task-would-be.ts'
import classes from '../../components/form.module.css'

const types = refreshTypes.map((value) => ({ value, label: refreshTypeWords(value) }))
const ofType: Readonly<Record<string, string>> = {
  FullRefresh: 'The extract is made anew, from all rows.',
  IncrementalRefresh: 'Only new rows are added: Tableau refuses it for an extract that was not set up for it.',
}

interface TaskFormProps {
  /** The task that is changed, as it was just read; absent for a new one. */
  task: Task | undefined
  /** What a new task refreshes; as much as is known of it. */
  content: Content | undefined
  /** True once something was chosen here. */
  chose: boolean
  /** Why it cannot be saved by this person, or not for this content. */
  reason: string | undefined
  /** Every task, for Tableau's clock. */
  list: HeldTasks | undefined
  /** What is wrong with the content that is chosen. */
  unfit?: string | undefined
  /** Chooses what a new task refreshes. */
  onChoose?: (content: Content | undefined) => void
  /** What there is to know of that content. */
  children?: ReactNode
}

/** Makes or changes a task of Tableau Cloud. Rules are told under the fields; nothing typed is lost by a refusal. */
export const TaskForm = ({ task, content, chose, reason, list, unfit, onChoose, children }: TaskFormProps) => {
  const site = useServerZone()
  const online = useOnline()
  const navigate = useNavigate()
  const reasonId = useId()
  const form = useRef<HTMLFormElement>(null)
  const target = task === undefined ? formTargets.create : formTargets.update(task.id)
  const write = useWriteState(target)
  const underWay = write?.phase === 'sending' || write?.phase === 'checking'
  const [sent, setSent] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const ref: ContentRef | undefined = content
  const state = useTaskForm(task, ref, sent || underWay ? write : undefined)
  const { base, values, errors, read, times } = state
  const create = useCreateTask()
  const update = useUpdateTask()
  const clock = useMemo(() => (list === undefined ? undefined : { base: Date.parse(list.age.tableauNow), receipt: list.receipt }), [list])
  const guard = useLeaveGuard(state.dirty || chose, underWay)
  const name = base === undefined ? (content === undefined ? '' : contentName(content)) : taskName(base)

  const done = useRef<(result: WriteResult | undefined) => void>(() => undefined)
  useEffect(() => {
    done.current = (result) => {
      guard.release()
      const id = base?.id ?? result?.taskId
      void navigate(paths.tasks(id === undefined ? {} : { task: id }), { replace: true })
    }
  })
  useEffect(() => {
    if (write?.phase !== 'done') return
    dismissWrite(target)
    // After one that was sent before this form was opened, and is told by its toast, the form stays.
    if (sent) done.current(write.result)
  }, [write, target, sent])

  const disabled = reason !== undefined || underWay
  const unchanged = base !== undefined && !state.dirty ? 'Nothing is changed yet.' : undefined
  const failure = write?.phase === 'not-done' ? write.failure : undefined

  const tellLeft = useTellLeft()
  const send = () => {
    if (!('body' in read) || underWay) return
    setSent(true)
    state.sent()
    setConfirming(false)
    // What is told, and what an undo puts back, is of the moment of sending, and holds when this page is left before it is known.
    if ('changes' in read.body) {
      if (base === undefined) return
      const { changes } = read.body
      update.mutate({ target, input: { params: { id: base.id }, body: read.body }, onFailed: tellLeft(`the change of the task of “${name}”`), onDone: (told) => tellEdit(base, changes, told) })
    } else create.mutate({ target, input: { body: read.body }, onFailed: tellLeft(`making a task for “${name}”`), onDone: ({ evidence, result }) => toast(`Made a task for “${name}”`, toldOf(evidence, result)) })
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (disabled || unchanged !== undefined) return
    state.submit()
    if ('errors' in read) {
      const [field = ''] = Object.keys(read.errors)
      form.current?.querySelector<HTMLElement>(field === 'content' ? 'input[type="search"]' : `[name="${field}"]`)?.focus()
    } else if (base === undefined) send()
    else setConfirming(true)
  }

  const wouldBe = wouldBeOf(base, read, unchanged)
  const undo = base !== undefined && 'body' in read && 'changes' in read.body ? undoOfEdit(base, read.body.changes) : undefined
  const means = times.open ? state.typed : base?.schedule?.recurrence
  const fields = { values, errors, disabled, onChange: state.change }
  const refusal = sent ? failure : undefined
  const differences = confirming && base !== undefined ? differencesOf(base, values, times.open) : []
  return (
    <div className={classes['columns']}>
      <form ref={form} onSubmit={submit} noValidate className={classes['form']} aria-label={base === undefined ? 'New task' : 'Task'} aria-describedby={reason === undefined ? undefined : reasonId}>
        {reason !== undefined && (
          <p id={reasonId} className={classes['notice']}>
            {reason}
          </p>
        )}
        {onChoose === undefined ? <Refreshes content={content} /> : <ContentChoice chosen={content} onChoose={onChoose} fault={unfit ?? errors.content} />}
        {children}
        <Choice
          name="refreshType"
          legend="Refresh"
          value={values.refreshType}
          choices={types}
          error={errors.refreshType}
          hint={values.refreshType === '' ? 'Tableau does not tell which it is at present.' : ofType[values.refreshType]}
          disabled={disabled}
          onChange={(refreshType) => state.change({ refreshType })}
        />
        {times.open ? (
          <>
            <CloudTimesFields {...fields} site={site} />
            {base !== undefined && times.fault !== undefined && <p className={classes['notice']}>Saving replaces the present times as a whole.</p>}
          </>
        ) : (
          base !== undefined && <TaskTimesLocked base={base} fault={times.fault ?? ''} site={site} disabled={disabled} onNewTimes={state.setNewTimes} />
        )}
        {refusal !== undefined && state.elsewhere === undefined && (
          <FailureNotice failure={refusal}>
            {refusal.code === 'changed_elsewhere' && (
              <div>
                What you typed is kept. {state.look.failure === undefined ? !state.look.gone && 'Reading what is there now …' : <LookAgain pending={state.look.pending} onLook={() => void state.lookAgain()} />}
              </div>
            )}
          </FailureNotice>
        )}
        {state.look.failure !== undefined && <FailureNotice failure={state.look.failure} />}
        {state.look.gone && <output className={classes['notice']}>The task is not there any more: it was deleted, or you may not see it now.</output>}
        {state.elsewhere !== undefined && <ElsewhereNote rows={changedElsewhere(state.elsewhere, values, times.open)} disabled={disabled} onTake={state.take} />}
        <WriteNote state={write} what={base === undefined ? 'the task was made' : 'the changes were saved'}>
          <Link to={paths.tasks(content === undefined ? {} : { content: content.id })}>Look at the list of tasks.</Link>
        </WriteNote>
        <WouldSend write={wouldBe} />
        {!online && <output className={classes['notice']}>This computer is offline: it cannot be sent now. What you type stays.</output>}
        <div className={classes['buttons']}>
          <WriteButton submit busy={underWay} failure={failure} reason={reason ?? unchanged} reasonId={reason === undefined ? undefined : reasonId}>
            {base === undefined ? 'Create task' : 'Save …'}
          </WriteButton>
          <Button variant="default" component={Link} to={paths.tasks(base === undefined ? {} : { task: base.id })}>
            {base === undefined ? 'Cancel' : 'Back without saving'}
          </Button>
          {unchanged !== undefined && reason === undefined && <span className={classes['hint']}>{unchanged}</span>}
        </div>
      </form>
      <TaskPreview recurrence={means} pending={times.open ? 'What it means appears here as you type.' : 'Tableau does not tell its times.'} site={site} clock={clock} />
      {confirming && base !== undefined && (
        <SaveDialog
          name={name}
          differences={differences}
          write={wouldBe}
          final={undo !== undefined && 'why' in undo ? undo.why : undefined}
          onSave={send}
          onClose={() => setConfirming(false)}>
          <p>
            {differences.some(({ field }) => field === 'recurrence') ? 'The schedule of the task is replaced as a whole: nothing of its times before stays.' : 'Its times stay as they are.'} What it refreshes stays
            the same.
          </p>
        </SaveDialog>
      )}
      {guard.dialog}
    </div>
  )
}
