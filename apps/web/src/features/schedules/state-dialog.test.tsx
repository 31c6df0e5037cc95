import { sessionSchema } from '@refreshboard/api-types'
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Toasts } from '../../components/toasts.tsx'
import { sessionStarted } from '../../lib/session-store.ts'
import { anOutcome, aSchedule } from '../../test/a-schedule.ts'
import { aSession, fakeApi, json, luid } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { StateDialog } from './state-dialog.tsx'

const route = `PATCH /api/schedules/${luid(7)}`
const undo = { name: 'Undo the change of “Weekday early”' }

beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))
afterEach(() => {
  // Another identity takes what is left of the toasts away.
  act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'somebody else' }))))
  vi.unstubAllGlobals()
})

/** Asks to suspend it; the answer comes when it is told to. */
const suspend = async (result?: Record<string, unknown>) => {
  let answer: () => void = () => undefined
  fakeApi({ [route]: (sent) => new Promise<Response>((resolve) => (answer = () => resolve(json(anOutcome(sent.headers.get('idempotency-key'), { result }))))) })
  show(<Toasts />)
  const onClose = vi.fn<() => void>()
  const Page = () => {
    const [open, setOpen] = useState(true)
    onClose.mockImplementation(() => setOpen(false))
    return open ? <StateDialog schedule={aSchedule()} tasks={{ count: 1, note: undefined }} zone="UTC" onClose={onClose} /> : null
  }
  show(<Page />)
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Suspend' }))
  return { onClose, user, answer: () => answer() }
}

describe('the dialog that suspends a schedule', () => {
  it('closes when it is done, and offers the undo', async () => {
    const { onClose, answer } = await suspend()
    answer()
    expect(await screen.findByRole('button', undo)).toBeInTheDocument()
    await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1))
    expect(screen.getAllByText('Suspended “Weekday early”')).toHaveLength(1)
  })

  it('that is closed before the reply tells it all the same, once, with the undo that was promised', async () => {
    const { user, answer } = await suspend()
    await user.click(screen.getByRole('button', { name: 'Let it run' }))
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    answer()
    expect(await screen.findByRole('button', undo)).toBeInTheDocument()
    expect(screen.getAllByText('Suspended “Weekday early”')).toHaveLength(1)
  })

  it('offers the undo where somebody else changed something else in the same moment, and keeps that to be read', async () => {
    const { answer } = await suspend({ scheduleId: luid(7), moved: ['The priority was 50 and is now 70.'] })
    answer()
    expect(await screen.findByRole('button', undo)).toBeInTheDocument()
    expect(screen.getByText('To know of “Weekday early”')).toBeInTheDocument()
  })

  it('offers no undo where Tableau shows something else than was sent, and says so', async () => {
    const { answer } = await suspend({ scheduleId: luid(7), differs: ['The state was to be “Suspended”; Tableau shows “Active”.'] })
    answer()
    expect(await screen.findByText(/Tableau shows “Active”\. It cannot be undone here: Tableau did not keep what was sent\./)).toBeInTheDocument()
    expect(screen.queryByRole('button', undo)).not.toBeInTheDocument()
  })
})
