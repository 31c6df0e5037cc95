import type { Content, ContentDetail, ExtractRow, Task } from '@refreshboard/api-types'
import { aTask, aWorkbook } from './a-task.ts'
import { luid } from './fake-api.ts'

/** A workbook or a data source as the list of extracts holds it, with the tasks on it. */
export const anExtractRow = (content: Partial<Content> = {}, tasks: Task[] = []): ExtractRow => ({
  content: aWorkbook({ hasExtracts: true, encryptExtracts: false, updatedAt: '2025-11-22T09:00:00Z', ...content }),
  tasks: tasks.map(({ content: _content, ...task }) => task),
})

/** The same as it is read by itself, by somebody who may do everything. */
export const aDetail = (more: Partial<ContentDetail> = {}): ContentDetail => ({
  ...aWorkbook({ hasExtracts: true, encryptExtracts: false, updatedAt: '2025-11-22T09:00:00Z' }),
  manage: { allowed: true },
  setEncryption: { allowed: true },
  ...more,
})

const none = { yes: 0, no: 0 }

export const anExtractWindow = (rows: ExtractRow[], more: Record<string, unknown> = {}): Record<string, unknown> => ({
  rows,
  total: rows.length,
  counts: { kind: { workbook: rows.length, datasource: 0 }, extract: none, encrypted: none, scheduled: none },
  all: rows.length,
  tasksOf: 'site',
  complete: true,
  age: { ageMs: 100, tableauNow: '2025-11-23T10:05:00Z' },
  ...more,
})

export const aSite = (more: Record<string, unknown> = {}): Record<string, unknown> => ({ id: luid(1), name: 'Default', contentUrl: '', extractEncryptionMode: 'enabled', runNow: { allowed: true }, ...more })

/** A data acceleration task of the workbook “Sales”. */
export const anAcceleration = (more: Partial<Task> = {}): Task =>
  aTask({ id: luid(71), type: 'DataAccelerationTask', schedule: { id: luid(52), name: 'Before work', state: 'Active', type: 'DataAcceleration', nextRunAt: '2025-11-24T13:00:00Z' }, ...more })
