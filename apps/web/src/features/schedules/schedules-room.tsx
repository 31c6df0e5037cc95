import { Button } from '@mantine/core'
import type { ComponentType } from 'react'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { IconCalendar } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import { useSession } from '../../lib/session-store.ts'
import { useTitle } from '../../lib/title.ts'

const NoSchedules = ({ reason }: { reason: string }) => {
  useTitle('Schedules')
  return (
    <Message
      page
      icon={IconCalendar}
      title="There are no schedules here"
      action={
        <Button component={Link} to={paths.tasks()}>
          Tasks
        </Button>
      }
    >
      {reason}
    </Message>
  )
}

/** A page of the schedules, where there are any: otherwise why not, whatever the address. Nothing is asked of Tableau then. */
export const whereSchedulesAre = (Page: ComponentType) => () => {
  const { readSchedules } = useSession().can
  return readSchedules.allowed ? <Page /> : <NoSchedules reason={readSchedules.reason} />
}
