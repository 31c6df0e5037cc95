import { decryptSiteExtracts, encryptSiteExtracts, reencryptSiteExtracts, updateSite, type ExtractEncryptionMode } from '@refreshboard/api-types'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { meant } from '../../components/would-send.tsx'
import { useSession } from '../../lib/session-store.ts'
import { modeLabel, modeMeaning } from './extract-words.ts'
import { siteTargets, useSiteExtracts, useUpdateSite, type SiteWrite } from './site-writes.ts'

const Cost = () => (
  <p>
    Depending on the number and size of the extracts this may consume significant server resources: consider doing it outside of business hours. Tableau names no job for it and tells no
    progress.
  </p>
)

const alls = {
  encrypt: { endpoint: encryptSiteExtracts, action: 'Encrypt all', title: 'Encrypt all extracts', what: 'the extracts were encrypted', does: 'Every extract of it is encrypted.', final: 'to decrypt them is a change of its own, of every extract again.' },
  decrypt: { endpoint: decryptSiteExtracts, action: 'Decrypt all', title: 'Decrypt all extracts', what: 'the extracts were decrypted', does: 'Every encrypted extract of it is decrypted: what is stored on the server can then be read by whoever reads its disks.', final: 'to encrypt them again is a change of its own, of every extract again.' },
  reencrypt: { endpoint: reencryptSiteExtracts, action: 'Re-encrypt all', title: 'Re-encrypt all extracts', what: 'the extracts were re-encrypted', does: 'Every encrypted extract of it is encrypted again with new keys.', final: 'the old keys do not come back.' },
} as const

/** Encrypts, decrypts or re-encrypts all extracts of the site, once its name was typed. */
export const SiteExtractsDialog = ({ all, onClose }: { all: Exclude<SiteWrite, 'mode'>; onClose: () => void }) => {
  const { site, server } = useSession()
  const send = useSiteExtracts()[all]
  const target = siteTargets[all]
  const { endpoint, action, title, what, does, final } = alls[all]
  return (
    <ConfirmDialog
      title={`${title} of “${site.name}”`}
      action={action}
      danger
      keep="Leave them"
      target={target}
      what={what}
      write={meant(endpoint, undefined)}
      final={final}
      typed={site.name}
      onSend={(known) => send({ target, input: undefined, ...known })}
      told={`${title} of “${site.name}”`}
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        This is about the whole site “{site.name}” of {server.host}. {does}
      </p>
      <Cost />
    </ConfirmDialog>
  )
}

const consequences: Record<ExtractEncryptionMode, string> = {
  enforced: 'Every extract of the site is encrypted from then on, whatever its workbook or data source says.',
  enabled: 'From then on each workbook and data source says whether its extracts are encrypted; no extract changes by itself.',
  disabled: 'Every encrypted extract of the site is decrypted, and none can be encrypted any more.',
}

interface ModeDialogProps {
  /** The mode as the person sees it. */
  seen: string | undefined
  mode: ExtractEncryptionMode
  onClose: () => void
}

/** Sets the encryption mode of the site. What is done to every extract of it wants the name of the site typed. */
export const ModeDialog = ({ seen, mode, onClose }: ModeDialogProps) => {
  const { site, server } = useSession()
  const { mutateAsync } = useUpdateSite()
  const target = siteTargets.mode
  const costs = mode !== 'enabled'
  const input = { body: { extractEncryptionMode: mode, seen: seen === undefined ? {} : { extractEncryptionMode: seen } } }
  return (
    <ConfirmDialog
      title={`Change the extract encryption of “${site.name}”`}
      action={`Change to ${modeLabel(mode).toLowerCase()}`}
      danger={costs}
      keep="Leave it"
      target={target}
      what="the mode was changed"
      write={meant(updateSite, input)}
      final="another mode is a change of its own, which Tableau carries out anew."
      {...(costs ? { typed: site.name } : {})}
      onSend={(known) => mutateAsync({ target, input, ...known })}
      told={`Extract encryption of “${site.name}”: ${modeLabel(mode).toLowerCase()}`}
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        The site “{site.name}” of {server.host}: {seen === undefined ? 'not told' : modeLabel(seen).toLowerCase()} → <strong>{modeLabel(mode).toLowerCase()}</strong> ({modeMeaning(mode)}). {consequences[mode]}
      </p>
      {costs && <Cost />}
    </ConfirmDialog>
  )
}
