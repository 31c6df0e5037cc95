import type { JobBehaviour } from './jobs.ts'

/**
 * Jobs whose title asks for a failure, so that every error state can be reached with the mouse alone. Any job with such
 * a title behaves like this, also one that a test adds.
 */
const behaviours: Readonly<Record<string, JobBehaviour>> = {
  'Simulated: query answers 500': { operation: 'queryJob', when: 'before', action: { kind: 'status', status: 500, contentType: 'text/plain', body: 'Internal Server Error' } },
  'Simulated: query is refused (403004)': {
    operation: 'queryJob',
    when: 'before',
    action: { kind: 'tableauError', status: 403, code: '403004', summary: 'Forbidden', detail: 'User is not allowed to read this job.' },
  },
  'Simulated: query says job not found (404018)': {
    operation: 'queryJob',
    when: 'before',
    action: { kind: 'tableauError', status: 404, code: '404018', summary: 'Resource Not Found', detail: 'The job could not be found. It may have been purged.' },
  },
  'Simulated: HTML page instead of a reply': { operation: 'queryJob', when: 'before', action: { kind: 'html', status: 200 } },
  'Simulated: reply cut off': { operation: 'queryJob', when: 'after', action: { kind: 'truncate', bytes: 300 } },
  'Simulated: query hangs': { operation: 'queryJob', when: 'before', action: { kind: 'hang' } },
  'Simulated: query is throttled (429000)': { operation: 'queryJob', when: 'before', action: { kind: 'throttle', seconds: 1740, style: 'text' } },
  'Simulated: cancel is refused (403032)': {
    operation: 'cancelJob',
    when: 'before',
    action: { kind: 'tableauError', status: 403, code: '403032', summary: 'Update forbidden', detail: 'A non-administrator user tried to cancel a job.' },
  },
  'Simulated: cancel comes too late (403091)': {
    operation: 'cancelJob',
    when: 'before',
    action: { kind: 'tableauError', status: 403, code: '403091', summary: 'Forbidden', detail: 'Can not cancel job, because it is already complete.' },
  },
  'Simulated: cancel hangs': { operation: 'cancelJob', when: 'before', action: { kind: 'hang' } },
  'Simulated: cancel answers 503': { operation: 'cancelJob', when: 'before', action: { kind: 'html', status: 503 } },
  'Simulated: cancel works but its reply is lost': { operation: 'cancelJob', when: 'after', action: { kind: 'reset' } },
}

export const simulatedTitles = Object.keys(behaviours)

export const behaviourByTitle = (title: string | undefined): JobBehaviour | undefined =>
  title !== undefined && Object.hasOwn(behaviours, title) ? behaviours[title] : undefined
