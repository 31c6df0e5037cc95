import type { CreateSchedule, Recurrence, Schedule, ScheduleChanges, ServerRecurrence, UpdateSchedule } from '@refreshboard/api-types'
import { describeRecurrence, fromServerRecurrence, notUnderstood, sameRecurrence, sameServerTimes, toServerRecurrence } from '@refreshboard/recurrence'
import { meantWords } from './alike.ts'
import type { DocumentSchedule } from './document.ts'
import { endDiffers, endLost, whyEndedIsNotMade } from './plan-end.ts'
import { idle, type Current, type Step } from './steps.ts'

const orderWords = (order: string): string => (order === 'Serial' ? 'one task after the other' : 'tasks in parallel')

const timesWords = (times: ServerRecurrence): string => describeRecurrence(fromServerRecurrence(times))

const copied = (times: ServerRecurrence): ServerRecurrence => (times.frequency === 'Weekly' ? { ...times, weekDays: [...times.weekDays] } : times)

const whyNotMade = ({ name, type, repeats, ends }: DocumentSchedule, { noDataAcceleration, now }: Current, like: readonly string[]): string | undefined => {
  if (name !== name.trim()) return 'A name that begins or ends with a blank cannot be sent to Tableau.'
  if (like.length > 0) return `${meantWords(name, like)} Two names that differ in capitals, blanks or the form of their letters alone are not made from here.`
  if (type === 'DataAcceleration' && noDataAcceleration !== undefined) return noDataAcceleration
  const ended = whyEndedIsNotMade({ ends }, now)
  if (ended !== undefined) return ended
  if (repeats === undefined) return 'The text does not say when it repeats, and a new schedule needs that.'
  if (!('as-read' in repeats)) return undefined
  const times = toServerRecurrence(repeats['as-read'])
  return `${times.writable ? '' : `${times.reason} `}Times under “as-read” are shown and never applied: make the schedule in Tableau’s own pages, or give times that can be written.`
}

/** A text has the content of Extract schedules alone. */
const byHand = (type: DocumentSchedule['type']): string => (type === 'DataAcceleration' ? '. Its tasks are added by hand' : '')

/** What becomes of a schedule that is not there: it is `made`, unless it cannot be; `left` is what of it cannot be written. */
interface Creation {
  readonly made?: Step
  readonly left: readonly Step[]
}

/** How a schedule that is not there is made, or why it is not; `like`: names that it may be mistaken for. */
export const creation = (wanted: DocumentSchedule, current: Current, like: readonly string[]): Creation => {
  const { name, type, state = 'Active', priority = 50, order = 'Parallel', repeats, content = [] } = wanted
  const what = { id: name, name, about: type }
  const why = whyNotMade(wanted, current, like)
  if (why !== undefined || repeats === undefined || 'as-read' in repeats) {
    return { left: [idle('cannot', what, `It cannot be made. ${why ?? ''}${content.length === 0 ? '' : ` What the text puts on it (${content.length}) is left out, too.`}`)] }
  }
  const schedule: CreateSchedule = { name, type, priority, executionOrder: order, recurrence: copied(repeats) }
  const suspended = state === 'Suspended'
  const lost = endLost(wanted)
  const made: Step = {
    ...what,
    step: 'create',
    will: `Is made for ${type}: ${timesWords(repeats)}, priority ${priority}, ${orderWords(order)}${lost === undefined ? '' : ', without its end'}${suspended ? '; then suspended' : ''}${byHand(type)}`,
    input: { do: 'createSchedule', schedule, suspended },
  }
  return { made, left: lost === undefined ? [] : [idle('cannot', what, lost)] }
}

interface Difference {
  readonly changes: ScheduleChanges
  readonly seen: UpdateSchedule['seen']
  readonly words: NonNullable<Step['changes']>
  /** Why its times stay as they are, although the text has others. */
  readonly times: string | undefined
}

