import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { IconListCheck, IconLock, IconSearch } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import { useSession } from '../../lib/session-store.ts'
import { useTitle } from '../../lib/title.ts'
import { canCreate } from './tasks-can.ts'
import type { TasksFilter } from './tasks.search.ts'

/** Where this Tableau does not tell its tasks: why. Nothing is asked of it then. */
export const NoTasks = ({ reason }: { reason: string }) => {
  useTitle('Tasks')
  return (
    <Message page icon={IconLock} title="Tasks cannot be shown here">
      {reason}
    </Message>
  )
}

interface TasksEmptyProps {
  filtered: boolean
  filter: TasksFilter
  scope: 'site' | 'own'
  onClear: () => void
}

/** Nothing to show: why, and what to do. */
export const TasksEmpty = ({ filtered, filter, scope, onClear }: TasksEmptyProps) => {
  const session = useSession()
  const cloud = session.server.flavor === 'cloud'
  if (filtered) {
    const only = filter.content !== undefined && filter.q === ''
    return (
      <Message icon={IconSearch} title={only ? 'No refresh task for this content' : 'No task matches'} action={<Button onClick={onClear}>Clear filters</Button>}>
        {only
          ? cloud
            ? 'No task refreshes it, as far as Tableau shows you.'
            : 'No schedule refreshes it, as far as Tableau shows you. You can add it to a schedule.'
          : filter.trouble
            ? 'No task of this kind failed in its last run. That is good news.'
            : `Other tasks are there, but none with this project, owner, ${cloud ? 'cadence' : 'schedule'} and text.`}
      </Message>
    )
  }
  if (cloud) {
    const can = canCreate(session)
    return (
      <Message
        icon={IconListCheck}
        title={scope === 'own' ? 'You have no refresh tasks' : 'This site has no refresh tasks yet'}
        action={
          can === true && (
            <Button component={Link} to={paths.newTask()}>
              New task
            </Button>
          )
        }
      >
        {scope === 'own' ? 'Tableau shows you the tasks of the content that you own.' : 'A task says when a workbook or a data source is refreshed.'} {can === true ? '“New task” makes one.' : can}
      </Message>
    )
  }
  return (
    <Message
      icon={IconListCheck}
      title={scope === 'own' ? 'You have no refresh tasks' : 'This site has no refresh tasks yet'}
      action={
        <Button component={Link} to={paths.addTask()}>
          Add to a schedule
        </Button>
      }
    >
      {scope === 'own'
        ? 'Tableau shows you the tasks of the content that you own. Add a workbook or a data source to a schedule, and it is refreshed from then on.'
        : 'A task appears here once a workbook or a data source is added to a schedule: from then on it is refreshed by it.'}
    </Message>
  )
}
