import type { ErrorCode } from '@refreshboard/api-types'

const passing = new Set<ErrorCode>(['throttled', 'storage_unavailable', 'upstream_unreachable', 'upstream_timeout', 'overloaded'])

/** Whether a refusal says nothing of the item: nothing was sent, and the same is tried again later, under the same keys. */
export const isPassing = (code: ErrorCode): boolean => passing.has(code)
