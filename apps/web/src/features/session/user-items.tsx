import { DropdownItem, DropdownText } from '../../components/dropdown.tsx'
import { IconLock, IconLogout } from '../../components/icons.ts'
import { useSession } from '../../lib/session-store.ts'
import { roleWords } from './role-words.ts'

/** What stands in the menu of the person: as what they are here, where else, and the way out. */
export const UserItems = ({ onSessions, onSignOut }: { onSessions: () => void; onSignOut: () => void }) => {
  const { user, site } = useSession()
  return (
    <>
      <DropdownText>
        {user.fullName ?? user.name}
        <br />
        {roleWords(user.siteRole)} on {site.name}
      </DropdownText>
      <DropdownItem icon={<IconLock size={16} aria-hidden />} onClick={onSessions}>
        Your sessions
      </DropdownItem>
      <DropdownItem icon={<IconLogout size={16} aria-hidden />} onClick={onSignOut}>
        Sign out
      </DropdownItem>
    </>
  )
}
