import type { Schedule } from '@refreshboard/api-types'
import { maxContentOfOne, maxSchedules, maxText, type CurrentTask, type DocumentSchedule } from '@refreshboard/schedules-as-code'
import { inParts } from './read-text.ts'

interface Written {
  readonly rows: readonly DocumentSchedule[]
  readonly yaml: string
  readonly schedules: readonly Schedule[]
  readonly tasks: readonly CurrentTask[]
  /** Tableau's clock, in milliseconds since 1970. */
  readonly now: number
}

const count = (number: number): string => number.toLocaleString('en-US')

const namesOf = (rows: readonly { readonly name: string }[]): string => {
  const names = rows.slice(0, 4).map(({ name }) => `“${name}”`)
  return `${names.join(', ')}${rows.length > names.length ? ` and ${rows.length - names.length} more` : ''}`
}

const onEnds = ({ rows, now }: Written): string[] => {
  const ending = rows.filter(({ ends }) => ends !== undefined)
  const ended = ending.filter(({ ends = '' }) => Date.parse(ends) <= now)
  return [
    ...(ending.length === 0 ? [] : [`${namesOf(ending)}: REST cannot write when a schedule ends. The text shows it under “ends”; it is never applied.`]),
    ...(ended.length === 0 ? [] : [`${namesOf(ended)}: it has ended already. Where it is gone it is not made again, since it would fire again.`]),
  ]
}

const onTasks = ({ rows, schedules, tasks }: Written): string[] => {
  const incremental = rows.flatMap(({ content = [] }) => content).filter(({ refresh }) => refresh === 'incremental').length
  const priorities = new Map(schedules.map(({ id, priority }) => [id, priority]))
  const own = tasks.filter(({ scheduleId, priority }) => priority !== undefined && priorities.get(scheduleId) !== undefined && priority !== priorities.get(scheduleId)).length
  const accelerating = rows.filter(({ type }) => type === 'DataAcceleration')
  return [
    ...(incremental === 0 ? [] : [`${incremental} of the refreshes are incremental: REST can keep and delete such a task, but not make it.`]),
    ...(own === 0 ? [] : [`${own} of the tasks have a priority of their own, which REST cannot write. The text leaves it out, and a task that is added again has its schedule’s.`]),
    ...(accelerating.length === 0 ? [] : [`${namesOf(accelerating)}: the text does not hold what is on a schedule for data acceleration. Where it is made again, its tasks are added by hand.`]),
  ]
}

/** Why this application would not read the text that it has written. */
const onSize = ({ rows, yaml }: Written): string[] => {
  const fullest = Math.max(0, ...rows.map(({ content = [] }) => content.length))
  const over = [
    ...(yaml.length > maxText ? [`it has ${count(yaml.length)} characters, and at most ${count(maxText)} are read`] : []),
    ...(rows.length > maxSchedules ? [`it has ${count(rows.length)} schedules, and at most ${count(maxSchedules)} are read`] : []),
    ...(fullest > maxContentOfOne ? [`a schedule has ${count(fullest)} rows of content, and at most ${count(maxContentOfOne)} are read`] : []),
  ]
  return over.length === 0 ? [] : [`This text can be kept and compared, but not planned as it is: ${over.join('; ')}. ${inParts('Give')}`]
}

/** What the text as a whole holds that REST cannot write, what it does not hold, and whether it is too much to be read again; sentences. */
export const notesOn = (written: Written): string[] => [...onEnds(written), ...onTasks(written), ...onSize(written)]
