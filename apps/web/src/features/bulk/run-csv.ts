import type { BulkItem, BulkRun, BulkRunWithItems } from '@refreshboard/api-types'
import { itemWord } from '../../components/bulk/bulk-words.ts'
import { saveFile } from '../../components/save-file.ts'
import { csvOf, type Column } from '../../lib/csv.ts'

const columnsOf = (run: Pick<BulkRun, 'action' | 'state'>): readonly Column<BulkItem>[] => [
  ['number', ({ n }) => n + 1],
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['about', ({ about }) => about],
  ['what was to be done', ({ will }) => will],
  ['state', ({ state }) => itemWord(run, state)],
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

/** The results of a run as a table file, a line an item. */
export const runCsv = (run: Pick<BulkRunWithItems, 'action' | 'state' | 'items'>): string => csvOf(columnsOf(run), run.items)

/** Hands the results to the browser as a file. */
export const downloadRun = (run: BulkRunWithItems): void =>
  saveFile(`${run.action.replace('.', '-')}-${(run.startedAt ?? run.plannedAt).slice(0, 19).replaceAll(':', '')}.csv`, 'text/csv', runCsv(run))
