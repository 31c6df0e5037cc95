import type { Schedule } from '@refreshboard/api-types'
import { meantWords } from './alike.ts'
import { nameOf, type ContentBook } from './content-book.ts'
import { contentWords, type DocumentContent } from './document.ts'
import { grouped } from './grouped.ts'
import { mayBeMeant } from './may-be-meant.ts'
import type { NearGuard } from './near-names.ts'
import { idle, type Current, type CurrentTask, type NamedContent, type Step } from './steps.ts'

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const placesOf = (found: readonly NamedContent[], words: (project: string) => string): string =>
  [...new Set(found.map(({ project }) => (project === undefined ? 'a project that you may not see' : words(project))))].slice(0, 4).join(', ')

const ambiguous = (wanted: DocumentContent, found: readonly NamedContent[]): string =>
  `This site has ${found.length} of this name: in ${placesOf(found, (project) => project)}. ${wanted.project === undefined ? 'Name its project from the top.' : 'Which one is meant, a name cannot tell.'}`

/** Why a row means nothing here, and what it may mean all the same; `near`: the names of what is kept for its sake. */
const missing = (one: DocumentContent, elsewhere: readonly NamedContent[], near: readonly string[], book: ContentBook): string => {
  const suggestion = elsewhere.length === 0 && near.length === 0 ? book.nearly(one) : undefined
  const like = suggestion === undefined ? near : [suggestion]
  const meant = like.length === 0 ? '' : ` ${meantWords(nameOf(one), like)}`
  if (elsewhere.length > 0) return `${capital(contentWords({ ...one, project: undefined }))} is there in ${placesOf(elsewhere, (project) => `“${project}”`)}, not in “${one.project ?? ''}”.${meant}`
  return `${capital(contentWords(one))} is not on this site, or you may not see it.${meant === '' ? ' Content of other sites is not seen from here.' : meant}`
}

const isMet = ({ refresh }: DocumentContent, task: CurrentTask): boolean => refresh === undefined || task.refresh === undefined || task.refresh === refresh

const incremental = 'REST adds content as a full refresh alone; an incremental one is made in Tableau’s own pages.'

/** Where content goes: a schedule that is there, or the one that a step makes. */
export type Target = { readonly name: string; readonly id: string } | { readonly name: string; readonly madeBy: number }

const about = ({ project }: NamedContent, schedule: string): string => `${project === undefined ? '' : `${project} · `}${schedule}`

const addition = (target: Target, content: NamedContent): Step => ({
  id: content.id,
  name: content.name,
  about: about(content, target.name),
  step: 'create',
  will: `Is added to “${target.name}” as a full refresh`,
  input: { do: 'addContent', schedule: 'id' in target ? { id: target.id } : { madeBy: target.madeBy }, kind: content.kind, contentId: content.id },
})

const removal = (task: CurrentTask, content: NamedContent, schedule: string): Step => ({
  id: task.id,
  name: content.name,
  about: about(content, schedule),
  step: 'delete',
  will: `Is taken off “${schedule}”${task.refresh === 'incremental' ? '; REST cannot make an incremental refresh again' : ''}. The ${content.kind === 'workbook' ? 'workbook' : 'data source'} stays`,
  input: { do: 'deleteTask', id: task.id },
})

const tooMany = 'So much of the text means nothing on this site that it could not be told whether this is meant.'

/** What a site has, and what its server cannot do. */
export interface Site extends Pick<Current, 'noAdds' | 'noTaskDeletes'> {
  readonly book: ContentBook
  readonly near: NearGuard
}

/** The steps, or each of them left for the reason that the server gives. */
const offered = (steps: readonly Step[], words: string, why: string | undefined): { readonly done: Step[]; readonly left: Step[] } =>
  why === undefined ? { done: [...steps], left: [] } : { done: [], left: steps.map((step) => idle('cannot', step, `${words}. ${why}`)) }

