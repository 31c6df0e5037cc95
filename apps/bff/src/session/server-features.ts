import type { Permission } from '@refreshboard/api-types'
import { compareVersions, type ApiVersion } from '@refreshboard/tableau-client'
import { ProblemError } from '../http/problem-error.ts'
import type { SessionFacts } from './sessions.ts'

const isApiVersion = (text: string): text is ApiVersion => /^\d{1,4}\.\d{1,4}$/.test(text)

type Facts = Pick<SessionFacts, 'flavor' | 'apiVersion'>
type Version = Pick<SessionFacts, 'apiVersion'>

/** Of a version that cannot be read nothing is concluded. */
const isOlder = ({ apiVersion }: Version, than: ApiVersion): boolean => isApiVersion(apiVersion) && compareVersions(apiVersion, than) < 0
const isNewer = ({ apiVersion }: Version, than: ApiVersion): boolean => isApiVersion(apiVersion) && compareVersions(apiVersion, than) > 0

/** `what` from a version on, as a clause: “Jobs can be seen”. */
const offeredFrom = (facts: Version, since: ApiVersion, what: string): Permission =>
  isOlder(facts, since) ? { allowed: false, reason: `${what} from version ${since} of Tableau’s REST API on; this server speaks ${facts.apiVersion}.` } : { allowed: true }

/** Query Jobs and Cancel Job came with API 3.1. */
export const hasJobs = (facts: Version): Permission => offeredFrom(facts, '3.1', 'Jobs can be seen and cancelled')

/** List, Get and Run Extract Refresh Task came with API 2.6. */
export const hasTasks = (facts: Version): Permission => offeredFrom(facts, '2.6', 'Extract refresh tasks can be seen and run')

/** Delete Extract Refresh Task came with API 3.6. */
export const deletesTasks = (facts: Version): Permission => offeredFrom(facts, '3.6', 'Extract refresh tasks can be deleted')

/** Create and delete extracts came with API 3.5. */
export const hasExtracts = (facts: Version): Permission => offeredFrom(facts, '3.5', 'Extracts can be created and deleted')

/** Extract encryption came with API 3.5, and is Tableau Server's alone (extract reference, § About Extract Encryption). */
export const hasEncryption = (facts: Facts): Permission =>
  facts.flavor === 'cloud'
    ? { allowed: false, reason: 'Extract encryption is a setting of Tableau Server. Tableau Cloud has no such setting.' }
    : offeredFrom(facts, '3.5', 'The encryption of extracts can be set')

/**
 * Data acceleration was there from API 3.8 to 3.15. Later servers answer and do nothing (jobs-tasks-schedules reference, § Get Data
 * Acceleration Tasks in a Site, Version), so they are not asked.
 */
export const hasDataAcceleration = (facts: Facts): Permission => {
  if (facts.flavor === 'cloud') return { allowed: false, reason: 'Tableau Cloud has no data acceleration: it was a feature of Tableau Server.' }
  if (!isNewer(facts, '3.15')) return offeredFrom(facts, '3.8', 'Workbooks can be accelerated')
  return {
    allowed: false,
    reason: `Tableau 2022.1 (API 3.16) replaced data acceleration by View Acceleration. This server speaks ${facts.apiVersion}: it answers such requests and does nothing, so nothing is sent.`,
  }
}

/** Get Server Schedule came with API 3.8. */
export const tellsScheduleTimes = (facts: Version): boolean => !isOlder(facts, '3.8')

/** Tableau Cloud answers its server schedules with a 401 although the token is good, so it is not even asked. */
export const hasServerSchedules = ({ flavor }: Pick<SessionFacts, 'flavor'>): Permission =>
  flavor === 'cloud' ? { allowed: false, reason: 'Tableau Cloud has no server schedules: each of its tasks has times of its own.' } : { allowed: true }

/** Add Workbook and Add Data Source to Server Schedule came with API 2.8. */
export const addsToSchedules = (facts: Facts): Permission => {
  const offered = hasServerSchedules(facts)
  return offered.allowed ? offeredFrom(facts, '2.8', 'Content can be added to schedules') : offered
}

/** Whether tasks have a schedule of their own that can be written (extract reference, § Create and § Update Cloud Extract Refresh Task: Cloud, API 3.20). */
export const writesOwnSchedules = (facts: Facts): Permission => {
  if (facts.flavor !== 'cloud') return { allowed: false, reason: 'On a Tableau Server a task runs when the schedule that it is on says: add content to a schedule, or change the schedule.' }
  if (!isOlder(facts, '3.20')) return { allowed: true }
  return { allowed: false, reason: `Tasks can be made and changed from version 3.20 of Tableau’s REST API on; this site speaks ${facts.apiVersion}.` }
}

/** Refuses what this server does not offer, before anything is sent. */
export const assertOffered = (offered: Permission): void => {
  if (!offered.allowed) throw new ProblemError('unsupported_here', offered.reason)
}

export const assertServerSchedules = (facts: Pick<SessionFacts, 'flavor'>): void => assertOffered(hasServerSchedules(facts))
