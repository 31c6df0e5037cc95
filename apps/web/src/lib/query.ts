import type { Endpoint, InputOf, OutputOf } from '@refreshboard/api-types'
import type { QueryClient, QueryFunctionContext, QueryKey } from '@tanstack/react-query'
import { call } from './api.ts'
import { identity } from './session-store.ts'

/** `[identity, resource, operation, input]`, derived: there is no list of keys to keep in step. */
export const queryKeyOf = <E extends Endpoint>(endpoint: E, input: InputOf<E>): QueryKey => [
  identity(),
  endpoint.resource,
  endpoint.operation,
  input ?? {},
]

interface ReadOptions<E extends Endpoint, T> {
  /** What the cache holds of an answer; it may add when it came. */
  keep?: (output: OutputOf<E>, client: QueryClient) => T
  /** A name of its own in the cache, for a shape that not every reader of this endpoint keeps. */
  as?: string
}

/**
 * A read of one endpoint as query options. The first read of a key is somebody's doing; a repeat of it is polling, and
 * is marked so that it does not keep the session alive.
 */
export const readOf = <E extends Endpoint, T = OutputOf<E>>(endpoint: E, input: InputOf<E>, options: ReadOptions<E, T> = {}) => {
  const key = queryKeyOf(endpoint, input)
  const queryKey = options.as === undefined ? key : [...key, options.as]
  return {
    queryKey,
    queryFn: async ({ signal, client }: QueryFunctionContext): Promise<T> => {
      const background = client.getQueryData(queryKey) !== undefined
      const output = await call(endpoint, input, { signal, background })
      // Without `keep` T is the output itself, by its default.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return options.keep === undefined ? (output as T) : options.keep(output, client)
    },
  }
}
