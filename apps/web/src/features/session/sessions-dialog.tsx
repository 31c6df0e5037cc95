import type { SessionEntry } from '@refreshboard/api-types'
import { Button, Loader } from '@mantine/core'
import { useRef } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useNow } from '../../lib/now.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { formatAge, formatInstant } from '../../lib/time.ts'
import { useZone } from '../../lib/zone.ts'
import { useEndSession, useEndSessions, useSessions } from './sessions.queries.ts'
import classes from './sessions-dialog.module.css'

interface EntryProps {
  entry: SessionEntry
  ending: boolean
  onEnd: () => void
}

const Entry = ({ entry, ending, onEnd }: EntryProps) => {
  const now = useNow()
  const zone = useZone()
  const signedIn = `signed in ${formatInstant(Date.parse(entry.signedInAt), zone.name, now)}`
  return (
    <li className={classes['session']}>
      <div className={classes['words']}>
        <div className={classes['browser']}>{entry.browser}</div>
        <div className={classes['times']}>
          {signedIn} · last used {formatAge(now - Date.parse(entry.lastActiveAt))}
        </div>
      </div>
      {entry.current ? (
        <span className={classes['here']}>this browser</span>
      ) : (
        <Button size="compact-sm" variant="default" loading={ending} aria-label={`End: ${entry.browser}, ${signedIn}`} onClick={onEnd}>
          End
        </Button>
      )}
    </li>
  )
}

/** Where this person is signed in on this site, each to be ended, and all at once. */
export const SessionsDialog = ({ onClose }: { onClose: () => void }) => {
  const { server, site, user } = useSession()
  const live = useIsLive()
  const sessions = useSessions()
  const one = useEndSession()
  const all = useEndSessions()
  const list = useRef<HTMLUListElement>(null)
  const pending = one.isPending || all.isPending
  // The end of this very session is shown by its own dialog, not twice.
  const failed = [one.error, all.error].find((error) => error !== null && !isSessionEnd(error))

  const end = (entry: SessionEntry) => {
    if (pending) return
    all.reset()
    // Its button goes; the focus stays in the list.
    one.mutate(entry, { onSuccess: () => list.current?.focus() })
  }
  const endAll = () => {
    if (pending) return
    one.reset()
    all.mutate()
  }
  return (
    <Dialog title="Your sessions" onClose={onClose} active={live}>
      <div>
        Browsers in which {user.name} is signed in to {site.name}, {server.host}.
      </div>
      {sessions.error !== null && !isSessionEnd(sessions.error) && (
        <FailureNotice failure={failureOf(sessions.error)} onRetry={() => void sessions.refetch()} retrying={sessions.isFetching} />
      )}
      {sessions.data === undefined ? (
        sessions.error === null && <Loader size="sm" color="gray" aria-label="Loading" />
      ) : (
        <ul ref={list} tabIndex={-1} aria-label="Sessions" className={classes['list']}>
          {sessions.data.items.map((entry) => (
            <Entry key={entry.id} entry={entry} ending={one.isPending && one.variables.id === entry.id} onEnd={() => end(entry)} />
          ))}
        </ul>
      )}
      {failed !== undefined && <FailureNotice failure={failureOf(failed)} />}
      <output>{one.isSuccess && `Ended: ${one.variables.browser}. It has to sign in again.`}</output>
      <div className={classes['everywhere']}>
        <p>Signing out everywhere ends all of them, this browser too. Each has to sign in again; what was typed in them is lost.</p>
        <Button color="red" loading={all.isPending} onClick={endAll}>
          Sign out everywhere
        </Button>
      </div>
    </Dialog>
  )
}
