import { sessionSchema, type Task } from '@refreshboard/api-types'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { failureOf } from '../../lib/api-error.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { anOutcome, aBareTask, aCloudTask, aTask } from '../../test/a-task.ts'
import { aSession, fakeApi, luid } from '../../test/fake-api.ts'
import { undoOfDelete, undoOfEdit, type UndoOfDelete } from './task-undo.ts'
import type { ToldRefreshType } from './use-refresh-type.ts'

const told = (refreshType: string) => ({ state: 'told', refreshType }) as const
const untold = { state: 'untold' } as const
const reading = { state: 'reading' } as const
const failed = { state: 'failed', failure: failureOf(new Error('lost')), retry: () => undefined } as const

const server = sessionSchema.parse(aSession())
const cloud = sessionSchema.parse(aSession({ cloud: true, cans: { createTasks: { allowed: true } } }))
beforeEach(() => sessionStarted(server))

const why = (undo: UndoOfDelete): string | undefined => ('why' in undo ? undo.why : undefined)

const sentBy = async (undo: UndoOfDelete, route: string): Promise<unknown> => {
  const api = fakeApi({ [route]: (sent) => anOutcome(sent, 'done') })
  if ('offer' in undo) await undo.offer().send()
  vi.unstubAllGlobals()
  return api.of(route)[0]?.body
}

describe('the undo of a deleted task', () => {
  it('adds its content to its schedule again, on Server', async () => {
    expect(await sentBy(undoOfDelete(aTask(), told('FullRefresh'), server), `POST /api/schedules/${luid(51)}/tasks`)).toEqual({ kind: 'extractRefresh', workbookId: luid(21) })
  })

  it('makes it with its times again, on Cloud', async () => {
    const refreshType = 'IncrementalRefresh'
    expect(await sentBy(undoOfDelete(aCloudTask({ refreshType }), told(refreshType), cloud), 'POST /api/tasks')).toEqual({
      refreshType,
      workbookId: luid(21),
      recurrence: { frequency: 'Daily', start: '06:00:00', hours: 24, weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] },
    })
  })

  it('of Cloud whose kind is not told makes a full one, and says so', async () => {
    const undo = undoOfDelete(aCloudTask(), untold, cloud)
    expect(undo).toHaveProperty('note', 'It is made as a full refresh, since Tableau does not tell which this one is.')
    expect(await sentBy(undo, 'POST /api/tasks')).toMatchObject({ refreshType: 'FullRefresh' })
  })

  it.each<[string, Task, ToldRefreshType, typeof server, RegExp]>([
    ['an incremental one on Server', aTask(), told('IncrementalRefresh'), server, /REST cannot create again on Tableau Server/],
    ['one whose kind is not told', aTask(), untold, server, /does not tell you whether it is a full or an incremental refresh/],
    ['one whose kind could not be read', aTask(), failed, server, /^It could not be read whether it is a full or an incremental refresh/],
    ['one that this person may not add again, whatever is still being read', aTask(), reading, sessionSchema.parse(aSession({ cans: { addToSchedules: { allowed: false, reason: 'Not before API 2.8.' } } })), /Not before API 2\.8/],
    ['a virtual connection’s', aBareTask(), told('FullRefresh'), server, /virtual connection/],
    ['one whose schedule is not told', aTask({ schedule: undefined }), told('FullRefresh'), server, /does not tell which schedule/],
    ['one with a priority of its own', aTask({ priority: 10 }), told('FullRefresh'), server, /Its priority is 10/],
    ['one that this person may not add again', aTask(), told('FullRefresh'), sessionSchema.parse(aSession({ cans: { addToSchedules: { allowed: false, reason: 'Not before API 2.8.' } } })), /Not before API 2\.8/],
    ['one whose times cannot be written', aCloudTask({ schedule: { frequency: 'Daily' } }), told('FullRefresh'), cloud, /Its times cannot be written again/],
  ])('is not there for %s', (_what, task, refreshType, session, said) => {
    expect(why(undoOfDelete(task, refreshType, session))).toMatch(said)
  })

  it.each([
    ['Server', aTask(), server],
    ['Cloud', aCloudTask(), cloud],
  ])('is neither promised nor denied while the kind is still being read, on %s', (_flavor, task, session) => {
    expect(undoOfDelete(task, reading, session)).toEqual({ waits: 'Whether this can be undone depends on whether it is a full or an incremental refresh. That is still being read.' })
  })
})

describe('the undo of a changed task of Cloud', () => {
  it('puts back what was changed, if it is still what was saved', async () => {
    const undo = undoOfEdit(aCloudTask(), { refreshType: 'IncrementalRefresh' })
    expect(await sentBy(undo, `PATCH /api/tasks/${luid(11)}`)).toEqual({ changes: { refreshType: 'FullRefresh' }, seen: { refreshType: 'IncrementalRefresh' } })
  })

  it.each([
    ['an hour that Tableau tells as 60 minutes', { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', intervals: [{ minutes: '60' }, { weekDay: 'Monday' }] }],
    ['a Daily of 24 hours without an end', { frequency: 'Daily', start: '06:00:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }] }],
  ])('is there for %s', (_what, recurrence) => {
    const before = aCloudTask({ schedule: { frequency: recurrence.frequency, recurrence } })
    expect(undoOfEdit(before, { recurrence: { frequency: 'Weekly', start: '05:00:00', weekDay: 'Monday' } })).toHaveProperty('offer')
  })

  it('is not there for times that cannot be written back', () => {
    const odd = aCloudTask({ schedule: { frequency: 'Daily', recurrence: { frequency: 'Daily', start: '06:00:00', intervals: [{ minutes: '7' }] } } })
    expect(why(undoOfEdit(odd, { recurrence: { frequency: 'Weekly', start: '05:00:00', weekDay: 'Monday' } }))).toMatch(/The times before cannot be written back/)
  })
})
