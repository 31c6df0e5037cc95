import { deleteSchedule, listBulk, luidSchema, sessionSchema } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readOf } from '../lib/query.ts'
import { sessionStarted } from '../lib/session-store.ts'
import { useWrite } from '../lib/writes.ts'
import { anOutcome } from '../test/a-schedule.ts'
import { aSession, fakeApi, json, luid, problem } from '../test/fake-api.ts'
import { show } from '../test/render.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Toasts } from './toasts.tsx'

const id = luidSchema.parse(luid(7))

beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))
afterEach(() => {
  // Another identity takes what is left of the toasts away.
  act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'somebody else' }))))
  vi.unstubAllGlobals()
})

/** Sends it; the answer comes when it is told to. What it makes stale is slow to be read again. */
const send = async (reply: (key: string | null) => Response = (key) => json(anOutcome(key))) => {
  let answer: () => void = () => undefined
  let reads = 0
  fakeApi({
    [`DELETE /api/schedules/${id}`]: (sent) => new Promise<Response>((resolve) => (answer = () => resolve(reply(sent.headers.get('idempotency-key'))))),
    'GET /api/bulk': () => ((reads += 1) > 1 ? new Promise<Response>(() => undefined) : json({ runs: [] })),
  })
  const Reader = () => <span>{useQuery(readOf(listBulk, undefined)).data === undefined ? 'reading' : 'read'}</span>
  show(<Reader />)
  expect(await screen.findByText('read')).toBeInTheDocument()
  show(<Toasts />)
  const onDone = vi.fn<() => void>()
  const Page = () => {
    const [open, setOpen] = useState(true)
    const { mutateAsync } = useWrite(deleteSchedule, ['bulk'])
    if (!open) return null
    return (
      <ConfirmDialog
        title="Delete it"
        action="Delete"
        keep="Keep it"
        target="it"
        what="it was deleted"
        write={{ notYet: 'Not asked here.' }}
        final="it is gone."
        onSend={(known) => mutateAsync({ target: 'it', input: { params: { id } }, ...known })}
        told="It is deleted"
        onDone={() => {
          onDone()
          setOpen(false)
        }}
        onClose={() => setOpen(false)}
      >
        <p>It goes.</p>
      </ConfirmDialog>
    )
  }
  show(<Page />)
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Delete' }))
  return { user, onDone, answer: () => answer() }
}

describe('a dialog that asks before something is sent', () => {
  it('is over when it is done, which is told once', async () => {
    const { onDone, answer } = await send()
    answer()
    expect(await screen.findByText('It is deleted')).toBeInTheDocument()
    await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1))
    expect(screen.getAllByText('It is deleted')).toHaveLength(1)
  })

  it('that is closed before the reply has it told all the same', async () => {
    const { user, onDone, answer } = await send()
    await user.click(screen.getByRole('button', { name: 'Keep it' }))
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    answer()
    expect(await screen.findByText('It is deleted')).toBeInTheDocument()
    expect(onDone).not.toHaveBeenCalled()
  })

  it.each([
    ['a refusal', () => problem('forbidden', { detail: 'You may not.' }), /^Not done: Delete it$/],
    ['that nobody knows', (key: string | null) => json(anOutcome(key, { state: 'unconfirmed', evidence: 'It could not be found out.' })), /^It could not be confirmed whether it was done: Delete it$/],
  ])('that is closed before %s is told has it told, and it stays', async (_what, reply, words) => {
    const { user, answer } = await send(reply)
    await user.click(screen.getByRole('button', { name: 'Keep it' }))
    answer()
    expect(await screen.findByText(words)).toBeInTheDocument()
  })

  it('that is still there shows a refusal itself, once', async () => {
    const { answer } = await send(() => problem('forbidden', { detail: 'You may not.' }))
    answer()
    expect(await screen.findByRole('alert')).toHaveTextContent('You may not.')
    expect(screen.queryByText(/^Not done/)).not.toBeInTheDocument()
  })

  it('tells nothing to somebody else who signed in since', async () => {
    const { user, answer } = await send()
    await user.click(screen.getByRole('button', { name: 'Keep it' }))
    act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'another' }))))
    answer()
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)))
    expect(screen.queryByText('It is deleted')).not.toBeInTheDocument()
  })
})
