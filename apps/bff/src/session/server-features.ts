import type { Permission } from '@refreshboard/api-types'
import { compareVersions, type ApiVersion } from '@refreshboard/tableau-client'
import { ProblemError } from '../http/problem-error.ts'
import type { SessionFacts } from './sessions.ts'

const isApiVersion = (text: string): text is ApiVersion => /^\d{1,4}\.\d{1,4}$/.test(text)

/** Of a version that cannot be read nothing is concluded. */
const isOlder = ({ apiVersion }: Pick<SessionFacts, 'apiVersion'>, than: ApiVersion): boolean => isApiVersion(apiVersion) && compareVersions(apiVersion, than) < 0

/** Get Server Schedule came with API 3.8. */
export const tellsScheduleTimes = (facts: Pick<SessionFacts, 'apiVersion'>): boolean => !isOlder(facts, '3.8')

/** Tableau Cloud answers its server schedules with a 401 although the token is good, so it is not even asked. */
export const hasServerSchedules = ({ flavor }: Pick<SessionFacts, 'flavor'>): Permission =>
  flavor === 'cloud' ? { allowed: false, reason: 'Tableau Cloud has no server schedules: each of its tasks has times of its own.' } : { allowed: true }

/** Whether tasks have a schedule of their own that can be written (extract reference, § Create and § Update Cloud Extract Refresh Task: Cloud, API 3.20). */
export const writesOwnSchedules = (facts: Pick<SessionFacts, 'flavor' | 'apiVersion'>): Permission => {
  if (facts.flavor !== 'cloud') return { allowed: false, reason: 'On a Tableau Server a task runs when the schedule that it is on says: add content to a schedule, or change the schedule.' }
  if (!isOlder(facts, '3.20')) return { allowed: true }
  return { allowed: false, reason: `Tasks can be made and changed from version 3.20 of Tableau’s REST API on; this site speaks ${facts.apiVersion}.` }
}

/** Refuses what this server does not offer, before anything is sent. */
export const assertOffered = (offered: Permission): void => {
  if (!offered.allowed) throw new ProblemError('unsupported_here', offered.reason)
}

export const assertServerSchedules = (facts: Pick<SessionFacts, 'flavor'>): void => assertOffered(hasServerSchedules(facts))
