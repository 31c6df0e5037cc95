import type { BulkItem, BulkRun, BulkRunWithItems } from '@refreshboard/api-types'
import { itemWord } from '../../components/bulk/bulk-words.ts'

const columns: readonly (readonly [name: string, of: (item: BulkItem, run: Pick<BulkRun, 'action' | 'state'>) => string | number | undefined])[] = [
  ['number', ({ n }) => n + 1],
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['about', ({ about }) => about],
  ['what was to be done', ({ will }) => will],
  ['state', ({ state }, run) => itemWord(run, state)],
  ['reason', ({ reason }) => reason],
  ['evidence', ({ evidence }) => evidence],
  ['problem', ({ problem }) => problem?.title],
  ['detail', ({ problem }) => problem?.detail],
  ['tableau code', ({ problem }) => problem?.tableau?.code],
  ['tableau summary', ({ problem }) => problem?.tableau?.summary],
  ['tableau detail', ({ problem }) => problem?.tableau?.detail],
  ['request id', ({ problem }) => problem?.requestId],
  ['new task id', ({ result }) => result?.taskId],
  ['job id', ({ result }) => result?.jobId],
  ['schedule id', ({ result }) => result?.scheduleId],
]

/** A cell of a table file. Names are other people's words: one that begins like a formula must not be worked out by a spreadsheet. */
const cellOf = (value: string | number | undefined): string => {
  const text = String(value ?? '')
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** The results of a run as a table file, a line an item. */
export const runCsv = (run: Pick<BulkRunWithItems, 'action' | 'state' | 'items'>): string =>
  [columns.map(([name]) => name), ...run.items.map((item) => columns.map(([, of]) => cellOf(of(item, run))))].map((line) => `${line.join(',')}\r\n`).join('')

/** Hands the results to the browser as a file. The mark at its beginning tells spreadsheets that it is UTF-8. */
export const downloadRun = (run: BulkRunWithItems): void => {
  const url = URL.createObjectURL(new Blob(['\uFEFF', runCsv(run)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${run.action.replace('.', '-')}-${(run.startedAt ?? run.plannedAt).slice(0, 19).replaceAll(':', '')}.csv`
  link.click()
  URL.revokeObjectURL(url)
}
