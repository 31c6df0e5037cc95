/**
 * Type tests: `tsc` is the runner. Each `@ts-expect-error` fails the build when the line below it compiles after all.
 */
import { z } from 'zod'
import { endpoint, type InputOf, type OutputOf, type ParsedInputOf, type ReplyOf, type Resource } from './endpoint.ts'
import type { ErrorCode } from './errors.ts'
import type { Luid } from './ids.ts'
import { cancelJob, type listJobs } from './jobs.ts'
import type { signOut } from './session.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined

holds<Equal<ParsedInputOf<typeof cancelJob>['params']['id'], Luid>>()
holds<Equal<ParsedInputOf<typeof listJobs>['query']['offset'], number>>()
holds<Equal<OutputOf<typeof signOut>, undefined>>()
holds<Equal<ReplyOf<typeof signOut>, undefined>>()

// @ts-expect-error a plain string is no LUID for a handler
const unchecked: ParsedInputOf<typeof cancelJob> = { params: { id: 'anything' } }

// @ts-expect-error the path's id is missing
const incomplete: InputOf<typeof cancelJob> = {}

// @ts-expect-error an unknown resource cannot be invalidated
const resource: Resource = 'jbos'

// @ts-expect-error an error code outside the closed list
const code: ErrorCode = 'oops'

// @ts-expect-error a sentence is missing for every code but one
const sentences: Record<ErrorCode, string> = { internal: 'Something broke.' }

// @ts-expect-error a route outside /api
endpoint({ resource: 'jobs', operation: 'x', method: 'GET', path: '/jobs', output: z.object({}) })

// @ts-expect-error an effect that nobody knows
endpoint({ resource: 'jobs', operation: 'x', method: 'POST', path: '/api/x', effect: 'some' })

export const checked = [unchecked, incomplete, resource, code, sentences, cancelJob]
