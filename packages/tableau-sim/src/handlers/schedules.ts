import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { pageBounds, paginationElement, parsePaging } from '../paging.ts'
import { isServerAdministrator, mayListSchedules } from '../permissions.ts'
import { parseQuery } from '../query-string.ts'
import type { Recurrence } from '../recurrence.ts'
import { detailsOf, everyDay, readFrequency, readName, readOrder, readPriority, readState, readTimes, readWord, writableFrequency } from '../schedule-in.ts'
import { scheduleDetailElement, scheduleRowElement, warningsOf } from '../schedule-xml.ts'
import type { ServerSchedule } from '../server-schedule.ts'
import { hasDataAcceleration } from '../versions.ts'
import { childOf } from '../xml-in.ts'
import type { RequestElement } from '../xml-in.ts'
import { element, fragment } from '../xml-out.ts'

/** List, Get, Create, Update and Delete Server Schedule: of the whole server, whatever the site of the session. */
export const scheduleRoutes: readonly Route[] = [
  { operation: 'listServerSchedules', on: 'server', method: 'GET', path: '/schedules', since: '2.2', access: 'session', handle: listSchedules },
  { operation: 'createServerSchedule', on: 'server', method: 'POST', path: '/schedules', since: '2.3', access: 'session', handle: createSchedule },
  { operation: 'getServerSchedule', on: 'server', method: 'GET', path: '/schedules/:scheduleId', since: '3.8', access: 'session', handle: getSchedule },
  { operation: 'updateServerSchedule', on: 'server', method: 'PUT', path: '/schedules/:scheduleId', since: '2.3', access: 'session', handle: updateSchedule },
  { operation: 'deleteServerSchedule', on: 'server', method: 'DELETE', path: '/schedules/:scheduleId', since: '2.3', access: 'session', handle: deleteSchedule },
]

/** A schedule with this in its name asks for a failure without a reason; busy has one for each that needs a schedule. */
const asksFor = (name: string, code: string): boolean => name.includes(`Simulated: ${code}`)

function listSchedules(call: SignedInCall): HandlerReply {
  checkMayList(call)
  const page = parsePaging(parseQuery(call.query))
  const { schedules, engine } = call.world.timetable
  const listed = schedules.listed(call.world.clock.now())
  const { from, to } = pageBounds(page, listed.length)
  const rows = listed.slice(from, to).map((schedule) => scheduleRowElement(schedule, engine.nextRunAt(schedule)))
  return { status: 200, content: fragment([paginationElement(page, listed.length), element('schedules', {}, ...rows)]) }
}

function getSchedule(call: SignedInCall): HandlerReply {
  checkMayList(call)
  const schedule = scheduleOf(call)
  return { status: 200, content: scheduleDetailElement(schedule, call.world.timetable.engine.nextRunAt(schedule)) }
}

function createSchedule(call: SignedInCall): HandlerReply {
  checkServerAdministrator(call)
  const wanted = scheduleElementOf(call)
  const { badRequest } = refusals
  const name = required(readName(wanted, badRequest), 'name')
  const frequency = required(readFrequency(wanted, badRequest), 'frequency')
  const type = required(readWord(wanted, 'type', writableTypes(call.version), badRequest), 'type')
  const priority = readPriority(wanted, badRequest) ?? 50
  const executionOrder = readOrder(wanted, badRequest) ?? 'Parallel'
  const times = readTimes(frequency, required(detailsOf(wanted), 'frequencyDetails'), 'refused')
  checkNameIsFree(call, name)
  if (asksFor(name, '400064')) throw refusals.scheduleCreate('The schedule could not be created.')
  return changed(call, 201, call.world.timetable.createSchedule({ ...times, name, type, priority, executionOrder }), true)
}

/**
 * Only what is given changes, with the exception that the reference names: Weekly without days becomes Weekly on every day,
 * whatever the update was about. A type is ignored (it is in the sample, not among the attributes).
 */
