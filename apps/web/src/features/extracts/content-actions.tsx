import type { ContentDetail, SiteDetail } from '@refreshboard/api-types'
import { lazy, Suspense, useId, useState } from 'react'
import { GatedButton } from '../../components/gated-button.tsx'
import { useOnline } from '../../lib/online.ts'
import { useSession } from '../../lib/session-store.ts'
import { dismissWrite, isUnderWay, useWriteState } from '../../lib/writes.ts'
import type { TasksOnIt } from './content-tasks.tsx'
import { dismissExtractRun, type ExtractRun } from './extract-run.ts'
import { targets } from './extract-writes.ts'
import { settledByMode, whyNotCreate, whyNotDelete, whyNotSetEncryption } from './extracts-can.ts'
import { busyReason } from './run-words.ts'
import classes from './content-drawer.module.css'

const CreateExtractDialog = lazy(async () => ({ default: (await import('./create-extract-dialog.tsx')).CreateExtractDialog }))
const DeleteExtractDialog = lazy(async () => ({ default: (await import('./extract-dialogs.tsx')).DeleteExtractDialog }))
const EncryptionDialog = lazy(async () => ({ default: (await import('./extract-dialogs.tsx')).EncryptionDialog }))

type Asking = 'create' | 'delete' | 'encrypt' | 'decrypt'

interface ContentActionsProps {
  content: ContentDetail
  site: SiteDetail | undefined
  run: ExtractRun | undefined
  tasks: TasksOnIt
  /** Tells whether a dialog is open, which shows everything about its own write. */
  onAsking: (asking: boolean) => void
}

const useBusy = (content: ContentDetail, run: ExtractRun | undefined): string | undefined => {
  const removal = useWriteState(targets.remove(content))
  const encryption = useWriteState(targets.encryption(content))
  const online = useOnline()
  if (isUnderWay(removal) || isUnderWay(encryption)) return 'What was asked for before is still under way.'
  return busyReason(run) ?? (online ? undefined : 'This computer is offline: it cannot be sent now.')
}

/** What can be done with an extract; what cannot says why, and the same reason for all of them is said once. */
export const ContentActions = ({ content, site, run, tasks, onAsking }: ContentActionsProps) => {
  const session = useSession()
  const busy = useBusy(content, run)
  const reasonId = useId()
  const [asking, setAsking] = useState<Asking>()
  const mode = site?.extractEncryptionMode
  const why = {
    create: whyNotCreate(content, session, site) ?? busy,
    delete: whyNotDelete(content, session) ?? busy,
    encryption: whyNotSetEncryption(content) ?? busy,
  }
  const offersEncryption = session.server.flavor === 'server' && settledByMode(mode) === undefined
  const reasons = [...new Set([why.create, why.delete, offersEncryption ? why.encryption : undefined].filter((text) => text !== undefined))]
  const ask = (what: Asking) => {
    // What became of an earlier one was read; a write that is still under way stays.
    if (what === 'create') dismissExtractRun(content)
    else dismissWrite(what === 'delete' ? targets.remove(content) : targets.encryption(content))
    setAsking(what)
    onAsking(true)
  }
  const close = () => {
    setAsking(undefined)
    onAsking(false)
  }
  return (
    <>
      <GatedButton reason={why.create} reasonId={reasonId} onClick={() => ask('create')}>
        Create extract …
      </GatedButton>
      {offersEncryption && (
        <GatedButton variant="default" reason={why.encryption} reasonId={reasonId} onClick={() => ask(content.encryptExtracts === true ? 'decrypt' : 'encrypt')}>
          {content.encryptExtracts === true ? 'Decrypt …' : 'Encrypt …'}
        </GatedButton>
      )}
      <GatedButton variant="outline" color="red" reason={why.delete} reasonId={reasonId} onClick={() => ask('delete')}>
        Delete extract …
      </GatedButton>
      {reasons.length > 0 && (
        <div id={reasonId} className={classes['reasons']}>
          {reasons.join(' ')}
        </div>
      )}
      <Suspense fallback={null}>
        {asking === 'create' && <CreateExtractDialog content={content} mode={mode} onClose={close} />}
        {asking === 'delete' && <DeleteExtractDialog content={content} tasks={tasks.tasks.length} scope={tasks.scope} onClose={close} />}
        {(asking === 'encrypt' || asking === 'decrypt') && <EncryptionDialog content={content} encrypt={asking === 'encrypt'} onClose={close} />}
      </Suspense>
    </>
  )
}