const timesFault = (repeats: NonNullable<DocumentSchedule['repeats']>, now: Recurrence | undefined): string | undefined => {
  if (now === undefined) return 'Tableau does not tell its times, so they are not replaced.'
  if ('as-read' in repeats) return `Its times are “${describeRecurrence(now)}” and “${describeRecurrence(repeats['as-read'])}” in the text. Times under “as-read” are shown and never applied.`
  const times = toServerRecurrence(now)
  return times.writable ? undefined : `${times.reason} Its times are not replaced from here.`
}

const sameTimes = (repeats: NonNullable<DocumentSchedule['repeats']>, now: Recurrence | undefined): boolean => {
  if (now === undefined) return false
  return 'as-read' in repeats ? sameRecurrence(repeats['as-read'], now) : sameServerTimes(now, fromServerRecurrence(repeats))
}

const differenceOf = ({ state, priority, order, repeats }: DocumentSchedule, now: Schedule, timesAreTold: boolean): Difference => {
  const changes: ScheduleChanges = {}
  const seen: UpdateSchedule['seen'] = {}
  const words: NonNullable<Step['changes']> = []
  if (state !== undefined && state !== now.state) {
    changes.state = state
    seen.state = now.state
    words.push({ field: 'state', before: now.state, after: state })
  }
  if (priority !== undefined && priority !== now.priority) {
    changes.priority = priority
    if (now.priority !== undefined) seen.priority = now.priority
    words.push({ field: 'priority', before: String(now.priority ?? 'unknown'), after: String(priority) })
  }
  if (order !== undefined && timesAreTold && order !== now.executionOrder) {
    changes.executionOrder = order
    if (now.executionOrder !== undefined) seen.executionOrder = now.executionOrder
    words.push({ field: 'order of execution', before: now.executionOrder ?? 'unknown', after: order })
  }
  // A server that tells no times would be sent the same ones at every run.
  if (repeats === undefined || !timesAreTold || sameTimes(repeats, now.recurrence)) return { changes, seen, words, times: undefined }
  const times = timesFault(repeats, now.recurrence)
  if (times === undefined && !('as-read' in repeats) && now.recurrence !== undefined) {
    changes.recurrence = copied(repeats)
    seen.recurrence = now.recurrence
    words.push({ field: 'timing', before: describeRecurrence(now.recurrence), after: timesWords(repeats) })
  }
  return { changes, seen, words, times }
}

/** Why nothing of it can be changed: it is only shown, or a Weekly, which is always sent with its days. */
const whyNotChanged = (now: Schedule, { recurrence: replaced }: ScheduleChanges): string | undefined => {
  const { frequency, recurrence } = now
  const why = notUnderstood(now)
  if (why !== undefined || frequency !== 'Weekly' || replaced !== undefined) return why
  if (recurrence === undefined) return 'A Weekly schedule can only be changed together with its days, and Tableau does not tell them.'
  const times = toServerRecurrence(recurrence)
  return times.writable ? undefined : `${times.reason} A Weekly schedule can only be changed together with its days.`
}

/** The steps that make a schedule what the text says; none when it is so already. */
export const changesOf = (wanted: DocumentSchedule, now: Schedule, { timesAreTold }: Current): Step[] => {
  const what = { id: now.id, name: now.name, about: now.type }
  if (wanted.type !== now.type) return [idle('cannot', what, `It is for ${now.type} at Tableau and for ${wanted.type} in the text. REST cannot change what a schedule is for, so nothing of it is changed.`)]
  const { changes, seen, words, times } = differenceOf(wanted, now, timesAreTold)
  const left = [times, endDiffers(wanted, now)].flatMap((reason) => (reason === undefined ? [] : [idle('cannot', what, reason)]))
  if (words.length === 0) return left
  const why = whyNotChanged(now, changes)
  if (why !== undefined) return [...left, idle('cannot', what, `${why} In the text: ${words.map(({ field, after }) => `${field} ${after}`).join(', ')}.`)]
  const change: Step = {
    ...what,
    step: 'change',
    will: `Is changed: ${words.map(({ field }) => field).join(', ')}`,
    changes: words,
    input: { do: 'changeSchedule', id: now.id, changes, seen: { name: now.name, ...seen } },
  }
  return [change, ...left]
}