function updateSchedule(call: SignedInCall): HandlerReply {
  checkServerAdministrator(call)
  const schedule = scheduleOf(call)
  const wanted = scheduleElementOf(call)
  const { parameter } = refusals
  const name = readName(wanted, parameter)
  const priority = readPriority(wanted, parameter)
  const executionOrder = readOrder(wanted, parameter)
  const state = readState(wanted, parameter)
  const times = newTimes(schedule, wanted)
  if (name !== undefined && name !== schedule.name) checkNameIsFree(call, name)
  const given = ['name', 'priority', 'executionOrder', 'state', 'frequency'].some((attribute) => wanted.attributes.has(attribute)) || detailsOf(wanted) !== undefined
  if (!given) return changed(call, 200, schedule, false)
  if (asksFor(schedule.name, '400071') || asksFor(name ?? '', '400071')) throw refusals.scheduleUpdate('The schedule could not be updated.')
  schedule.name = name ?? schedule.name
  schedule.priority = priority ?? schedule.priority
  schedule.executionOrder = executionOrder ?? schedule.executionOrder
  schedule.state = state ?? schedule.state
  schedule.recurrence = times
  schedule.updatedAt = call.world.clock.now()
  call.world.timetable.engine.arm(schedule)
  return changed(call, 200, schedule, true)
}

function deleteSchedule(call: SignedInCall): HandlerReply {
  checkServerAdministrator(call)
  const schedule = scheduleOf(call)
  if (asksFor(schedule.name, '400059')) throw refusals.scheduleDelete('The schedule could not be deleted.')
  call.world.timetable.removeSchedule(schedule)
  return { status: 204, applied: true }
}

/** The very same object where the times stay as they are. */
const newTimes = (schedule: ServerSchedule, wanted: RequestElement): Recurrence => {
  const { recurrence } = schedule
  const frequency = readFrequency(wanted, refusals.parameter)
  const details = detailsOf(wanted)
  if (details !== undefined) return readTimes(required(frequency ?? writableFrequency(recurrence.frequency), 'frequency'), details, 'every day')
  if (frequency !== undefined && frequency !== recurrence.frequency) {
    throw refusals.parameter(`A change of the frequency from ${recurrence.frequency} to ${frequency} needs frequencyDetails.`)
  }
  return recurrence.frequency === 'Weekly' ? { ...recurrence, end: undefined, intervals: everyDay } : recurrence
}

const changed = (call: SignedInCall, status: number, schedule: ServerSchedule, applied: boolean): HandlerReply => {
  const detail = scheduleDetailElement(schedule, call.world.timetable.engine.nextRunAt(schedule))
  const warnings = applied ? warningsOf(schedule) : undefined
  return { status, content: warnings === undefined ? detail : fragment([detail, warnings]), applied }
}

/** Data acceleration came with 3.8 and went after 3.15 (§ Create Server Schedule). */
const writableTypes = (version: string) => {
  const types = ['Extract', 'Subscription', 'Flow'] as const
  return hasDataAcceleration(version) ? ([...types, 'DataAcceleration'] as const) : types
}

const required = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw refusals.badRequest(`Payload is either malformed or incomplete: a schedule needs ${what}.`)
  return value
}

const scheduleElementOf = (call: SignedInCall): RequestElement => {
  const schedule = childOf(call.body(), 'schedule')
  if (schedule === undefined) throw refusals.badRequest('Payload is either malformed or incomplete: the schedule is missing.')
  return schedule
}

const scheduleOf = (call: SignedInCall): ServerSchedule => {
  const id = call.params['scheduleId'] ?? ''
  const schedule = call.world.timetable.schedules.get(id)
  if (schedule === undefined) throw refusals.scheduleNotFound(`Schedule '${id}' could not be found.`)
  return schedule
}

const checkNameIsFree = (call: SignedInCall, name: string): void => {
  if (call.world.schedules.some((schedule) => schedule.name === name)) throw refusals.scheduleNameTaken(`A schedule named '${name}' already exists on this server.`)
}

const checkMayList = ({ session }: SignedInCall): void => {
  if (!mayListSchedules(session.membership.siteRole)) throw refusals.forbidden('Only users who may schedule extract refreshes and administrators can read schedules.')
}

const checkServerAdministrator = ({ session }: SignedInCall): void => {
  if (!isServerAdministrator(session.membership.siteRole)) throw refusals.forbidden('Only server administrators can create, update or delete schedules.')
}
