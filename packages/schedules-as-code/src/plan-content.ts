import type { Schedule } from '@refreshboard/api-types'
import type { ContentBook } from './content-book.ts'
import { contentWords, type DocumentContent } from './document.ts'
import { idle, type Current, type CurrentTask, type NamedContent, type Step } from './steps.ts'

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const placesOf = (found: readonly NamedContent[], words: (project: string) => string): string =>
  [...new Set(found.map(({ project }) => (project === undefined ? 'a project that you may not see' : words(project))))].slice(0, 4).join(', ')

const ambiguous = (wanted: DocumentContent, found: readonly NamedContent[]): string =>
  `This site has ${found.length} of this name: in ${placesOf(found, (project) => project)}. ${wanted.project === undefined ? 'Name its project from the top.' : 'Which one is meant, a name cannot tell.'}`

const isMet = ({ refresh }: DocumentContent, task: CurrentTask): boolean => refresh === undefined || task.refresh === undefined || task.refresh === refresh

const incremental = 'REST adds content as a full refresh alone; an incremental one is made in Tableau’s own pages.'

/** Where content goes: a schedule that is there, or the one that a step makes. */
export type Target = { readonly name: string; readonly id: string } | { readonly name: string; readonly madeBy: number }

const addition = (target: Target, content: NamedContent): Step => ({
  id: content.id,
  name: content.name,
  about: `${content.project === undefined ? '' : `${content.project} · `}${target.name}`,
  step: 'create',
  will: `Is added to “${target.name}” as a full refresh`,
  input: { do: 'addContent', schedule: 'id' in target ? { id: target.id } : { madeBy: target.madeBy }, kind: content.kind, contentId: content.id },
})

const removal = (task: CurrentTask, content: NamedContent, schedule: string): Step => ({
  id: task.id,
  name: content.name,
  about: `${content.project === undefined ? '' : `${content.project} · `}${schedule}`,
  step: 'delete',
  will: `Is taken off “${schedule}”${task.refresh === 'incremental' ? '; REST cannot make an incremental refresh again' : ''}. The ${content.kind === 'workbook' ? 'workbook' : 'data source'} stays`,
  input: { do: 'deleteTask', id: task.id },
})

/** What a row that means nothing here may mean all the same: content of its name in another project, or of nearly its name; and why it is not clear. */
const supposed = (one: DocumentContent, book: ContentBook): { readonly contents: readonly NamedContent[]; readonly reason: string } => {
  const elsewhere = book.anywhere(one)
  if (elsewhere.length > 0) return { contents: elsewhere, reason: `${capital(contentWords({ ...one, project: undefined }))} is there in ${placesOf(elsewhere, (project) => `“${project}”`)}, not in “${one.project ?? ''}”.` }
  const nearly = book.nearly(one)
  const [near] = nearly
  return { contents: nearly, reason: `${capital(contentWords(one))} is not on this site, or you may not see it. ${near === undefined ? 'Content of other sites is not seen from here.' : `Is “${near.name}” meant?`}` }
}

/** What a site has, and what its server cannot do. */
export interface Site extends Pick<Current, 'noAdds' | 'noTaskDeletes'> {
  readonly book: ContentBook
}

/** The steps, or each of them left for the reason that the server gives. */
const offered = (steps: readonly Step[], words: string, why: string | undefined): { readonly done: Step[]; readonly left: Step[] } =>
  why === undefined ? { done: [...steps], left: [] } : { done: [], left: steps.map((step) => idle('cannot', step, `${words}. ${why}`)) }

interface ContentSteps {
  readonly adds: Step[]
  readonly deletes: Step[]
  readonly left: Step[]
}

/** What is added to a schedule, and with `prune` what is taken off it. */
export const contentSteps = (wanted: readonly DocumentContent[], target: Target, tasks: readonly CurrentTask[], { book, noAdds, noTaskDeletes }: Site, prune: boolean): ContentSteps => {
  const adds: Step[] = []
  const left: Step[] = []
  const kept = new Set<string>()
  /** Content that gets a full refresh here: two rows can mean the same, one with and one without its project or its kind of refresh. */
  const added = new Set<string>()
  for (const one of wanted) {
    const found = book.named(one)
    const meant = found.length > 0 ? { contents: found, reason: '' } : supposed(one, book)
    const there = tasks.filter((task) => meant.contents.some(({ kind, id }) => kind === task.kind && id === task.contentId))
    const met = there.filter((task) => isMet(one, task))
    const [content] = found
    const what = { id: content?.id ?? one.workbook ?? one.datasource ?? '', name: one.workbook ?? one.datasource ?? '', about: target.name }
    // What may be meant is not taken off.
    for (const { id } of found.length === 1 ? met : there) kept.add(id)
    if (content === undefined) left.push(idle('cannot', what, meant.reason))
    else if (found.length > 1) left.push(idle('cannot', what, ambiguous(one, found)))
    else if (met.length > 0) continue
    else if (one.refresh === 'incremental') left.push(idle('cannot', what, incremental))
    else if (!added.has(`${content.kind} ${content.id}`)) {
      added.add(`${content.kind} ${content.id}`)
      adds.push(addition(target, content))
    }
  }
  const deletes = prune
    ? tasks.flatMap((task) => {
        const content = book.byId(task.kind, task.contentId)
        return kept.has(task.id) || content === undefined ? [] : [removal(task, content, target.name)]
      })
    : []
  const add = offered(adds, `It is not added to “${target.name}”`, noAdds)
  const take = offered(deletes, `It stays on “${target.name}”`, noTaskDeletes)
  return { adds: add.done, deletes: take.done, left: [...add.left, ...take.left, ...left] }
}

/** The tasks of the site by schedule. */
export const tasksBySchedule = ({ tasks }: Pick<Current, 'tasks'>): ReadonlyMap<Schedule['id'], readonly CurrentTask[]> => {
  const map = new Map<string, CurrentTask[]>()
  for (const task of tasks) {
    const known = map.get(task.scheduleId)
    if (known === undefined) map.set(task.scheduleId, [task])
    else known.push(task)
  }
  return map
}
