import { contentUrlOf, makeContent, makeProject } from './content.ts'
import type { ContentItem, ContentSpec, Project, ProjectSpec } from './content.ts'
import type { Job, JobStatus } from './jobs.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'

export interface JobSearch {
  readonly title?: string | RegExp
  readonly status?: JobStatus
  readonly jobType?: string
}

const titleMatches = (title: string | undefined, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? title === wanted : title !== undefined && wanted.test(title)

/** Extract reference, § About Extract Encryption. */
export const extractEncryptionModes = ['enforced', 'enabled', 'disabled'] as const
export type ExtractEncryptionMode = (typeof extractEncryptionModes)[number]

/** A site: its projects, its content, and its jobs, oldest first. */
export class Site {
  readonly id: string
  readonly name: string
  readonly contentUrl: string
  /** The site's switch “Allow users to run jobs manually” (`site@runNowEnabled`). */
  runNowEnabled = true
  #extractEncryptionMode: ExtractEncryptionMode = 'enabled'
  /** Moves with every change to any of its jobs, so that a list can be kept until then. */
  version = 0
  #jobs: Job[] = []
  readonly #byId = new Map<string, Job>()
  readonly #projects = new Map<string, Project>()
  readonly #contents = new Map<string, ContentItem>()
  /** Kind and content URL of all that was ever added. */
  readonly #contentUrls = new Set<string>()
  readonly #ids: Random
  #contentNumber = 0

  constructor(id: string, name: string, contentUrl: string) {
    this.id = id
    this.name = name
    this.contentUrl = contentUrl
    this.#ids = createRandom(1, `content of ${id}`)
  }

  get extractEncryptionMode(): ExtractEncryptionMode {
    return this.#extractEncryptionMode
  }

  /** `enforced` encrypts all of the site's content and `disabled` decrypts it. */
  set extractEncryptionMode(mode: ExtractEncryptionMode) {
    this.#extractEncryptionMode = mode
    if (mode !== 'enabled') for (const item of this.#contents.values()) item.encryptExtracts = mode === 'enforced'
  }

  /** In the order in which they were added. */
  get projects(): readonly Project[] {
    return [...this.#projects.values()]
  }

  /** Workbooks and data sources, in the order in which they were added. */
  get contents(): readonly ContentItem[] {
    return [...this.#contents.values()]
  }

  /** A workbook or a data source by id. */
  content(id: string): ContentItem | undefined {
    return this.#contents.get(id.toLowerCase())
  }

  /** The first with that name; throws where there is none, so that a test says what it missed. */
  findContent(name: string, kind?: ContentItem['kind']): ContentItem {
    const found = this.contents.find((item) => item.name === name && (kind === undefined || item.kind === kind))
    if (found === undefined) throw new Error(`The site ${this.name} has no ${kind ?? 'content'} “${name}”.`)
    return found
  }

  /** The first with that name; throws where there is none. */
  findProject(name: string): Project {
    const found = this.projects.find((project) => project.name === name)
    if (found === undefined) throw new Error(`The site ${this.name} has no project “${name}”.`)
    return found
  }

  addProject(spec: ProjectSpec): Project {
    const project = makeProject(spec, spec.id ?? this.#ids.luid())
    if (this.#projects.has(project.id.toLowerCase())) throw new Error(`The site ${this.name} already has a project ${project.id}.`)
    this.#projects.set(project.id.toLowerCase(), project)
    return project
  }

  addContent(spec: ContentSpec): ContentItem {
    this.#contentNumber += 1
    const number = this.#contentNumber
    const item = makeContent(spec, {
      id: spec.id ?? this.#ids.luid(),
      number,
      defaultViewId: this.#ids.luid(),
      contentUrl: spec.contentUrl ?? this.#freeContentUrl(spec, number),
    })
    if (this.#contents.has(item.id.toLowerCase())) throw new Error(`The site ${this.name} already has content with the id ${item.id}.`)
    if (this.#extractEncryptionMode !== 'enabled') item.encryptExtracts = this.#extractEncryptionMode === 'enforced'
    this.#contents.set(item.id.toLowerCase(), item)
    this.#contentUrls.add(`${item.kind} ${item.contentUrl}`)
    return item
  }

  /** Deletes a workbook or a data source; false where there was none. What still names it finds nothing from then on. */
  removeContent(id: string): boolean {
    return this.#contents.delete(id.toLowerCase())
  }

  /** Unique among its kind: two of the same name in different projects get different addresses. */
  #freeContentUrl(spec: ContentSpec, number: number): string {
    const wanted = contentUrlOf(spec.name)
    const taken = this.#contentUrls.has(`${spec.kind} ${wanted}`)
    return wanted !== '' && !taken ? wanted : `${wanted}_${17_000_000 + number}`
  }

  /** By creation, oldest first. */
  get jobs(): readonly Job[] {
    return this.#jobs
  }

  job(id: string): Job | undefined {
    return this.#byId.get(id.toLowerCase())
  }

  findJobs(search: JobSearch): Job[] {
    return this.#jobs.filter(
      (job) =>
        (search.title === undefined || titleMatches(job.title, search.title)) &&
        (search.status === undefined || job.status === search.status) &&
        (search.jobType === undefined || job.jobType === search.jobType),
    )
  }

  /** The oldest job that matches; throws where there is none, so that a test says what it missed. */
  findJob(search: JobSearch): Job {
    const [job] = this.findJobs(search)
    if (job === undefined) throw new Error(`The site ${this.name} has no job with ${JSON.stringify(search, (_, value: unknown) => (value instanceof RegExp ? String(value) : value))}.`)
    return job
  }

  insert(job: Job): void {
    if (this.#byId.has(job.id.toLowerCase())) throw new Error(`The site ${this.name} already has a job ${job.id}.`)
    this.#byId.set(job.id.toLowerCase(), job)
    let index = this.#jobs.length
    while (index > 0 && (this.#jobs[index - 1]?.createdAt ?? 0) > job.createdAt) index -= 1
    this.#jobs.splice(index, 0, job)
    this.version += 1
  }

  touch(job: Job): void {
    job.row = undefined
    this.version += 1
  }

  /** Forgets the jobs that match; they answer 404018 from then on. */
  purge(matches: (job: Job) => boolean): void {
    const kept = this.#jobs.filter((job) => !matches(job))
    if (kept.length === this.#jobs.length) return
    for (const job of this.#jobs) if (matches(job)) this.#byId.delete(job.id.toLowerCase())
    this.#jobs = kept
    this.version += 1
  }
}
