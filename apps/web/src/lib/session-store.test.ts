import { sessionSchema } from '@refreshboard/api-types'
import { describe, expect, it, vi } from 'vitest'
import { aSession } from '../test/fake-api.ts'
import { queryClient } from './query-client.ts'
import { followOtherTabs, identity, sessionDied, sessionEnded, sessionStarted, sessionState } from './session-store.ts'

const session = (more: Parameters<typeof aSession>[0] = {}) => sessionSchema.parse(aSession(more))

describe('the session of this page', () => {
  it('empties the cache when the identity changes, and changes the prefix of every key', () => {
    sessionStarted(session())
    const before = identity()
    queryClient.setQueryData([before, 'jobs', 'list', {}], { secret: true })
    sessionStarted(session({ user: 'somebody-else' }))
    expect(identity()).not.toBe(before)
    expect(queryClient.getQueryCache().getAll()).toEqual([])
  })

  it('keeps everything when the same person signs in again', () => {
    sessionStarted(session())
    const before = identity()
    queryClient.setQueryData([before, 'jobs', 'list', {}], 1)
    sessionDied('session_expired')
    expect(sessionState()).toMatchObject({ status: 'dead', code: 'session_expired', session: { user: { name: 'admin' } } })
    sessionStarted(session())
    expect(sessionState().status).toBe('live')
    expect(identity()).toBe(before)
    expect(queryClient.getQueryData([before, 'jobs', 'list', {}])).toBe(1)
  })

  it('counts another site as another identity', () => {
    sessionStarted(session())
    const before = identity()
    sessionStarted(session({ site: 'finance' }))
    expect(identity()).not.toBe(before)
  })

  it('is not brought back from a sign-out by a late answer', () => {
    sessionStarted(session())
    sessionEnded('here')
    sessionDied('session_expired')
    expect(sessionState()).toEqual({ status: 'signed-out', cause: 'here' })
  })
})

describe('other tabs', () => {
  const channel = new BroadcastChannel('refreshboard-session')
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  const tell = (message: unknown) => channel.postMessage(message)

  it('sign out together', async () => {
    sessionStarted(session())
    const stop = followOtherTabs(() => undefined)
    tell({ kind: 'ended' })
    await vi.waitFor(() => expect(sessionState()).toEqual({ status: 'signed-out', cause: 'elsewhere' }))
    stop()
  })

  it('begin anew when another identity took over, and neither show nor ask anything of the old one meanwhile', async () => {
    const reload = vi.fn<() => void>()
    vi.stubGlobal('location', { reload })
    sessionStarted(session())
    const before = identity()
    const ask = vi.fn<() => void>()
    const stop = followOtherTabs(ask)
    tell({ kind: 'started', principal: 'another' })
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce())
    expect(identity()).not.toBe(before)
    expect(sessionState()).toEqual({ status: 'unknown' })
    expect(ask).not.toHaveBeenCalled()
    stop()
    vi.unstubAllGlobals()
  })

  it('ask who is signed in when they have no session and another tab has one', async () => {
    sessionEnded()
    const ask = vi.fn<() => void>()
    const stop = followOtherTabs(ask)
    tell({ kind: 'started', principal: 'another' })
    await vi.waitFor(() => expect(ask).toHaveBeenCalledOnce())
    stop()
  })

  it('leave a page alone that is signed in as the same', async () => {
    const mine = session()
    sessionStarted(mine)
    const reload = vi.fn<() => void>()
    const stop = followOtherTabs(reload)
    tell({ kind: 'started', principal: mine.principal })
    tell({ kind: 'nonsense' })
    tell({ kind: 'ended' })
    await vi.waitFor(() => expect(sessionState().status).toBe('signed-out'))
    expect(reload).not.toHaveBeenCalled()
    stop()
  })
})
