import type { Content, Task } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconListCheck, IconSearch } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import { SubPage } from '../../components/sub-page.tsx'
import { UnreadPage } from '../../components/unread-page.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { useTitle } from '../../lib/title.ts'
import { contentFault } from './add-task-words.ts'
import { parseAddTaskSearch } from './add-task.search.ts'
import { TaskForm } from './task-form.tsx'
import { taskName } from '../../lib/task-words.ts'
import { canCreate, canEdit } from './tasks-can.ts'
import { allTasks } from './tasks.queries.ts'
import { useChosenContent } from './use-chosen-content.ts'
import classes from '../../components/form.module.css'

/** On a Server a task has no times of its own. */
const NotHere = ({ title }: { title: string }) => {
  const can = canCreate(useSession())
  useTitle(title)
  return (
    <Message
      page
      icon={IconListCheck}
      title={title}
      action={
        <Button component={Link} to={paths.addTask()}>
          Add to a schedule
        </Button>
      }
    >
      {can}
    </Message>
  )
}

const Already = ({ content, tasks }: { content: Content; tasks: readonly Task[] }) => {
  const many = tasks.filter((task) => task.content?.id === content.id).length
  if (many === 0) return null
  return (
    <p className={classes['notice']}>
      <strong>{many === 1 ? 'A task refreshes it already.' : `${many} tasks refresh it already.`}</strong> This one comes on top. <Link to={paths.tasks({ content: content.id })}>{many === 1 ? 'See that task' : 'See those tasks'}</Link>
    </p>
  )
}

const NewTask = () => {
  const [params] = useSearchParams()
  const ref = useMemo(() => parseAddTaskSearch(params).content, [params])
  // What the address named at first was not chosen here.
  const [named] = useState(ref)
  const navigate = useNavigate()
  const live = useIsLive()
  const { data } = useQuery({ ...allTasks(), enabled: live })
  const { content, error, keep } = useChosenContent(ref, data)
  const can = canCreate(useSession())
  useTitle('New task')
  const choose = (next: Content | undefined) => {
    if (next !== undefined) keep(next)
    void navigate(paths.newTask(next === undefined ? {} : { content: next }), { replace: true, preventScrollReset: true })
  }
  const fault = content === undefined ? undefined : contentFault(content)
  return (
    <SubPage title="New task" back={{ to: paths.tasks(), label: 'Tasks' }}>
      <TaskForm
        task={undefined}
        content={content}
        chose={ref?.id !== named?.id}
        reason={can === true ? fault : can}
        list={data}
        unfit={fault}
        onChoose={choose}
      >
        {content !== undefined && <Already content={content} tasks={data?.tasks ?? []} />}
        {error !== undefined && <FailureNotice failure={failureOf(error)}>You can make the task all the same: Tableau decides.</FailureNotice>}
      </TaskForm>
    </SubPage>
  )
}

/** Makes a task of Tableau Cloud. */
export const NewTaskPage = () => (useSession().server.flavor === 'cloud' ? <NewTask /> : <NotHere title="No task is made by itself here" />)

const EditTask = ({ id }: { id: string }) => {
  const live = useIsLive()
  const { data, error, isFetchedAfterMount, isFetching, refetch } = useQuery({ ...allTasks(), enabled: live })
  // The form is opened on one reading: what is read later must not change it under somebody's hands.
  const [opened, setOpened] = useState<Task>()
  const found = data?.tasks.find((task) => task.id === id)
  const read = data !== undefined && isFetchedAfterMount && error === null
  if (opened === undefined && found !== undefined && read) setOpened(found)
  const name = opened === undefined ? undefined : taskName(opened)
  useTitle(name === undefined ? 'Edit task' : `Edit the task of ${name}`)

  if (opened === undefined && error !== null && !isSessionEnd(error)) {
    const failure = failureOf(error)
    return <UnreadPage title="The task could not be read" failure={failure} onRetry={() => void refetch()} retrying={isFetching} />
  }
  if (opened === undefined && read) {
    return (
      <Message
        page
        icon={IconSearch}
        title="There is no such task"
        action={
          <Button component={Link} to={paths.tasks()}>
            Tasks
          </Button>
        }
      >
        It may have been deleted, or you may not see it any more. Its id is <code>{id}</code>.
      </Message>
    )
  }
  const can = opened === undefined || data === undefined ? true : canEdit(opened, data.edit)
  return (
    <SubPage title={name === undefined ? 'Edit task' : `Edit the task of “${name}”`} back={{ to: paths.tasks({ task: id }), label: 'Task' }}>
      {opened === undefined ? (
        <output className={classes['columns']}>Reading the task …</output>
      ) : (
        <TaskForm task={opened} content={opened.content} chose={false} reason={can === true ? undefined : can} list={data} />
      )}
    </SubPage>
  )
}

/** Changes a task of Tableau Cloud. */
export const EditTaskPage = () => {
  const { id = '' } = useParams()
  return useSession().server.flavor === 'cloud' ? <EditTask key={id} id={id} /> : <NotHere title="A task has no times of its own here" />
}
