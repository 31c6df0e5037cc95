import type { Content, Job, Recurrence, Schedule, WriteResult } from '@refreshboard/api-types'
import { asCloudRuns, describeRecurrence } from '@refreshboard/recurrence'
import type { RefreshTask } from '@refreshboard/tableau-client'
import type { ContentDirectories } from '../directory/content-directories.ts'
import type { JobFeeds } from '../live/job-feeds.ts'
import type { TableauSession } from '../session/tableau-session.ts'
import type { Shelves } from '../shelves/shelves.ts'

/** Values in words by label: `{ Name: 'Nightly', Repeats: 'Mon–Fri at 05:00' }`. */
type Facts = Readonly<Record<string, string>>

/** What a target is called, and what is known of it. */
interface Told {
  readonly name?: string | undefined
  readonly facts?: Facts | undefined
}

/** A write, as its record names it. */
export interface Written {
  readonly operation: string
  readonly target: string
}

/** What is known of a target without asking Tableau. */
export interface ToldOf {
  /** Before it is sent. */
  before(tableau: TableauSession, write: Written): Told | undefined
  /** Afterwards: of what stayed or was made, as it was read or replied since; undefined where nothing was. */
  after(tableau: TableauSession, write: Written, result: WriteResult | undefined): Facts | undefined
}

/** What is not told is left out. */
const facts = (given: Readonly<Record<string, string | undefined>>): Facts => Object.fromEntries(Object.entries(given).flatMap(([label, value]) => (value === undefined ? [] : [[label, value]])))

const yesNo = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : value ? 'yes' : 'no')

const repeats = (recurrence: Recurrence | undefined, words: (given: Recurrence) => string): string | undefined => (recurrence === undefined ? undefined : words(recurrence))

const ofSchedule = ({ name, state, type, priority, executionOrder, recurrence, frequency }: Schedule): Told => ({
  name,
  facts: facts({ Name: name, State: state, Type: type, Repeats: repeats(recurrence, describeRecurrence) ?? frequency, Priority: priority?.toString(), Order: executionOrder }),
})

const ofJob = ({ title, jobType, status, subtitle }: Job): Told => ({ name: title, facts: facts({ Job: jobType, Content: title, About: subtitle, Status: status }) })

const ofContent = ({ kind, name, project, hasExtracts, encryptExtracts }: Content): Told => ({
  name,
  facts: facts({ [kind === 'workbook' ? 'Workbook' : 'Data source']: name, Project: project?.name, 'Has an extract': yesNo(hasExtracts), Encrypted: yesNo(encryptExtracts) }),
})

export const createToldOf = ({ shelves, feeds, directories }: { shelves: Shelves; feeds: JobFeeds; directories: ContentDirectories }): ToldOf => {
  const ofTask = ({ principal }: TableauSession, { content, schedule, refreshType }: RefreshTask): Told => {
    const { schedules } = shelves.of(principal)
    const known = content && directories.of(principal).peek(content.kind, content.id)
    const on = schedule?.id === undefined ? undefined : (schedules.peek(schedule.id)?.name ?? schedule.name ?? schedule.id)
    return {
      name: known?.name,
      facts: facts({ ...(known === undefined ? {} : ofContent(known).facts), Schedule: on, Refresh: refreshType, Repeats: repeats(schedule?.recurrence, (given) => describeRecurrence(asCloudRuns(given))) }),
    }
  }

  const ofItem = ({ principal }: TableauSession, kind: Content['kind'], id: string): Told | undefined => {
    const known = directories.of(principal).peek(kind, id)
    return known && ofContent(known)
  }

  const lookUp = (tableau: TableauSession, operation: string, id: string): Told | undefined => {
    const { schedules, tasks, accelerations } = shelves.of(tableau.principal)
    const [resource] = operation.split('.')
    switch (resource) {
      case 'jobs': {
        const job = feeds.of(tableau.principal).peek(id)
        return job && ofJob(job)
      }
      case 'schedules': {
        const schedule = schedules.peek(id)
        return schedule && ofSchedule(schedule)
      }
      case 'tasks': {
        const task = tasks.peek(id) ?? accelerations.peek(id)
        return task && ofTask(tableau, task)
      }
      case 'workbooks':
        return ofItem(tableau, 'workbook', id)
      case 'datasources':
        return ofItem(tableau, 'datasource', id)
      case 'site':
        return { name: tableau.site.name }
      case undefined:
      default:
        return undefined
    }
  }

  /** What is made is called by what was asked for: a name, or the content that gets a task. */
  const ofNew = (tableau: TableauSession, { operation, target }: Written): Told | undefined => {
    const { principal } = tableau
    switch (operation) {
      case 'schedules.create':
        return { name: target }
      case 'tasks.add':
        return { name: shelves.of(principal).schedules.peek(target)?.name }
      case 'tasks.create':
        return ofItem(tableau, 'workbook', target) ?? ofItem(tableau, 'datasource', target)
      default:
        return undefined
    }
  }

  return {
    before: (tableau, write) => ofNew(tableau, write) ?? lookUp(tableau, write.operation, write.target),
    after: (tableau, { operation, target }, result) => {
      // Of what is gone there is nothing to tell, and what only queues a job has changed nothing yet.
      if (/\.delete|\.createExtract$|^tasks\.run$/.test(operation)) return undefined
      if (operation === 'jobs.cancel') {
        const job = feeds.of(tableau.principal).peekFresh(target)
        return job && ofJob(job).facts
      }
      const id = operation === 'tasks.add' || operation === 'tasks.create' ? result?.taskId : (result?.scheduleId ?? target)
      return id === undefined ? undefined : lookUp(tableau, operation, id)?.facts
    },
  }
}
