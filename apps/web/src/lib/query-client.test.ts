import { listServers, type Resource } from '@refreshboard/api-types'
import type { Register } from '@tanstack/react-query'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { ApiError } from './api-error.ts'
import { queryClient } from './query-client.ts'
import { queryKeyOf } from './query.ts'
import { identity, sessionState } from './session-store.ts'

const mutate = async (fn: () => Promise<unknown>, invalidates: Resource[]) => {
  const mutation = queryClient.getMutationCache().build(queryClient, { mutationFn: fn, meta: { invalidates } })
  await mutation.execute(undefined).catch(() => undefined)
}

describe('query keys', () => {
  it('are the identity, the resource, the operation and the input', () => {
    expect(queryKeyOf(listServers, undefined)).toEqual([identity(), 'servers', 'list', {}])
  })
})

describe('a write', () => {
  it('makes stale what it names, whether it succeeds or is refused', async () => {
    const invalidate = vi.spyOn(queryClient, 'invalidateQueries')
    await mutate(async () => await Promise.resolve(1), ['jobs', 'sites'])
    await mutate(async () => await Promise.reject(new ApiError({ code: 'already_finished', received: 'yes' })), ['jobs'])
    expect(invalidate.mock.calls.map(([filter]) => filter?.queryKey)).toEqual([
      [identity(), 'jobs'],
      [identity(), 'sites'],
      [identity(), 'jobs'],
    ])
    invalidate.mockRestore()
  })

  it('can name resources of the contract only', () => {
    expectTypeOf<NonNullable<Register['mutationMeta']['invalidates']>>().toEqualTypeOf<Resource[]>()
  })

  it('is neither kept for later nor repeated', () => {
    expect(queryClient.getDefaultOptions().mutations).toMatchObject({ networkMode: 'always', retry: false })
    expect(queryClient.getDefaultOptions().queries).toMatchObject({ retry: false })
  })

  it('does not speak of a session that never was', async () => {
    await mutate(async () => await Promise.reject(new ApiError({ code: 'unauthenticated', received: 'yes' })), [])
    expect(sessionState().status).toBe('unknown')
  })
})
