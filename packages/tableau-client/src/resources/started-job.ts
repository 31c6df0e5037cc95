import { optionalText, requiredChild, requiredWord, type XmlElement } from '../xml/element.ts'

/** The job that something was queued as. */
export interface StartedJob {
  readonly jobId: string
  /** `Asynchronous`. */
  readonly mode?: string
  /** `RefreshExtract`, `CreateExtract`. */
  readonly type?: string
}

/** The `<job>` of a reply. A `jobLuid` inside repeats its id in examples and is missing in templates: it is not needed. */
export const decodeStartedJob = (root: XmlElement): StartedJob => {
  const job = requiredChild(root, 'job')
  return { jobId: requiredWord(job, 'id'), ...optionalText(job, 'mode'), ...optionalText(job, 'type') }
}
