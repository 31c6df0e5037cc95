import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { jobDetailElement, jobRowElements } from '../job-xml.ts'
import { isOver } from '../jobs.ts'
import type { Job } from '../jobs.ts'
import { selectJobs } from '../job-list.ts'
import { factsOfJobType } from '../job-types.ts'
import { pageBounds, paginationElement, parsePaging } from '../paging.ts'
import { mayAdministerJobs } from '../permissions.ts'
import { parseQuery } from '../query-string.ts'
import { element, fragment } from '../xml-out.ts'

/** Query Jobs, Query Job, Cancel Job. */
export const jobRoutes: readonly Route[] = [
  { operation: 'queryJobs', method: 'GET', path: '/sites/:siteId/jobs', since: '3.1', access: 'site', handle: queryJobs },
  { operation: 'queryJob', method: 'GET', path: '/sites/:siteId/jobs/:jobId', since: '2.0', access: 'site', handle: queryJob },
  { operation: 'cancelJob', method: 'PUT', path: '/sites/:siteId/jobs/:jobId', since: '3.1', access: 'site', handle: cancelJob },
]

function queryJobs(call: SignedInCall): HandlerReply {
  if (!mayAdministerJobs(call.session.membership.siteRole)) throw refusals.forbidden('Only administrators may list the jobs of a site.')
  const query = parseQuery(call.query)
  const page = parsePaging(query)
  const selection = selectJobs(call.session.site, query, call.version)
  const { from, to } = pageBounds(page, selection.total)
  const rows = jobRowElements(selection.slice(from, to), call.version)
  return { status: 200, content: fragment([paginationElement(page, selection.total), element('backgroundJobs', {}, fragment(rows))]) }
}

function queryJob(call: SignedInCall): HandlerReply {
  if (!mayAdministerJobs(call.session.membership.siteRole)) throw refusals.forbidden('Only administrators may query a job.')
  const job = jobOf(call)
  if (!factsOfJobType(job.jobType).readable) {
    throw refusals.jobUnreadable(`Jobs of the type '${job.jobType}' cannot be queried.`)
  }
  return { status: 200, content: jobDetailElement(job, call.world.clock.now()) }
}

/** A waiting job ends at once, a running one shortly after; one that is over is 403091. */
function cancelJob(call: SignedInCall): HandlerReply {
  if (!mayAdministerJobs(call.session.membership.siteRole)) throw refusals.cancelForbidden()
  const job = jobOf(call)
  if (isOver(job)) throw refusals.alreadyComplete('Can not cancel job, because it is already complete.')
  if (!factsOfJobType(job.jobType).cancellable) throw refusals.forbidden(`Jobs of the type '${job.jobType}' cannot be canceled.`)
  return { status: 200, applied: call.world.engine.cancel(call.session.site, job) }
}

function jobOf(call: SignedInCall): Job {
  const id = call.params['jobId'] ?? ''
  const job = call.session.site.job(id)
  if (job === undefined) throw refusals.jobNotFound(`Job '${id}' could not be found.`)
  return job
}
