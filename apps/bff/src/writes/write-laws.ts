import { contract, type EndpointName, type WriteResult } from '@refreshboard/api-types'
import * as tableau from '@refreshboard/tableau-client'
import { extractLaws } from './extract-laws.ts'
import type { Seen } from './intention.ts'
import { afterWaiting, neverArrived, readFirst, type WriteLaw, type WriteName } from './write-law.ts'

export type { WriteName } from './write-law.ts'

const listIsBehind = 'a new one can be missing from its list for up to half a minute'

/** 404023; the reference prints 404027 for Get, and a bare 404 for the extracts of a schedule. */
const scheduleGone = ['404023', '404027', '404']

/** The retry law of every write. docs/retry-law.md is this table. */
export const writeLaws: Readonly<Record<WriteName, WriteLaw>> = {
  cancelJob: {
    effect: [tableau.cancelJob.name],
    guard: '403091',
    readBy: [tableau.queryJob.name, tableau.queryJobs.name],
    unseen: 'a cancelled job can run on for a moment',
    gone: { codes: ['404018'], means: 'unconfirmed' },
    again: 'cancelling again does no harm',
    certain: 'all',
    repeatable: afterWaiting,
  },
  createSchedule: {
    effect: [tableau.createServerSchedule.name],
    guard: '409021',
    readBy: [tableau.listServerSchedules.name, tableau.getServerSchedule.name],
    unseen: listIsBehind,
    again: 'a name can be used once, so a second one cannot come of it',
    certain: 'all',
    repeatable: afterWaiting,
  },
  updateSchedule: {
    effect: [tableau.updateServerSchedule.name],
    readBy: [tableau.getServerSchedule.name, tableau.listServerSchedules.name],
    unseen: neverArrived,
    gone: { codes: scheduleGone, means: 'unconfirmed' },
    again: readFirst,
    certain: 'all',
    repeatable: afterWaiting,
  },
  deleteSchedule: {
    effect: [tableau.deleteServerSchedule.name],
    guard: '404023',
    readBy: [tableau.getServerSchedule.name, tableau.listServerSchedules.name],
    unseen: neverArrived,
    gone: { codes: scheduleGone, means: 'done' },
    again: 'deleting it again does no harm',
    certain: 'all',
    repeatable: afterWaiting,
  },
  addToSchedule: {
    effect: [tableau.addWorkbookToSchedule.name, tableau.addDatasourceToSchedule.name],
    readBy: [tableau.listExtractRefreshTasks.name, tableau.listDataAccelerationTasks.name],
    unseen: listIsBehind,
    again: 'adding it again would make a second task if the first arrived',
    certain: 'all',
    repeatable: afterWaiting,
  },
  createTask: {
    effect: [tableau.createCloudExtractRefreshTask.name],
    readBy: [tableau.listExtractRefreshTasks.name],
    unseen: listIsBehind,
    again: 'making it again would make a second task if the first arrived',
    certain: 'all',
    repeatable: afterWaiting,
  },
  updateTask: {
    effect: [tableau.updateCloudExtractRefreshTask.name],
    readBy: [tableau.getExtractRefreshTask.name],
    unseen: neverArrived,
    gone: { codes: ['404026'], means: 'unconfirmed' },
    again: readFirst,
    certain: 'all',
    repeatable: afterWaiting,
  },
  runTask: {
    effect: [tableau.runExtractRefreshTask.name],
    guard: '409093',
    readBy: [tableau.queryJobs.name, tableau.queryJob.name],
    unseen: neverArrived,
    again: 'while it is queued or running, Tableau refuses a second run, and afterwards it would run once more',
    // A run was seen to be answered with 403 although its job was queued (`tableau/tabcmd#189`).
    certain: ['404026', '403047', '409093'],
    repeatable: afterWaiting,
  },
  deleteTask: {
    effect: [tableau.deleteExtractRefreshTask.name],
    guard: '404026',
    readBy: [tableau.getExtractRefreshTask.name, tableau.listExtractRefreshTasks.name],
    unseen: neverArrived,
    gone: { codes: ['404026'], means: 'done' },
    again: 'deleting it again does no harm',
    certain: 'all',
    repeatable: afterWaiting,
  },
  deleteDataAccelerationTask: {
    effect: [tableau.deleteDataAccelerationTask.name],
    guard: '404026',
    readBy: [tableau.listDataAccelerationTasks.name],
    unseen: 'a deleted one can stay in the list for up to half a minute',
    again: 'deleting it again does no harm',
    certain: 'all',
    repeatable: afterWaiting,
  },
  ...extractLaws,
}

export const isWriteName = (name: EndpointName): name is WriteName => Object.hasOwn(writeLaws, name)

/** What a write is called in its record and in its outcome, such as `jobs.cancel`. */
export const operationOf = (write: WriteName): string => `${contract[write].resource}.${contract[write].operation}`

/** For people: what a second send would do. */
export const againOf = (write: WriteName): string => {
  const { again, guard } = writeLaws[write]
  return guard === undefined ? again : `${again} (${guard})`
}

/** For people: what it means that no effect is seen. */
export const unseenOf = (write: WriteName): string => `${writeLaws[write].unseen}; ${againOf(write)}.`

/** Whether an error says that what was written to is no longer there. */
export const saysGone = (write: WriteName, error: unknown): error is tableau.TableauApiError =>
  error instanceof tableau.TableauApiError && writeLaws[write].gone?.codes.includes(error.code) === true

/** What was seen when it is no longer there. */
export const seenGone = (write: WriteName, evidence: string, result: WriteResult): Seen =>
  writeLaws[write].gone?.means === 'done' ? { state: 'done', evidence, result } : { state: 'unconfirmed', evidence }

/** Whether a refusal says for certain that nothing was done. One that asks to wait always does. */
export const isCertain = (write: WriteName, error: tableau.TableauApiError): boolean => {
  const { certain } = writeLaws[write]
  return certain === 'all' || certain.includes(error.code) || error.retryAfterMs !== undefined
}
