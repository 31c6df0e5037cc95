import { createDatasourceExtract, createWorkbookExtract, luidSchema, type ContentDetail } from '@refreshboard/api-types'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { meant } from '../../components/would-send.tsx'
import { useSession } from '../../lib/session-store.ts'
import { contentName, kindWords } from '../../lib/task-words.ts'
import { isUnderWay, useWriteState } from '../../lib/writes.ts'
import { DatasourceChoice, type DatasourcesWanted } from './datasource-choice.tsx'
import { EncryptChoice } from './encrypt-choice.tsx'
import { extractInputOf, startExtract, type ExtractWanted } from './extract-run.ts'
import { targets } from './extract-writes.ts'
import { settledByMode } from './extracts-can.ts'
import { refusalWords } from './refusal-words.ts'
import classes from './create-extract.module.css'

interface CreateExtractDialogProps {
  content: ContentDetail
  /** The encryption mode of the site, where it is told. */
  mode: string | undefined
  onClose: () => void
}

/** Makes the extract of a data source, or of all or some data sources of a workbook. A refusal leaves the form as it is. */
export const CreateExtractDialog = ({ content, mode, onClose }: CreateExtractDialogProps) => {
  const { flavor } = useSession().server
  const target = targets.create(content)
  const disabled = isUnderWay(useWriteState(target))
  const [datasources, setDatasources] = useState<DatasourcesWanted>('all')
  const [encrypt, setEncrypt] = useState(content.encryptExtracts === true)
  const settled = settledByMode(mode)
  const workbook = content.kind === 'workbook'
  const chosen = datasources === 'all' ? undefined : datasources.filter((id) => luidSchema.safeParse(id).success)
  const missing = workbook && chosen?.length === 0 ? 'Choose at least one data source.' : undefined
  const wanted: ExtractWanted = { datasourceIds: workbook ? chosen : undefined, encrypt: flavor === 'server' && settled === undefined ? encrypt : undefined }
  return (
    <ConfirmDialog
      title={`Create an extract of “${contentName(content)}”`}
      action="Create extract"
      keep="Leave it"
      target={target}
      what="its extract was queued"
      write={missing === undefined ? meant(workbook ? createWorkbookExtract : createDatasourceExtract, extractInputOf(content, wanted)) : { notYet: missing }}
      final="a job that makes an extract is not taken back. The extract can be deleted once it is there."
      reason={missing}
      explain={refusalWords}
      onSend={() => startExtract(content, wanted)}
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        Tableau queues a job that reads the data and stores it. From then on the {kindWords[content.kind].toLowerCase()} shows what was stored, until it is refreshed; nothing refreshes it by itself.
      </p>
      <fieldset disabled={disabled} className={classes['fields']}>
        {workbook && <DatasourceChoice workbook={content} wanted={datasources} onChange={setDatasources} />}
        {flavor === 'server' && <EncryptChoice settled={settled} set={content.encryptExtracts} encrypt={encrypt} onChange={setEncrypt} />}
      </fieldset>
    </ConfirmDialog>
  )
}
