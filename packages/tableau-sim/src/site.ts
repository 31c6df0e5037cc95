import type { Job, JobStatus } from './jobs.ts'

export interface JobSearch {
  readonly title?: string | RegExp
  readonly status?: JobStatus
  readonly jobType?: string
}

const titleMatches = (title: string | undefined, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? title === wanted : title !== undefined && wanted.test(title)

/** A site and its jobs, oldest first. */
export class Site {
  readonly id: string
  readonly name: string
  readonly contentUrl: string
  /** Moves with every change to any of its jobs, so that a list can be kept until then. */
  version = 0
  #jobs: Job[] = []
  readonly #byId = new Map<string, Job>()

  constructor(id: string, name: string, contentUrl: string) {
    this.id = id
    this.name = name
    this.contentUrl = contentUrl
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
