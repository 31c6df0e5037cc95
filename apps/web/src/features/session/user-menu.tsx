import { lazy, Suspense, useState } from 'react'
import { BrokenPart } from '../../components/broken-part.tsx'
import { Dropdown, DropdownItem, DropdownText } from '../../components/dropdown.tsx'
import { IconLock, IconLogout, IconUser } from '../../components/icons.ts'
import { useSession } from '../../lib/session-store.ts'
import { roleWords } from './role-words.ts'
import { useSignOut } from './session.queries.ts'
import classes from './user-menu.module.css'

const Sessions = lazy(async () => ({ default: (await import('./sessions-dialog.tsx')).SessionsDialog }))

/** Who is signed in, as what, where else, and the way out. */
export const UserMenu = () => {
  const { user, site } = useSession()
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
          <>
            <DropdownText>
              {user.fullName ?? user.name}
              <br />
              {roleWords(user.siteRole)} on {site.name}
            </DropdownText>
            <DropdownItem
              icon={<IconLock size={16} aria-hidden />}
              onClick={() => {
                close()
                setSessions(true)
              }}
            >
              Your sessions
            </DropdownItem>
            <DropdownItem
              icon={<IconLogout size={16} aria-hidden />}
              onClick={() => {
                close()
                signOut()
              }}
            >
              Sign out
            </DropdownItem>
          </>
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
