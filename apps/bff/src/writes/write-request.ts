import { randomUUID } from 'node:crypto'
import { intentionKeySchema, type IntentionKey, type WriteOutcome } from '@refreshboard/api-types'
import type { IntentionRequest } from './intention.ts'

/** The key and the id under which a request writes; without a key of its own it gets one, and cannot be repeated. */
export const requestOf = (context: { key: IntentionKey | undefined; requestId: string }): IntentionRequest => ({
  key: context.key ?? intentionKeySchema.parse(randomUUID()),
  requestId: context.requestId,
})

/** The answer to a write: 202 while its outcome is being found out. */
export const writeReply = (outcome: WriteOutcome): { body: WriteOutcome; status?: 202 } => (outcome.state === 'checking' ? { body: outcome, status: 202 } : { body: outcome })
