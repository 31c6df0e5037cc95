/** Sent by our own page on every `/api` request; a page elsewhere cannot set it without being asked for permission. */
export const staticHeader = { name: 'x-refreshboard', value: '1' } as const

/** Marks a request that no person caused (polling): it does not move the session's idle clock. */
export const backgroundHeader = { name: 'x-refreshboard-background', value: '1' } as const

/**
 * The tag of who is signed in, and where: on every answer that needed a session. A page sends it back, so that nothing is done
 * or shown for another account that was opened in the same browser since.
 */
export const principalHeader = 'x-refreshboard-principal'

/** One UUID per intention of a person, on every write. */
export const idempotencyHeader = 'idempotency-key'

/** The id under which a request is found in the log; on every answer. */
export const requestIdHeader = 'x-request-id'
