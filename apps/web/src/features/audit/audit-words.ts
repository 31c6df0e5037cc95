import type { AuditState } from '@refreshboard/api-types'

const operations: Readonly<Record<string, string>> = {
  'jobs.cancel': 'Cancel a job',
  'schedules.create': 'Create a schedule',
  'schedules.update': 'Change a schedule',
  'schedules.delete': 'Delete a schedule',
  'tasks.add': 'Add content to a schedule',
  'tasks.create': 'Create a task',
  'tasks.update': 'Change a task',
  'tasks.run': 'Run a task now',
  'tasks.delete': 'Delete a task',
  'tasks.deleteDataAcceleration': 'Delete a data acceleration task',
  'workbooks.createExtract': 'Create extracts of a workbook',
  'workbooks.deleteExtract': 'Delete extracts of a workbook',
  'workbooks.update': 'Set the encryption of a workbook',
  'datasources.createExtract': 'Create the extract of a data source',
  'datasources.deleteExtract': 'Delete the extract of a data source',
  'datasources.update': 'Set the encryption of a data source',
  'site.update': 'Set the extract encryption of the site',
  'site.encryptExtracts': 'Encrypt all extracts of the site',
  'site.decryptExtracts': 'Decrypt all extracts of the site',
  'site.reencryptExtracts': 'Re-encrypt all extracts of the site',
}

/** What was done, in words; an operation that is not known here by its own name. */
export const operationWords = (operation: string): string => operations[operation] ?? operation

/** What is known of a write, in a word or two. */
export const stateWords: Readonly<Record<AuditState, string>> = {
  done: 'Done',
  refused: 'Refused',
  unsent: 'Never arrived',
  sent: 'No answer yet',
  checking: 'Checking',
  unconfirmed: 'Not confirmed',
}
