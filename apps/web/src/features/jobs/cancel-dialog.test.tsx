import { sessionSchema } from '@refreshboard/api-types'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted } from '../../lib/session-store.ts'
import { aJob, aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { CancelDialog } from './cancel-dialog.tsx'

const route = `POST /api/jobs/${luid(11)}/cancel`

beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))
afterEach(() => vi.unstubAllGlobals())

const setup = (job = aJob.running()) => {
  const onClose = vi.fn<() => void>()
  show(<CancelDialog job={job} clock={undefined} onClose={onClose} />)
  const dialog = screen.getByRole('dialog', { name: 'Cancel “Sales”' })
  return { onClose, dialog, user: userEvent.setup(), send: () => within(dialog).getByRole('button', { name: 'Cancel job' }) }
}

describe('the dialog that confirms a cancel', () => {
  it('says what will happen', () => {
    expect(setup().dialog).toHaveTextContent(/Tableau stops it and that work is lost/)
  })

  it('says it for a job that waits', () => {
    expect(setup(aJob.pending()).dialog).toHaveTextContent(/out of the queue and it does not start/)
  })

  it('has nothing to send for a job that is over', () => {
    const { dialog } = setup(aJob.failed())
    expect(within(dialog).queryByRole('button', { name: 'Cancel job' })).not.toBeInTheDocument()
    expect(dialog).toHaveTextContent(/nothing left to cancel/)
  })

  it('sends once under a double click, and closes', async () => {
    const api = fakeApi({
      [route]: (sent) => json({ key: sent.headers.get('idempotency-key'), operation: 'jobs.cancel', state: 'done', startedAt: '2025-11-23T10:00:00Z', evidence: 'e' }),
    })
    const { onClose, user, send } = setup()
    await user.dblClick(send())
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(api.of(route)).toHaveLength(1)
  })

  it('sends once under a double click that is refused at once', async () => {
    const api = fakeApi({ [route]: () => problem('conflict') })
    const { user, send } = setup()
    await user.dblClick(send())
    expect(await screen.findByRole('alert')).toBeInTheDocument()
    expect(api.of(route)).toHaveLength(1)
  })

  it('shows a refusal itself, in Tableau’s words, and stays', async () => {
    fakeApi({ [route]: () => problem('forbidden', { tableau: { code: '403004', summary: 'Forbidden', detail: 'No permission' } }) })
    const { onClose, dialog, user, send } = setup()
    await user.click(send())
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('No permission')
    expect(send()).toBeEnabled()
    expect(onClose).not.toHaveBeenCalled()
  })

  it('says plainly that the job had finished, and offers only to close', async () => {
    fakeApi({ [route]: () => problem('already_finished') })
    const { dialog, user, send } = setup()
    await user.click(send())
    expect(await within(dialog).findByText('The job had already finished.')).toBeInTheDocument()
    expect(within(dialog).queryByRole('button', { name: 'Cancel job' })).not.toBeInTheDocument()
  })

  it('leaves the end of the session to its own dialog', async () => {
    fakeApi({ [route]: () => problem('session_expired') })
    const { dialog, onClose, user, send } = setup()
    await user.click(send())
    await waitFor(() => expect(send()).toBeEnabled())
    expect(within(dialog).queryByRole('alert')).not.toBeInTheDocument()
    expect(onClose).not.toHaveBeenCalled()
  })

  it('waits for as long as Tableau asked, says until when, and still does when it is closed and opened again', async () => {
    const api = fakeApi({ [route]: () => problem('throttled', { retryAt: new Date(Date.now() + 60_000).toISOString() }) }, () => json({}))
    const { onClose, user, dialog, send } = setup()
    await user.click(send())
    const held = () => screen.findByRole('button', { name: /^Wait until \d\d:\d\d.*: Cancel job$/ })
    await user.click(await held())
    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }))
    expect(onClose).toHaveBeenCalled()
    cleanup()
    show(<CancelDialog job={aJob.running()} clock={undefined} onClose={onClose} />)
    await user.click(await held())
    expect(api.of(route)).toHaveLength(1)
  })
})
