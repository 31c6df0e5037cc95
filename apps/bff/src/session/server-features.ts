import { compareVersions, type ApiVersion } from '@refreshboard/tableau-client'
import { ProblemError } from '../http/problem-error.ts'
import type { SessionFacts } from './sessions.ts'

const isApiVersion = (text: string): text is ApiVersion => /^\d{1,4}\.\d{1,4}$/.test(text)

/** Get Server Schedule came with API 3.8. Of a version that cannot be read nothing is concluded. */
export const tellsScheduleTimes = ({ apiVersion }: Pick<SessionFacts, 'apiVersion'>): boolean => !isApiVersion(apiVersion) || compareVersions(apiVersion, '3.8') >= 0

/** Tableau Cloud answers its server schedules with a 401 although the token is good, so it is not even asked. */
export const assertServerSchedules = ({ flavor }: Pick<SessionFacts, 'flavor'>): void => {
  if (flavor === 'cloud') throw new ProblemError('unsupported_here', 'Tableau Cloud has no server schedules: each of its tasks has times of its own.')
}
