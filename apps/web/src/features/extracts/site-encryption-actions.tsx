import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import { Choice } from '../../components/form-fields.tsx'
import { GatedButton } from '../../components/gated-button.tsx'
import { useOnline } from '../../lib/online.ts'
import { useSession } from '../../lib/session-store.ts'
import { isKnownMode, modeChoices, modeLabel } from './extract-words.ts'
import type { Asking } from './site-encryption.tsx'
import { useSiteBusy } from './site-writes.ts'
import classes from './site-encryption.module.css'

/** Why all extracts cannot be encrypted, decrypted or re-encrypted under this mode. */
const modeReason = (mode: string | undefined): string | undefined =>
  mode === 'disabled' ? 'Extract encryption is disabled on this site: there is nothing to encrypt, to decrypt or to re-encrypt. Change the mode first.' : undefined

const decryptReason = (mode: string | undefined): string | undefined => (mode === 'enforced' ? 'The site enforces encryption: to decrypt, change the mode first.' : undefined)

/** The mode of the site, and all of its extracts at once; each asks first. */
export const SiteEncryptionActions = ({ mode, onAsk }: { mode: string | undefined; onAsk: (asking: Asking) => void }) => {
  const { siteEncryption } = useSession().can
  const online = useOnline()
  const busy = useSiteBusy()
  const [chosen, setChosen] = useState<string>()
  const [seen, setSeen] = useState(mode)
  const reasonId = useId()
  if (mode !== seen) {
    setSeen(mode)
    setChosen(undefined)
  }
  const wanted = chosen ?? mode ?? ''
  const refused = siteEncryption.allowed ? undefined : siteEncryption.reason
  const reason = refused ?? busy ?? (online ? undefined : 'This computer is offline: it cannot be sent now.')
  const all = reason ?? modeReason(mode)
  const decrypt = all ?? decryptReason(mode)
  const reasons = [...new Set([reason, all, decrypt].filter((text) => text !== undefined))]
  const changed = isKnownMode(wanted) && wanted !== mode
  return (
    <>
      <div className={classes['mode']}>
        <Choice name="extract-encryption-mode" legend="Mode" value={wanted} choices={modeChoices} disabled={reason !== undefined} onChange={setChosen} />
        {changed && (
          <div className={classes['buttons']}>
            <GatedButton reason={reason} reasonId={reasonId} onClick={() => onAsk({ what: 'mode', mode: wanted })}>
              {`Change to ${modeLabel(wanted).toLowerCase()} …`}
            </GatedButton>
            <Button variant="default" onClick={() => setChosen(undefined)}>
              Undo
            </Button>
          </div>
        )}
      </div>
      <div className={classes['buttons']}>
        <GatedButton variant="default" reason={all} reasonId={reasonId} onClick={() => onAsk({ what: 'encrypt' })}>
          Encrypt all …
        </GatedButton>
        <GatedButton variant="default" reason={decrypt} reasonId={reasonId} onClick={() => onAsk({ what: 'decrypt' })}>
          Decrypt all …
        </GatedButton>
        <GatedButton variant="default" reason={all} reasonId={reasonId} onClick={() => onAsk({ what: 'reencrypt' })}>
          Re-encrypt all …
        </GatedButton>
      </div>
      {reasons.length > 0 && (
        <p id={reasonId} className={classes['reason']}>
          {reasons.join(' ')}
        </p>
      )}
    </>
  )
}
