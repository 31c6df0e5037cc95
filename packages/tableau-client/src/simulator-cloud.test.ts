import { luidSchema, type Luid, type Recurrence, taskSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import {
  createCloudExtractRefreshTask,
  currentSession,
  deleteExtractRefreshTask,
  getExtractRefreshTask,
  listExtractRefreshTasks,
  listServerSchedules,
  querySite,
  querySites,
  queryWorkbooks,
  runExtractRefreshTask,
  type TableauAuth,
  updateCloudExtractRefreshTask,
} from './index.ts'
import { rejectionOf } from './testing/answer.ts'
import { authOf, type Stage, stage } from './testing/stage.ts'

const page = { pageNumber: 1, pageSize: 100 }
const cloud = () => stage({ flavor: 'cloud', timeZone: 'America/New_York' })
const signedIn = async (on: Stage, name = 'admin'): Promise<TableauAuth> => authOf(await on.signInAs(name, 'demo'))

const onDays: Recurrence['intervals'] = [{ weekDay: 'Sunday' }, { weekDay: 'Wednesday' }]
const everyShape: readonly Recurrence[] = [
  { frequency: 'Hourly', start: '20:45:00', end: '23:45:00', intervals: [{ hours: '1' }, ...onDays] },
  { frequency: 'Daily', start: '18:30:00', end: '22:30:00', intervals: [{ hours: '4' }, ...onDays] },
  { frequency: 'Daily', start: '18:30:00', end: '18:30:00', intervals: [{ hours: '24' }, ...onDays] },
  { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Monday' }] },
  { frequency: 'Monthly', start: '18:30:00', intervals: [{ monthDay: '1' }, { monthDay: '15' }] },
  { frequency: 'Monthly', start: '18:30:00', intervals: [{ monthDay: 'LastDay' }] },
  { frequency: 'Monthly', start: '18:30:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] },
]

const workbookOf = async (on: Stage, auth: TableauAuth): Promise<Luid> =>
  luidSchema.parse((await on.client.call(queryWorkbooks, page, { auth })).value.rows.find(({ hasExtracts }) => hasExtracts === true)?.id)

const get = async (on: Stage, auth: TableauAuth, taskId: Luid) => (await on.client.call(getExtractRefreshTask, { taskId }, { auth })).value

describe('Tableau Cloud', () => {
  it('lists tasks with times of their own, each as Get tells it', async () => {
    await using on = await cloud()
    const auth = await signedIn(on)
    const { value } = await on.client.call(listExtractRefreshTasks, {}, { auth })
    expect(value.length).toBeGreaterThan(8)
    for (const task of value) {
      expect(taskSchema.parse(task)).toStrictEqual(task)
      expect([task.schedule?.id, task.schedule?.name, task.schedule?.state]).toStrictEqual([undefined, undefined, undefined])
      expect(task.schedule?.recurrence?.start).toMatch(/^\d\d:\d\d:\d\d$/)
    }
    // The task of a virtual connection, which has no content, cannot be got.
    for (const task of value.filter(({ content }) => content !== undefined)) expect(await get(on, auth, luidSchema.parse(task.id))).toStrictEqual(task)
  })

  it('makes a task of every shape, changes it into the next one, and deletes it', async () => {
    await using on = await cloud()
    const auth = await signedIn(on)
    const workbookId = await workbookOf(on, auth)
    for (const [at, recurrence] of everyShape.entries()) {
      const made = (await on.client.call(createCloudExtractRefreshTask, { refreshType: 'FullRefresh', content: { workbookId }, recurrence }, { auth })).value
      expect(made).toMatchObject({ refreshType: 'FullRefresh', content: { kind: 'workbook', id: workbookId }, schedule: { frequency: recurrence.frequency, recurrence } })
      const taskId = luidSchema.parse(made.id)
      expect((await get(on, auth, taskId)).schedule).toStrictEqual(made.schedule)
      const next = everyShape[(at + 1) % everyShape.length] ?? recurrence
      const changed = (await on.client.call(updateCloudExtractRefreshTask, { taskId, refreshType: 'IncrementalRefresh', recurrence: next }, { auth })).value
      expect([changed.id, changed.refreshType, changed.schedule?.recurrence]).toStrictEqual([taskId, 'IncrementalRefresh', next])
      const typed = (await on.client.call(updateCloudExtractRefreshTask, { taskId, refreshType: 'FullRefresh' }, { auth })).value
      expect([typed.refreshType, typed.schedule?.recurrence]).toStrictEqual(['FullRefresh', next])
      await on.client.call(deleteExtractRefreshTask, { taskId }, { auth })
      expect(await rejectionOf(on.client.call(getExtractRefreshTask, { taskId }, { auth }))).toMatchObject({ code: '404026' })
    }
  })

  it('runs a task', async () => {
    await using on = await cloud()
    const auth = await signedIn(on)
    const { world } = on.sim
    const [project] = world.site().projects
    const [recurrence] = everyShape
    const content = world.site().addContent({ kind: 'workbook', name: 'Not queued yet', ownerId: world.account('admin').memberships[0]?.userId ?? '', project })
    const made = world.addTask(world.home.id, { content, ...(recurrence === undefined ? {} : { times: recurrence }) })
    expect((await on.client.call(runExtractRefreshTask, { taskId: luidSchema.parse(made.id) }, { auth })).value).toMatchObject({ type: 'RefreshExtract' })
  })

  it('names the rule that a schedule breaks', async () => {
    await using on = await cloud()
    const auth = await signedIn(on)
    const broken: Recurrence = { frequency: 'Daily', start: '18:30:00', end: '23:00:00', intervals: [{ hours: '4' }, ...onDays] }
    const call = on.client.call(createCloudExtractRefreshTask, { refreshType: 'FullRefresh', content: { workbookId: await workbookOf(on, auth) }, recurrence: broken }, { auth })
    expect(await rejectionOf(call)).toMatchObject({ code: '409004', httpStatus: 409, detail: expect.stringMatching(/hour|60/) as unknown })
  })

  it('refuses the server’s schedules with a 401 although the token is good, and its sites with 403069', async () => {
    await using on = await cloud()
    const auth = await signedIn(on)
    expect(await rejectionOf(on.client.call(listServerSchedules, page, { auth }))).toMatchObject({ name: 'TableauApiError', httpStatus: 401 })
    expect(await rejectionOf(on.client.call(querySites, page, { auth }))).toMatchObject({ code: '403069' })
    expect((await on.client.call(currentSession, {}, { auth })).value.user.name).toBe('admin')
    expect((await on.client.call(querySite, {}, { auth })).value).toMatchObject({ contentUrl: 'demo', timeZone: 'America/New_York' })
  })

  it('lets only the owner and administrators change a task, and only Creators and administrators make one', async () => {
    await using on = await cloud()
    const admin = await signedIn(on)
    const creator = await signedIn(on, 'creator')
    const workbookId = await workbookOf(on, creator)
    const [recurrence] = everyShape
    if (recurrence === undefined) throw new Error('there is no shape')
    const theirs = (await on.client.call(createCloudExtractRefreshTask, { refreshType: 'FullRefresh', content: { workbookId }, recurrence }, { auth: admin })).value
    expect(await rejectionOf(on.client.call(updateCloudExtractRefreshTask, { taskId: luidSchema.parse(theirs.id), recurrence }, { auth: creator }))).toMatchObject({ code: '403004' })
    const mine = (await on.client.call(createCloudExtractRefreshTask, { refreshType: 'FullRefresh', content: { workbookId }, recurrence }, { auth: creator })).value
    await on.client.call(updateCloudExtractRefreshTask, { taskId: luidSchema.parse(mine.id), recurrence }, { auth: creator })
    const explorer = await signedIn(on, 'explorer')
    expect(await rejectionOf(on.client.call(createCloudExtractRefreshTask, { refreshType: 'FullRefresh', content: { workbookId }, recurrence }, { auth: explorer }))).toMatchObject({ code: '403004' })
  })
})
