import { addToSchedule, luidSchema, type Content } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { GatedButton } from '../../components/gated-button.tsx'
import { useHold } from '../../components/hold.ts'
import { meant, WouldSend } from '../../components/would-send.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useOnline } from '../../lib/online.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { useTitle } from '../../lib/title.ts'
import { useWrite, useWriteState, type WriteState } from '../../lib/writes.ts'
import { useZone } from '../../lib/zone.ts'
import { addWords, contentFault, refusalWords, taskOn } from './add-task-words.ts'
import { parseAddTaskSearch, type AddTaskSearch } from './add-task.search.ts'
import { ContentChoice } from './content-choice.tsx'
import { ScheduleChoice } from './schedule-choice.tsx'
import { contentName } from '../../lib/task-words.ts'
import { allSchedules, allTasks } from './tasks.queries.ts'
import { useAdded } from './use-added.ts'
import { useChosenContent } from './use-chosen-content.ts'
import classes from './add-task.module.css'

/** What is followed: one content on one schedule at a time. */
const targetOf = ({ kind, scheduleId, content }: AddTaskSearch): string => `tasks.add ${kind} ${scheduleId ?? ''} ${content?.kind ?? ''} ${content?.id ?? ''}`

/** What adding asks of Tableau, once content and schedule are chosen. */
const inputOf = ({ kind: adding, scheduleId, content }: AddTaskSearch) => {
  const id = luidSchema.safeParse(scheduleId)
  if (content === undefined || !id.success) return undefined
  return { params: { id: id.data }, body: { kind: adding, ...(content.kind === 'workbook' ? { workbookId: content.id } : { datasourceId: content.id }) } }
}

/** What became of it, below the form. */
const Outcome = ({ write, scheduleId }: { write: WriteState | undefined; scheduleId: string | undefined }) => {
  switch (write?.phase) {
    case 'checking':
      return (
        <output className={classes['note']}>
          <strong>Checking …</strong> The reply was lost. Refreshboard reads the schedule’s tasks back; nothing is sent again.
        </output>
      )
    case 'unconfirmed':
      return (
        <div className={classes['note']} data-late>
          <output>
            <strong>It could not be confirmed whether it was added.</strong> {write.evidence}
          </output>{' '}
          {scheduleId !== undefined && <Link to={paths.schedule({ id: scheduleId })}>Look at the schedule’s tasks</Link>} before you add it again.
        </div>
      )
    case 'not-done': {
      const words = refusalWords(write.failure)
      return <FailureNotice failure={write.failure}>{words !== undefined && <div>{words}</div>}</FailureNotice>
    }
    case 'sending':
    case 'done':
    case undefined:
      break
  }
  return null
}

