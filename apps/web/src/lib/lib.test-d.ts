/** Type tests: `tsc` is the runner; a line that compiles after all fails the build. */
import type { MutationOptions } from '@tanstack/react-query'
import { cancelJob, listJobs } from '@refreshboard/api-types'
import type { sentences } from './api-error.ts'
import { call } from './api.ts'
import './query-client.ts'

const known: MutationOptions = { meta: { invalidates: ['jobs'] } }

// @ts-expect-error an unknown resource cannot be invalidated
const unknown: MutationOptions = { meta: { invalidates: ['jbos'] } }

const incomplete = ({ internal: _left, ...others }: typeof sentences): typeof sentences =>
  // @ts-expect-error an error code without a sentence
  others

// @ts-expect-error the job's id is missing
const withoutId = () => call(cancelJob, {})

// @ts-expect-error a search parameter that the contract does not have
const unknownParameter = () => call(listJobs, { query: { colour: 'red' } })

export const checked = [known, unknown, incomplete, withoutId, unknownParameter]