/** A row of the text, what it means here, and the tasks that are of it. */
interface Row {
  readonly one: DocumentContent
  readonly found: readonly NamedContent[]
  /** Where it means nothing: of its name in other projects. */
  readonly elsewhere: readonly NamedContent[]
  readonly met: boolean
  /** What is not taken off, since it is or may be meant. */
  readonly kept: readonly CurrentTask[]
}

const rowOf = (one: DocumentContent, tasks: readonly CurrentTask[], book: ContentBook): Row => {
  const found = book.named(one)
  const elsewhere = found.length > 0 ? [] : book.anywhere(one)
  const contents = [...found, ...elsewhere]
  const there = contents.length === 0 ? [] : tasks.filter((task) => contents.some(({ kind, id }) => kind === task.kind && id === task.contentId))
  const met = there.filter((task) => isMet(one, task))
  return { one, found, elsewhere, met: met.length > 0, kept: found.length === 1 ? met : there }
}

interface Removals {
  readonly deletes: readonly Step[]
  /** Tasks that stay, since it could not be told whether they are meant. */
  readonly left: readonly Step[]
  readonly namesOf: (row: DocumentContent) => readonly string[]
}

/** What is on a schedule and not in the text, but for what the text may mean. */
const removals = (rows: readonly Row[], target: Target, tasks: readonly CurrentTask[], { book, near }: Site): Removals => {
  const kept = new Set(rows.flatMap((row) => row.kept.map(({ id }) => id)))
  const doomed = tasks.flatMap((task) => {
    const content = book.byId(task.kind, task.contentId)
    return kept.has(task.id) || content === undefined ? [] : [{ task, content }]
  })
  const unclear = rows.filter(({ found }) => found.length === 0).map(({ one }) => one)
  const { fateOf, namesOf } = mayBeMeant(
    unclear,
    doomed.map(({ content }) => content),
    near,
  )
  const of = (fate: ReturnType<typeof fateOf>): Step[] => doomed.filter(({ content }) => fateOf(content) === fate).map(({ task, content }) => removal(task, content, target.name))
  return { deletes: of('other'), left: of('unsure').map((step) => idle('cannot', step, `It stays on “${target.name}”. ${tooMany}`)), namesOf }
}

interface ContentSteps {
  readonly adds: Step[]
  readonly deletes: Step[]
  readonly left: Step[]
}

/** What is added to a schedule, and with `prune` what is taken off it. */
export const contentSteps = (wanted: readonly DocumentContent[], target: Target, tasks: readonly CurrentTask[], site: Site, prune: boolean): ContentSteps => {
  const rows = wanted.map((one) => rowOf(one, tasks, site.book))
  const off: Removals = prune ? removals(rows, target, tasks, site) : { deletes: [], left: [], namesOf: () => [] }
  const adds: Step[] = []
  const left: Step[] = []
  /** Content that gets a full refresh here: two rows can mean the same, one with and one without its project or its kind of refresh. */
  const added = new Set<string>()
  for (const { one, found, elsewhere, met } of rows) {
    const [content] = found
    const what = { id: content?.id ?? nameOf(one), name: nameOf(one), about: target.name }
    if (content === undefined) left.push(idle('cannot', what, missing(one, elsewhere, off.namesOf(one), site.book)))
    else if (found.length > 1) left.push(idle('cannot', what, ambiguous(one, found)))
    else if (met) continue
    else if (one.refresh === 'incremental') left.push(idle('cannot', what, incremental))
    else if (!added.has(`${content.kind} ${content.id}`)) {
      added.add(`${content.kind} ${content.id}`)
      adds.push(addition(target, content))
    }
  }
  const add = offered(adds, `It is not added to “${target.name}”`, site.noAdds)
  const take = offered(off.deletes, `It stays on “${target.name}”`, site.noTaskDeletes)
  return { adds: add.done, deletes: take.done, left: [...add.left, ...take.left, ...off.left, ...left] }
}

/** The tasks of the site by schedule. */
export const tasksBySchedule = ({ tasks }: Pick<Current, 'tasks'>): ReadonlyMap<Schedule['id'], readonly CurrentTask[]> => grouped(tasks, ({ scheduleId }) => scheduleId)
