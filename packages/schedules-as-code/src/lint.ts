import { weekDays } from '@refreshboard/api-types'
import { alikeKey } from './alike.ts'
import { contentWords, type DocumentSchedule, type ScheduleDocument } from './document.ts'

/** Something that is allowed and probably not meant, and where. */
export interface Doubt {
  readonly path: readonly (string | number)[]
  readonly rule: string
  readonly message: string
}

/** More tasks than this that begin at one minute are named. */
export const crowd = 20

const doubtsOfOne = ({ name, type, state, repeats, content }: DocumentSchedule, at: number): Doubt[] => {
  const place = ['schedules', at] as const
  const doubts: Doubt[] = []
  if (type === 'Extract' && state === 'Active' && content?.length === 0) {
    doubts.push({ path: [...place, 'content'], rule: 'active-without-content', message: `“${name}” is Active and has no content of this site: it runs for nothing here.` })
  }
  if (state === 'Suspended' && content !== undefined && content.length > 0) {
    doubts.push({ path: [...place, 'state'], rule: 'suspended-with-content', message: `“${name}” is Suspended: its content (${content.length}) is not refreshed by it.` })
  }
  if (repeats !== undefined && 'as-read' in repeats) {
    doubts.push({ path: [...place, 'repeats'], rule: 'times-as-read', message: `The times of “${name}” are shown as Tableau tells them. Tableau’s REST API cannot write such times, so they are never applied.` })
  }
  return doubts
}

const namesOf = (names: readonly string[]): string => {
  const shown = names.slice(0, 4).map((name) => `“${name}”`)
  return names.length > 4 ? `${shown.join(', ')} and ${names.length - 4} more` : shown.join(', ')
}

const twiceRefreshed = ({ schedules }: ScheduleDocument): Doubt[] => {
  const seen = new Map<string, { path: Doubt['path']; words: string; names: string[] }>()
  for (const [at, { name, state, content = [] }] of schedules.entries()) {
    if (state === 'Suspended') continue
    for (const [row, one] of content.entries()) {
      const words = contentWords(one)
      const key = JSON.stringify([words, one.refresh === 'incremental'])
      const found = seen.get(key) ?? { path: [], words, names: [] }
      if (!found.names.includes(name)) found.names.push(name)
      seen.set(key, { ...found, path: ['schedules', at, 'content', row] })
    }
  }
  return [...seen.values()]
    .filter(({ names }) => names.length > 1)
    .map(({ path, words, names }) => ({ path, rule: 'content-on-two-schedules', message: `${words.charAt(0).toUpperCase()}${words.slice(1)} is refreshed by ${names.length} schedules: ${namesOf(names)}.` }))
}

/** The days on which it surely runs; a Monthly is left out, since it rarely meets the others. */
const daysOf = (repeats: DocumentSchedule['repeats']): readonly string[] => {
  if (repeats === undefined || 'as-read' in repeats || repeats.frequency === 'Monthly') return []
  return repeats.frequency === 'Weekly' ? repeats.weekDays : weekDays
}

const crowdedMinutes = ({ schedules }: ScheduleDocument): Doubt[] => {
  const minutes = new Map<string, { at: number; names: string[]; tasks: number; minute: string }>()
  for (const [at, { name, state, repeats, content = [] }] of schedules.entries()) {
    if (state === 'Suspended' || content.length === 0 || repeats === undefined || 'as-read' in repeats) continue
    const minute = repeats.start.slice(0, 5)
    for (const day of daysOf(repeats)) {
      const key = `${day} ${minute}`
      const found = minutes.get(key) ?? { at, names: [], tasks: 0, minute }
      found.names.push(name)
      minutes.set(key, { ...found, at, tasks: found.tasks + content.length })
    }
  }
  const told = new Set<string>()
  return [...minutes].flatMap(([key, { at, names, tasks, minute }]) => {
    const set = JSON.stringify([minute, names])
    if (names.length < 2 || tasks <= crowd || told.has(set)) return []
    told.add(set)
    const [day = ''] = key.split(' ')
    return [{ path: ['schedules', at, 'repeats', 'start'], rule: 'crowded-minute', message: `${tasks} tasks begin at ${minute} on a ${day}, from ${names.length} schedules: ${namesOf(names)}. What does not fit at once waits.` }]
  })
}

/** A server may have both, so that it is no fault. */
const namesThatLookAlike = ({ schedules }: ScheduleDocument): Doubt[] => {
  const first = new Map<string, string>()
  return schedules.flatMap(({ name }, at) => {
    const key = alikeKey(name)
    const other = first.get(key)
    if (other === undefined) first.set(key, name)
    return other === undefined ? [] : [{ path: ['schedules', at, 'name'], rule: 'names-look-alike', message: `“${name}” and “${other}” differ in capitals, blanks or the form of their letters alone.` }]
  })
}

/** What of the schedules is doubtful, and keeps nothing from being applied. */
export const lintOf = (document: ScheduleDocument): Doubt[] => [...document.schedules.flatMap(doubtsOfOne), ...namesThatLookAlike(document), ...twiceRefreshed(document), ...crowdedMinutes(document)]
