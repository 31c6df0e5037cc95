import { sessionSchema, type SessionEntry } from '@refreshboard/api-types'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted, sessionState, useSessionState } from '../../lib/session-store.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { SessionsDialog } from './sessions-dialog.tsx'

const entry = (n: number, more: Partial<SessionEntry> = {}): SessionEntry => ({ id: luid(n), current: false, signedInAt: '2025-11-23T10:00:00Z', lastActiveAt: '2025-11-23T10:05:00Z', browser: 'Firefox on Windows', ...more })
const here = entry(1, { current: true, browser: 'Chrome on Linux' })

/** As the shell does: nothing is left of it without a session. */
const Page = () => (useSessionState().status === 'live' ? <SessionsDialog onClose={() => undefined} /> : null)

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

describe('the dialog of the sessions', () => {
  it('marks this browser, which has no button of its own, and ends another one once', async () => {
    let items = [here, entry(2)]
    const api = fakeApi({
      'GET /api/sessions': () => json({ items }),
      [`DELETE /api/sessions/${luid(2)}`]: () => {
        items = [here]
        return new Response(null, { status: 204 })
      },
    })
    show(<Page />)
    expect(await screen.findByText('this browser')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: /^End: Firefox on Windows, signed in 23 Nov/ }))
    expect(await screen.findByText('Ended: Firefox on Windows. It has to sign in again.')).toBeInTheDocument()
    await vi.waitFor(() => expect(screen.queryByRole('button', { name: /^End/ })).not.toBeInTheDocument())
    expect(screen.getByRole('list', { name: 'Sessions' })).toHaveFocus()
    expect(api.of(`DELETE /api/sessions/${luid(2)}`)).toHaveLength(1)
  })

  it('says itself what failed, and reads the list again', async () => {
    const api = fakeApi({ 'GET /api/sessions': () => json({ items: [here, entry(2)] }), [`DELETE /api/sessions/${luid(2)}`]: () => problem('not_found') })
    show(<Page />)
    await userEvent.click(await screen.findByRole('button', { name: /^End/ }))
    expect(await screen.findByRole('alert')).toHaveTextContent('what happened: not_found')
    await vi.waitFor(() => expect(api.of('GET /api/sessions')).toHaveLength(2))
  })

  it('keeps the list that it has, and says that it could not be read again', async () => {
    let isUp = true
    fakeApi({
      'GET /api/sessions': () => (isUp ? json({ items: [here, entry(2)] }) : problem('storage_unavailable')),
      [`DELETE /api/sessions/${luid(2)}`]: () => {
        isUp = false
        return new Response(null, { status: 204 })
      },
    })
    show(<Page />)
    await userEvent.click(await screen.findByRole('button', { name: /^End/ }))
    expect(await screen.findByRole('alert')).toHaveTextContent('what happened: storage_unavailable')
    expect(screen.getByText('this browser')).toBeInTheDocument()
  })

  it('says what signing out everywhere does, and leaves this page too', async () => {
    fakeApi({ 'GET /api/sessions': () => json({ items: [here] }), 'DELETE /api/sessions': () => new Response(null, { status: 204 }) })
    show(<Page />)
    expect(screen.getByText(/ends all of them, this browser too/)).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Sign out everywhere' }))
    await vi.waitFor(() => expect(sessionState()).toEqual({ status: 'signed-out', cause: 'here' }))
  })
})