const AddTask = () => {
  const [params] = useSearchParams()
  const search = useMemo(() => parseAddTaskSearch(params), [params])
  const { kind: adding } = search
  const words = addWords[adding]
  useTitle(words.title)
  const navigate = useNavigate()
  const zone = useZone().name
  const live = useIsLive()
  const online = useOnline()
  const { can } = useSession()
  const permission = adding === 'dataAcceleration' ? can.dataAcceleration : can.addToSchedules
  const tasks = useQuery({ ...allTasks(), enabled: live && can.listTasks.allowed })
  const schedules = useQuery({ ...allSchedules(), enabled: live })
  const { content, manage, error, keep } = useChosenContent(search.content, tasks.data)
  const [asked, setAsked] = useState(false)
  const target = targetOf(search)
  const write = useWriteState(target)
  const { mutate } = useWrite(addToSchedule, ['tasks', 'schedules', 'jobs'])
  const schedule = schedules.data?.schedules.find(({ id }) => id === search.scheduleId)
  useAdded({ kind: adding, target, write, scheduleId: search.scheduleId, what: content === undefined ? '' : contentName(content), where: schedule?.name })

  const choose = (next: Partial<AddTaskSearch>) => {
    const { scheduleId, content: ref } = { ...search, ...next }
    void navigate(paths.addTask({ kind: adding, ...(scheduleId === undefined ? {} : { scheduleId }), ...(ref === undefined ? {} : { content: ref }) }), { replace: true, preventScrollReset: true })
  }
  const chooseContent = (next: Content | undefined) => {
    if (next !== undefined) keep(next)
    choose({ content: next })
  }
  // Who may manage extracts may add them to schedules; older servers tell neither, and there Tableau decides.
  const notTheirs = adding === 'extractRefresh' && can.manageExtracts.allowed && manage?.allowed === false ? manage.reason : undefined
  const noExtract = content === undefined ? undefined : contentFault(content, adding)
  const missing = { content: search.content === undefined ? words.missing.content : undefined, schedule: search.scheduleId === undefined ? words.missing.schedule : undefined }
  const twice = content === undefined || search.scheduleId === undefined || adding !== 'extractRefresh' ? undefined : taskOn(tasks.data?.tasks ?? [], content, search.scheduleId)
  const busy = write?.phase === 'sending' || write?.phase === 'checking' || write?.phase === 'done'
  const hold = useHold(write?.phase === 'not-done' ? write.failure : undefined, zone)
  const reason = (permission.allowed ? undefined : permission.reason) ?? notTheirs ?? noExtract ?? hold?.reason ?? (online ? undefined : 'This computer is offline: it cannot be sent now.')
  const input = inputOf(search)
  const add = () => {
    setAsked(true)
    if (!busy && input !== undefined) mutate({ target, input })
  }

  return (
    <div className={classes['page']}>
      <h1 className={classes['title']}>{words.title}</h1>
      <p className={classes['lead']}>{words.lead}</p>
      <div className={classes['columns']}>
        <div>
          <ContentChoice workbooksOnly={adding === 'dataAcceleration'} chosen={content} onChoose={chooseContent} fault={noExtract ?? (asked ? missing.content : undefined)} />
          {error !== undefined && <FailureNotice failure={failureOf(error)}>You can add it all the same: Tableau decides.</FailureNotice>}
        </div>
        <ScheduleChoice
          type={words.scheduleType}
          data={schedules.data}
          failure={schedules.error === null || isSessionEnd(schedules.error) ? undefined : failureOf(schedules.error)}
          onRetry={() => void schedules.refetch()}
          chosen={search.scheduleId}
          onChoose={(scheduleId) => choose({ scheduleId })}
          fault={asked ? missing.schedule : undefined}
          zone={zone}
        />
      </div>
      <div className={classes['end']}>
        {twice !== undefined && !busy && (
          <div className={classes['note']} data-late>
            <strong>This schedule refreshes it already.</strong> Added again, it would be refreshed twice each time.{' '}
            <Link to={paths.tasks({ task: twice.id })}>See that task</Link>
          </div>
        )}
        <Outcome write={write} scheduleId={search.scheduleId} />
        <WouldSend write={input === undefined ? { notYet: missing.content ?? missing.schedule ?? 'Choose another schedule: Tableau does not accept the id of this one.' } : meant(addToSchedule, input)} />
        <div className={classes['buttons']}>
          <GatedButton reason={reason} reasonId="add-reason" hold={hold} loading={write?.phase === 'sending' || write?.phase === 'checking'} onClick={add}>
            {words.button}
          </GatedButton>
          <Button variant="default" component={Link} to={search.scheduleId === undefined ? paths.tasks() : paths.schedule({ id: search.scheduleId })}>
            Back
          </Button>
          {reason !== undefined && (
            <span id="add-reason" className={classes['dim']}>
              {reason}
            </span>
          )}
        </div>
      </div>
    </div>
  )
}

/** Adds a workbook or a data source to a schedule, which from then on refreshes or accelerates it. Without schedules a task is made instead. */
export const AddTaskPage = () => {
  const { readSchedules } = useSession().can
  const [params] = useSearchParams()
  const { content } = parseAddTaskSearch(params)
  if (!readSchedules.allowed) return <Navigate to={paths.newTask(content === undefined ? {} : { content })} replace />
  return <AddTask />
}
