import type { Session } from '@refreshboard/api-types'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Dialog } from '../../components/dialog.tsx'
import type { SessionEndCode } from '../../lib/api-error.ts'
import { methodPreference } from '../../lib/preferences.ts'
import { useSignIn, useSignOut } from './session.queries.ts'
import { SignInForm } from './sign-in-form.tsx'
import classes from './sign-in.module.css'

interface ReauthDialogProps {
  session: Session
  code: SessionEndCode
}

const causes = {
  session_expired: 'Tableau ended your session: it reached its end, or a new sign-in with the same token replaced it.',
  unauthenticated: 'Your session in Refreshboard has ended: nobody acted for a while, or it reached its longest time.',
} as const

/** The session died in mid-work: sign in on top of the page. What is open stays open; what was typed stays typed. */
export const ReauthDialog = ({ session, code }: ReauthDialogProps) => {
  const { server, site, user } = session
  const { mutate, error, isPending } = useSignIn()
  const { mutate: signOut } = useSignOut()
  const method = methodPreference.get()
  return (
    <Dialog title="Sign in again to go on" urgent>
      <p className={classes['who']}>
        {causes[code]} Everything on the page stays as it is: you were <strong>{user.name}</strong> on {site.name}, {server.host}.
      </p>
      <SignInForm
        fixed
        servers={[server]}
        initial={{ serverId: server.id, site: site.contentUrl, name: user.name, method: method === 'none' ? 'password' : method }}
        error={error}
        pending={isPending}
        onSubmit={(body) => mutate(body)}
      />
      <p>
        <Link to={paths.signIn()} onClick={() => signOut()}>
          Leave this page and sign in elsewhere
        </Link>
      </p>
    </Dialog>
  )
}
