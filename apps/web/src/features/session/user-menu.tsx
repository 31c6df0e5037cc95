import { Dropdown, DropdownItem, DropdownText } from '../../components/dropdown.tsx'
import { IconLogout, IconUser } from '../../components/icons.ts'
import { useSession } from '../../lib/session-store.ts'
import { roleWords } from './role-words.ts'
import { useSignOut } from './session.queries.ts'
import classes from './user-menu.module.css'

/** Who is signed in, as what, and the way out. */
export const UserMenu = () => {
  const { user, site } = useSession()
  const { mutate: signOut, isPending } = useSignOut()
  return (
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
  )
}
