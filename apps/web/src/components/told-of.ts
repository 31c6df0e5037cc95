import type { WriteResult } from '@refreshboard/api-types'
import type { Failure } from '../lib/api-error.ts'

/** What became of a write, for a toast: what was seen, what of others was kept, what is not as asked for, what others changed in the same moment, what Tableau warns of; each once. */
export const toldOf = (evidence: string, result: WriteResult | undefined): string =>
  [evidence, ...[...(result?.merged ?? []), ...(result?.differs ?? []), ...(result?.moved ?? [])].filter((sentence) => !evidence.includes(sentence)), ...(result?.warnings ?? []).map((warning) => `Tableau warns: ${warning}`)].join(' ')

/** A refusal in one paragraph. */
export const refusalText = ({ title, detail, next, requestId }: Failure): string => `${title} ${detail ?? next}${requestId === undefined ? '' : ` Request id ${requestId}.`}`
