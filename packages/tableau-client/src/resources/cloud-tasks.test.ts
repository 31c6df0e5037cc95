import { type Recurrence, taskSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { datasourceId, taskId, workbookId } from '../testing/ids.ts'
import { createCloudExtractRefreshTask, updateCloudExtractRefreshTask } from './cloud-tasks.ts'

const daily: Recurrence = { frequency: 'Daily', start: '18:30:00', end: '23:30:00', intervals: [{ hours: '4' }, { weekDay: 'Sunday' }, { weekDay: 'Wednesday' }] }
const dailyXml =
  '<schedule frequency="Daily"><frequencyDetails start="18:30:00" end="23:30:00"><intervals><interval hours="4"/><interval weekDay="Sunday"/><interval weekDay="Wednesday"/></intervals></frequencyDetails></schedule>'

describe('Create Cloud Extract Refresh Task', () => {
  it('sends task and schedule side by side, as the reference prints them', () => {
    expect(createCloudExtractRefreshTask.encode({ refreshType: 'FullRefresh', content: { workbookId }, recurrence: daily })).toStrictEqual({
      body: `<tsRequest><extractRefresh type="FullRefresh"><workbook id="${workbookId}"/></extractRefresh>${dailyXml}</tsRequest>`,
    })
  })

  it.each<[Recurrence, string]>([
    [{ frequency: 'Hourly', start: '20:45:00', end: '21:45:00', intervals: [{ hours: '1' }, { weekDay: 'Monday' }] }, '<schedule frequency="Hourly"><frequencyDetails start="20:45:00" end="21:45:00"><intervals><interval hours="1"/><interval weekDay="Monday"/></intervals></frequencyDetails></schedule>'],
    [{ frequency: 'Weekly', start: '06:00:00', intervals: [{ weekDay: 'Monday' }] }, '<schedule frequency="Weekly"><frequencyDetails start="06:00:00"><intervals><interval weekDay="Monday"/></intervals></frequencyDetails></schedule>'],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: '1' }, { monthDay: '15' }] }, '<schedule frequency="Monthly"><frequencyDetails start="06:00:00"><intervals><interval monthDay="1"/><interval monthDay="15"/></intervals></frequencyDetails></schedule>'],
    [{ frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] }, '<schedule frequency="Monthly"><frequencyDetails start="06:00:00"><intervals><interval monthDay="Third" weekDay="Thursday"/></intervals></frequencyDetails></schedule>'],
  ])('writes %j', (recurrence, xml) => {
    const { body } = createCloudExtractRefreshTask.encode({ refreshType: 'IncrementalRefresh', content: { datasourceId }, recurrence })
    expect(body).toBe(`<tsRequest><extractRefresh type="IncrementalRefresh"><datasource id="${datasourceId}"/></extractRefresh>${xml}</tsRequest>`)
  })

  it('reads the reply’s two siblings as one task, without the schedule’s id and with its date in UTC', () => {
    const { value } = answer(createCloudExtractRefreshTask, fixture('tasks/cloud-created'))
    expect(value).toStrictEqual({
      id: '13237fd6-3650-44d5-925b-644e5281b605',
      consecutiveFailedCount: 0,
      type: 'IncrementalRefresh',
      refreshType: 'IncrementalRefresh',
      content: { kind: 'datasource', id: '0057ccac-872a-11e5-bb51-f763326b1350' },
      schedule: { frequency: 'Daily', nextRunAt: '2023-04-07T06:43:12Z', recurrence: daily },
    })
    expect(taskSchema.parse(value)).toStrictEqual(value)
  })

  it('reads a reply whose schedule has no id, and what Tableau warns of', () => {
    const { value, warnings } = answer(createCloudExtractRefreshTask, fixture('tasks/cloud-created-without-schedule-id'))
    expect(value).toStrictEqual({
      id: taskId,
      priority: 50,
      consecutiveFailedCount: 0,
      type: 'FullRefresh',
      refreshType: 'FullRefresh',
      content: { kind: 'workbook', id: '7e766949-7166-4b3d-90ba-784f7575743b' },
      schedule: { frequency: 'Monthly', nextRunAt: '2023-06-15T09:50:00Z', recurrence: { frequency: 'Monthly', start: '02:50:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] } },
    })
    expect(warnings).toStrictEqual(['The extract is refreshed by another task too.'])
  })

  it('takes a schedule inside of the task too, and a reply without one', () => {
    const inside = fixture('tasks/detail-cloud').toString().replaceAll(/<\/?task>/g, '')
    expect(answer(createCloudExtractRefreshTask, Buffer.from(inside)).value.schedule?.recurrence?.intervals).toStrictEqual([{ weekDay: 'Wednesday' }])
    const without = fixture('tasks/cloud-created').toString().replace(/<schedule[\s\S]*<\/schedule>/, '')
    expect(answer(createCloudExtractRefreshTask, Buffer.from(without)).value).not.toHaveProperty('schedule')
  })

  it('is not known to be done when the reply names no task', () => {
    const reply = fixture('tasks/cloud-created').toString().replace(/<extractRefresh id="[^"]*"/, '<extractRefresh')
    expect(thrownBy(() => answer(createCloudExtractRefreshTask, Buffer.from(reply)))).toMatchObject({ reason: '<extractRefresh> has no attribute id', outcome: 'unknown' })
  })
})

describe('Update Cloud Extract Refresh Task', () => {
  it('is a POST to the task: a PUT is answered with 405', () => {
    expect([updateCloudExtractRefreshTask.method, updateCloudExtractRefreshTask.path]).toStrictEqual(['POST', '/sites/{siteId}/tasks/extractRefreshes/{taskId}'])
  })

  it.each([
    [{ recurrence: daily }, dailyXml],
    [{ refreshType: 'IncrementalRefresh' } as const, '<extractRefresh type="IncrementalRefresh"/>'],
    [{ refreshType: 'FullRefresh', recurrence: daily } as const, `<extractRefresh type="FullRefresh"/>${dailyXml}`],
  ])('sends of %j that alone', (changes, xml) => {
    expect(updateCloudExtractRefreshTask.encode({ taskId, ...changes })).toStrictEqual({ params: { taskId }, body: `<tsRequest>${xml}</tsRequest>` })
  })

  it('reads the reply', () => {
    expect(answer(updateCloudExtractRefreshTask, fixture('tasks/cloud-created')).value).toMatchObject({ refreshType: 'IncrementalRefresh', schedule: { recurrence: daily } })
  })
})

describe('refusals', () => {
  it.each([
    [createCloudExtractRefreshTask, 'tasks/cloud-times-refused', 409, { code: '409004', detail: 'The difference between start and end times must be increments of 60 minutes.' }],
    // Seen under 400 too: the code decides.
    [updateCloudExtractRefreshTask, 'tasks/cloud-times-refused', 400, { code: '409004' }],
    [updateCloudExtractRefreshTask, 'tasks/cloud-not-owner', 403, { code: '403004' }],
    [updateCloudExtractRefreshTask, 'tasks/not-found', 404, { code: '404026' }],
    // The time to wait stands in the text alone, of a write as of a read.
    [createCloudExtractRefreshTask, 'jobs/throttled', 429, { code: '429000', retryAfterMs: 29 * 60_000 }],
    [updateCloudExtractRefreshTask, 'jobs/throttled', 429, { code: '429000', retryAfterMs: 29 * 60_000 }],
  ])('%# has its code', (endpoint, name, status, expected) => {
    expect(thrownBy(() => answer<unknown>(endpoint, fixture(name), { status }))).toMatchObject({ name: 'TableauApiError', outcome: 'answered', httpStatus: status, ...expected })
  })
})
