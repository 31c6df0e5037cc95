import { Button } from '@mantine/core'
import type { Permission, Session } from '@refreshboard/api-types'
import type { ComponentProps, ComponentType } from 'react'
import { Link } from 'react-router'
import { useSession } from '../lib/session-store.ts'
import { useTitle } from '../lib/title.ts'
import { Message } from './message.tsx'

interface Gate {
  permissionOf: (can: Session['can']) => Permission
  /** What the page is called. */
  title: string
  /** That it is not there, in a few words. */
  words: string
  icon: ComponentProps<typeof Message>['icon']
  /** Where the tasks are, which everybody may see some of. */
  tasks: string
}

const NotHere = ({ title, words, icon, tasks, reason }: Omit<Gate, 'permissionOf'> & { reason: string }) => {
  useTitle(title)
  return (
    <Message
      page
      icon={icon}
      title={words}
      action={
        <Button component={Link} to={tasks}>
          Tasks
        </Button>
      }
    >
      {reason}
    </Message>
  )
}

/** A page that is there only where something is allowed: otherwise why not, whatever the address. Nothing is asked of Tableau then. */
export const whereAllowed = ({ permissionOf, ...told }: Gate, Page: ComponentType) => () => {
  const permission = permissionOf(useSession().can)
  return permission.allowed ? <Page /> : <NotHere {...told} reason={permission.reason} />
}
