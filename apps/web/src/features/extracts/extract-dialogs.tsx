import { deleteDatasourceExtract, deleteWorkbookExtract, type ContentDetail } from '@refreshboard/api-types'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { meant } from '../../components/would-send.tsx'
import { plural } from '../../lib/count.ts'
import { contentName, kindWords } from '../../lib/task-words.ts'
import { refusalWords } from './refusal-words.ts'
import { encryptionMeant, removeExtract, setEncryption, targets } from './extract-writes.ts'

interface ExtractDialogProps {
  content: ContentDetail
  onClose: () => void
}

const tasksWords = (tasks: number, scope: 'site' | 'own' | undefined): string | undefined => {
  if (scope === undefined) return 'Whether refresh tasks are on it is not known here: those would fail from then on.'
  if (tasks === 0) return scope === 'own' ? 'None of your refresh tasks is on it; those of others are not told to you.' : undefined
  return `${plural(tasks, 'refresh task')} ${scope === 'own' ? 'of yours ' : ''}${tasks === 1 ? 'is' : 'are'} on it and would fail from then on: delete ${tasks === 1 ? 'it' : 'them'}, too.`
}

/** Deletes the extract, after saying what happens. */
export const DeleteExtractDialog = ({ content, tasks, scope, onClose }: ExtractDialogProps & { tasks: number; scope: 'site' | 'own' | undefined }) => {
  const name = contentName(content)
  const about = tasksWords(tasks, scope)
  return (
    <ConfirmDialog
      title={`Delete the extract of “${name}”`}
      action="Delete extract"
      danger
      keep="Keep it"
      target={targets.remove(content)}
      what="the extract was deleted"
      write={meant(content.kind === 'workbook' ? deleteWorkbookExtract : deleteDatasourceExtract, { params: { id: content.id } })}
      final="what was stored is gone; a new extract reads the data anew."
      explain={refusalWords}
      onSend={(known) => removeExtract(content, known)}
      told={`Extract of “${name}” deleted`}
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        {content.kind === 'workbook' ? 'All extracts of the data sources in this workbook are deleted' : 'Its extract is deleted'}: the {kindWords[content.kind].toLowerCase()} asks its data live from then on. The{' '}
        {kindWords[content.kind].toLowerCase()} itself stays.
      </p>
      {about !== undefined && <p>{about}</p>}
      <p>Depending on the size this may consume significant server resources: consider doing it outside of business hours.</p>
    </ConfirmDialog>
  )
}

/** Says whether the extracts of one item are encrypted: before → after. */
export const EncryptionDialog = ({ content, encrypt, onClose }: ExtractDialogProps & { encrypt: boolean }) => {
  const name = contentName(content)
  const words = (encrypted: boolean | undefined) => (encrypted === undefined ? 'not told' : encrypted ? 'encrypted' : 'not encrypted')
  return (
    <ConfirmDialog
      title={encrypt ? `Encrypt the extracts of “${name}”` : `Decrypt the extracts of “${name}”`}
      action={encrypt ? 'Encrypt' : 'Decrypt'}
      keep="Leave it"
      target={targets.encryption(content)}
      what="the setting was changed"
      write={encryptionMeant(content, encrypt, content.encryptExtracts)}
      final={`the extracts are ${encrypt ? 'encrypted' : 'decrypted'} from then on; the opposite is a change of its own.`}
      explain={refusalWords}
      onSend={(known) => setEncryption(content, encrypt, content.encryptExtracts, known)}
      told={`Extracts of “${name}”: ${words(encrypt)}`}
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        Its extracts: {words(content.encryptExtracts)} → <strong>{words(encrypt)}</strong>. {content.hasExtracts === false && 'It has none at present: the setting holds for those that are made.'}
      </p>
    </ConfirmDialog>
  )
}
