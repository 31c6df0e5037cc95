import type { ExtractEncryptionMode, SiteDetail } from '@refreshboard/api-types'
import { useId, useState } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconChevronRight, IconLock } from '../../components/icons.ts'
import { WriteNote } from '../../components/write-note.tsx'
import type { Failure } from '../../lib/api-error.ts'
import { useSession } from '../../lib/session-store.ts'
import { dismissWrite, useWriteState } from '../../lib/writes.ts'
import { modeLabel, modeMeaning } from './extract-words.ts'
import { ModeDialog, SiteExtractsDialog } from './site-dialogs.tsx'
import { SiteEncryptionActions } from './site-encryption-actions.tsx'
import { siteTargets, type SiteWrite } from './site-writes.ts'
import classes from './site-encryption.module.css'

/** What is asked for: a dialog is open about it. */
export type Asking = { what: 'mode'; mode: ExtractEncryptionMode } | { what: Exclude<SiteWrite, 'mode'> }

const whats: Record<SiteWrite, string> = {
  mode: 'the mode was changed',
  encrypt: 'the extracts were encrypted',
  decrypt: 'the extracts were decrypted',
  reencrypt: 'the extracts were re-encrypted',
}
const writes = ['mode', 'encrypt', 'decrypt', 'reencrypt'] as const

const modeTold = (site: SiteDetail | undefined, failed: boolean): string => {
  if (site === undefined) return failed ? 'could not be read' : 'reading …'
  return site.extractEncryptionMode === undefined ? 'not told' : modeLabel(site.extractEncryptionMode).toLowerCase()
}

const Note = ({ write }: { write: SiteWrite }) => (
  <WriteNote state={useWriteState(siteTargets[write])} what={whats[write]}>
    Look at the extracts before you ask for it again.
  </WriteNote>
)

interface SiteEncryptionProps {
  site: SiteDetail | undefined
  /** Why it could not be read. */
  failure: Failure | undefined
  onRetry: () => void
}

/** How the site encrypts its extracts, in a line; what can be done about it below. Tableau Cloud leaves nothing to do. */
export const SiteEncryption = ({ site, failure, onRetry }: SiteEncryptionProps) => {
  const session = useSession()
  const id = useId()
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState<Asking>()
  const { siteEncryption } = session.can
  if (session.server.flavor === 'cloud') {
    return <p className={classes['cloud']}>{siteEncryption.allowed ? '' : siteEncryption.reason}</p>
  }
  const mode = site?.extractEncryptionMode
  const ask = (next: Asking) => {
    // What became of an earlier one was read; a write that is still under way stays.
    dismissWrite(siteTargets[next.what])
    setAsking(next)
  }
  return (
    <section className={classes['card']} aria-label="Extract encryption of the site">
      <button type="button" className={classes['line']} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} aria-hidden className={classes['chevron']} data-open={open || undefined} />
        <IconLock size={14} aria-hidden className={classes['lock']} />
        <span className={classes['words']}>
          <strong>Extract encryption of “{session.site.name}”: {modeTold(site, failure !== undefined)}</strong>
          {mode !== undefined && <span className={classes['meaning']}>{modeMeaning(mode)}</span>}
        </span>
      </button>
      {writes.filter((write) => asking?.what !== write).map((write) => (
        <Note key={write} write={write} />
      ))}
      <div id={id} hidden={!open} className={classes['more']}>
        {failure !== undefined && <FailureNotice failure={failure} onRetry={onRetry} />}
        {open && <SiteEncryptionActions mode={mode} onAsk={ask} />}
      </div>
      {asking?.what === 'mode' && <ModeDialog seen={mode} mode={asking.mode} onClose={() => setAsking(undefined)} />}
      {asking !== undefined && asking.what !== 'mode' && <SiteExtractsDialog all={asking.what} onClose={() => setAsking(undefined)} />}
    </section>
  )
}
