import type { Result } from '../writes/retry-law.ts'
import type { Known } from './audit-log.ts'

/** What came of sending, as the audit has it. Of what Tableau has refused it keeps Tableau's own words. */
export const knownOf = (result: Result): Known => {
  if ('ended' in result) {
    return { state: 'refused', evidence: 'Tableau no longer accepted the session, so nothing was done.', tableau: { code: '401002', summary: 'Invalid authentication credentials', detail: 'The session had ended.' } }
  }
  const { seen } = result
  switch (seen.state) {
    case 'done':
      return { state: 'done', evidence: seen.evidence, result: seen.result }
    case 'not_done': {
      const { tableau } = seen.problem.facts
      return tableau === undefined ? { state: 'unsent', evidence: seen.evidence } : { state: 'refused', evidence: seen.problem.detail, tableau }
    }
    case 'checking':
    case 'unconfirmed':
    default:
      return { state: seen.state, evidence: seen.evidence }
  }
}
