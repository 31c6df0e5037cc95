import type { CreateSchedule, Luid, Schedule, ScheduleChanges } from '@refreshboard/api-types'
import { defineEndpoint } from '../endpoint.ts'
import { TableauInputError } from '../errors.ts'
import { decodePage, type Page, pageQuery, type PageRequest } from '../paging.ts'
import { childrenOf, instantFields, intFields, optionalText, requiredChild, requiredText, requiredWord, type XmlElement } from '../xml/element.ts'
import { decodeRecurrence, encodeRecurrence, type RecurrenceInput } from '../xml/recurrence.ts'
import { type RequestElement, writeRequest } from '../xml/writer.ts'

interface ScheduleInput {
  readonly scheduleId: Luid
}

interface NewSchedule extends Omit<CreateSchedule, 'recurrence'> {
  readonly recurrence: RecurrenceInput
}

type Changes = Omit<ScheduleChanges, 'recurrence'> & { readonly recurrence?: RecurrenceInput | undefined }

/**
 * A row has neither `executionOrder` nor recurrence; a detail and the replies of writes have both. The end of a schedule is
 * `endScheduleAt` in the templates and `endScheduleTime` in the sample of § Update Server Schedule.
 */
const decodeSchedule = (schedule: XmlElement): Schedule => {
  const { state = '', type = '', frequency = '' } = schedule.attributes
  const { endScheduleTime, endScheduleAt = endScheduleTime, ...instants } = instantFields(schedule, 'createdAt', 'updatedAt', 'nextRunAt', 'endScheduleAt', 'endScheduleTime')
  const recurrence = decodeRecurrence(schedule)
  return {
    id: requiredWord(schedule, 'id'),
    name: requiredText(schedule, 'name'),
    state,
    type,
    frequency,
    ...intFields(schedule, 'priority'),
    ...instants,
    ...(endScheduleAt === undefined ? {} : { endScheduleAt }),
    ...optionalText(schedule, 'executionOrder'),
    ...(recurrence === undefined ? {} : { recurrence }),
  }
}

/** A `<schedule>` of a request, with what is given. Weekly without days would be all seven of them to Tableau: it is refused. */
const encodeSchedule = (operation: string, { recurrence, priority, ...texts }: Changes & Partial<Pick<CreateSchedule, 'type'>>): string => {
  if (recurrence?.frequency === 'Weekly' && recurrence.weekDays.length === 0) throw new TableauInputError(operation, 'weekDays', 'is empty')
  const when = recurrence === undefined ? undefined : encodeRecurrence(recurrence)
  const schedule: RequestElement = {
    name: 'schedule',
    attributes: {
      name: texts.name,
      priority: priority === undefined ? undefined : String(priority),
      type: texts.type,
      frequency: when?.frequency,
      state: texts.state,
      executionOrder: texts.executionOrder,
    },
    children: when === undefined ? [] : [when.details],
  }
  return writeRequest(schedule)
}

/**
 * List Server Schedules: those of the whole server, of all types, a page at a time; without recurrence. Administrators, and
 * who may schedule refreshes. Tableau Cloud answers a 401 although the token is good.
 */
export const listServerSchedules = defineEndpoint({
  name: 'listServerSchedules',
  method: 'GET',
  path: '/schedules',
  since: '2.2',
  reference: 'jobs-tasks-schedules reference, § List Server Schedules',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: (page: PageRequest) => ({ query: pageQuery(page) }),
  decode: (root): Page<Schedule> => decodePage(root, childrenOf(requiredChild(root, 'schedules'), 'schedule').map(decodeSchedule)),
})

/** Get Server Schedule, with its recurrence. 404023 or 404027 for one that is gone; the reference prints only the second. */
export const getServerSchedule = defineEndpoint({
  name: 'getServerSchedule',
  method: 'GET',
  path: '/schedules/{scheduleId}',
  since: '3.8',
  reference: 'jobs-tasks-schedules reference, § Get Server Schedule',
  auth: 'session',
  operation: 'read',
  reply: 'body',
  encode: ({ scheduleId }: ScheduleInput) => ({ params: { scheduleId } }),
  decode: (root): Schedule => decodeSchedule(requiredChild(root, 'schedule')),
})

/**
 * Create Server Schedule. Server administrators only. 409021 when the name is taken on the server; 409004 (under HTTP 400)
 * when the times are refused, with the rule in its detail.
 */
export const createServerSchedule = defineEndpoint({
  name: 'createServerSchedule',
  method: 'POST',
  path: '/schedules',
  since: '2.3',
  reference: 'jobs-tasks-schedules reference, § Create Server Schedule',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  sinceFor: ({ type }) => (type === 'DataAcceleration' ? '3.8' : '2.3'),
  untilFor: ({ type }) => (type === 'DataAcceleration' ? '3.15' : undefined),
  encode: (input: NewSchedule) => ({ body: encodeSchedule('createServerSchedule', input) }),
  decode: (root): Schedule => decodeSchedule(requiredChild(root, 'schedule')),
})

/**
 * Update Server Schedule: what is given, and all times where `recurrence` is. Whoever changes anything of a Weekly schedule
 * passes its recurrence too: an update without days resets it to all seven. The type cannot be changed. Server
 * administrators only; 404023, 409021, 409004, 400008 and 400071.
 */
export const updateServerSchedule = defineEndpoint({
  name: 'updateServerSchedule',
  method: 'PUT',
  path: '/schedules/{scheduleId}',
  since: '2.3',
  reference: 'jobs-tasks-schedules reference, § Update Server Schedule',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ scheduleId, name, state, priority, executionOrder, recurrence }: ScheduleInput & Changes) => ({
    params: { scheduleId },
    body: encodeSchedule('updateServerSchedule', { name, state, priority, executionOrder, recurrence }),
  }),
  decode: (root): Schedule => decodeSchedule(requiredChild(root, 'schedule')),
})

/** Delete Server Schedule, for all sites. Server administrators only; 404023 for one that is gone. */
export const deleteServerSchedule = defineEndpoint({
  name: 'deleteServerSchedule',
  method: 'DELETE',
  path: '/schedules/{scheduleId}',
  since: '2.3',
  reference: 'jobs-tasks-schedules reference, § Delete Server Schedule',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: ({ scheduleId }: ScheduleInput) => ({ params: { scheduleId } }),
  decode: () => undefined,
})
