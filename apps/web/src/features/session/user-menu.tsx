import { lazy, Suspense, useState } from 'react'
import { BrokenPart } from '../../components/broken-part.tsx'
import { Dropdown } from '../../components/dropdown.tsx'
import { IconUser } from '../../components/icons.ts'
import { useSession } from '../../lib/session-store.ts'
import { useSignOut } from './session.queries.ts'
import classes from './user-menu.module.css'

const UserItems = lazy(async () => ({ default: (await import('./user-items.tsx')).UserItems }))
const Sessions = lazy(async () => ({ default: (await import('./sessions-dialog.tsx')).SessionsDialog }))

/** Who is signed in, as what, where else, and the way out. */
export const UserMenu = () => {
  const { user } = useSession()
  const { mutate: signOut, isPending } = useSignOut()
  const [sessions, setSessions] = useState(false)
  return (
    <>
      <Dropdown
        kind="menu"
        align="end"
        ariaLabel={`Signed in as ${user.name}`}
        icon={<IconUser size={16} aria-hidden />}
        loading={isPending}
        label={<span className={classes['name']}>{user.name}</span>}
      >
        {(close) => (
          <UserItems
            onSessions={() => {
              close()
              setSessions(true)
            }}
            onSignOut={() => {
              close()
              signOut()
            }}
          />
        )}
      </Dropdown>
      {sessions && (
        <BrokenPart what="This dialog">
          <Suspense fallback={null}>
            <Sessions onClose={() => setSessions(false)} />
          </Suspense>
        </BrokenPart>
      )}
    </>
  )
}
