import { sessionSchema, type Task } from '@refreshboard/api-types'
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failureOf } from '../../lib/api-error.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { anOutcome, aTask } from '../../test/a-task.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { Toasts } from '../../components/toasts.tsx'
import { show } from '../../test/render.tsx'
import { DeleteTaskDialog } from './delete-task-dialog.tsx'
import type { ToldRefreshType } from './use-refresh-type.ts'

const route = `DELETE /api/tasks/${luid(11)}`

beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))
afterEach(() => vi.unstubAllGlobals())

const setup = (task: Task = aTask(), refreshType?: ToldRefreshType | string) => {
  const told: ToldRefreshType = typeof refreshType === 'string' ? { state: 'told', refreshType } : (refreshType ?? { state: 'untold' })
  const onClose = vi.fn<() => void>()
  const onDeleted = vi.fn<() => void>()
  const Page = () => {
    const [open, setOpen] = useState(true)
    onClose.mockImplementation(() => setOpen(false))
    return open ? <DeleteTaskDialog task={task} refreshType={told} onClose={onClose} onDeleted={onDeleted} /> : null
  }
  show(<Page />)
  const dialog = screen.getByRole('dialog', { name: 'Delete the refresh task of “Sales”' })
  return { onClose, onDeleted, dialog, user: userEvent.setup(), send: () => within(dialog).getByRole('button', { name: 'Delete task' }) }
}

describe('the dialog that deletes a task', () => {
  it('says what will happen', () => {
    const { dialog } = setup()
    expect(dialog).toHaveTextContent('“Sales” is no longer refreshed by “Weekday early”; the workbook and its data stay.')
    expect(dialog).toHaveTextContent(/This cannot be undone: Tableau does not tell you whether it is a full or an incremental refresh, and REST can make a full one only/)
  })

  it('says beforehand that it can be undone, and what an undo makes', () => {
    const { dialog } = setup(aTask(), 'FullRefresh')
    expect(dialog).toHaveTextContent('It can be undone for 30 seconds: a new task is made, with another id and without the history of this one.')
    expect(dialog).not.toHaveTextContent(/cannot be undone/)
  })

  it('says that an incremental refresh cannot be made again', () => {
    expect(setup(aTask(), 'IncrementalRefresh').dialog).toHaveTextContent(/incremental refresh, which REST cannot create again on Tableau Server/)
    expect(screen.getByRole('dialog')).toBeInTheDocument()
  })

  it('waits while that is still being read, and says so', async () => {
    const api = fakeApi({})
    const { dialog, user, send } = setup(aTask(), { state: 'reading' })
    expect(dialog).not.toHaveTextContent(/cannot be undone/)
    expect(send()).toHaveAccessibleDescription('Whether this can be undone depends on whether it is a full or an incremental refresh. That is still being read.')
    await user.click(send())
    expect(api.of(route)).toEqual([])
  })

  it('says that it could not be read, and lets it be read again', async () => {
    const retry = vi.fn<() => void>()
    const { dialog, user, send } = setup(aTask(), { state: 'failed', failure: failureOf(new Error('lost')), retry })
    expect(dialog).toHaveTextContent('This cannot be undone: It could not be read whether it is a full or an incremental refresh, and REST can make a full one only.')
    expect(send()).not.toHaveAttribute('aria-disabled')
    await user.click(within(dialog).getByRole('button', { name: 'Try again' }))
    expect(retry).toHaveBeenCalledTimes(1)
  })

  it('says it for a task without a schedule', () => {
    const { schedule: _schedule, ...task } = aTask()
    expect(setup(task).dialog).toHaveTextContent('“Sales” is no longer refreshed by this task')
  })

  it('sends once under a double click, and is done', async () => {
    const api = fakeApi({ [route]: (sent) => anOutcome(sent, 'done') })
    const { onDeleted, user, send } = setup()
    await user.dblClick(send())
    await waitFor(() => expect(onDeleted).toHaveBeenCalledTimes(1))
    expect(api.of(route)).toHaveLength(1)
  })

  it('sends once under a double click that is refused at once', async () => {
    const api = fakeApi({ [route]: () => problem('forbidden') })
    const { user, send } = setup()
    await user.dblClick(send())
    expect(await screen.findByRole('alert')).toBeInTheDocument()
    expect(api.of(route)).toHaveLength(1)
  })

  it('shows a refusal itself, in Tableau’s words, and stays', async () => {
    fakeApi({ [route]: () => problem('forbidden', { tableau: { code: '403004', summary: 'Forbidden', detail: 'Not yours.' } }) })
    const { dialog, onClose, onDeleted, user, send } = setup()
    await user.click(send())
    expect(await within(dialog).findByText(/Not yours\./)).toBeInTheDocument()
    expect(send()).toBeEnabled()
    expect(onClose).not.toHaveBeenCalled()
    expect(onDeleted).not.toHaveBeenCalled()
  })

  it('tells that the reply was lost, sends nothing again, and is done once that is known', async () => {
    const api = fakeApi({ [route]: (sent) => anOutcome(sent, 'checking') }, (sent) => anOutcome(sent, 'done'))
    const { dialog, onDeleted, user, send } = setup()
    await user.click(send())
    expect(await within(dialog).findByText('Checking …')).toBeInTheDocument()
    await waitFor(() => expect(onDeleted).toHaveBeenCalledTimes(1), { timeout: 3000 })
    expect(api.of(route)).toHaveLength(1)
  })

  it('that is closed before the reply tells it all the same, once, with the undo that was promised', async () => {
    let answer: () => void = () => undefined
    fakeApi({ [route]: (sent) => new Promise<Response>((resolve) => (answer = () => resolve(anOutcome(sent, 'done')))) })
    show(<Toasts />)
    const { dialog, onDeleted, user, send } = setup(aTask(), 'FullRefresh')
    await user.click(send())
    // The cross, and the button at the end.
    const [cross] = await within(dialog).findAllByRole('button', { name: 'Close' })
    if (cross !== undefined) await user.click(cross)
    answer()
    expect(await screen.findByRole('button', { name: 'Undo the deletion of the task of “Sales”, as a new task' })).toBeInTheDocument()
    expect(screen.getAllByText('Task deleted')).toHaveLength(1)
    expect(onDeleted).not.toHaveBeenCalled()
  })

  it('waits for as long as Tableau asked, says until when, and still does when it is closed and opened again', async () => {
    const api = fakeApi({ [route]: () => problem('throttled', { retryAt: new Date(Date.now() + 60_000).toISOString() }) }, () => json({}))
    const { onClose, user, dialog, send } = setup()
    await user.click(send())
    const held = () => screen.findByRole('button', { name: /^Wait until \d\d:\d\d.*: Delete task$/ })
    await user.click(await held())
    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }))
    expect(onClose).toHaveBeenCalled()
    cleanup()
    show(<DeleteTaskDialog task={aTask()} refreshType={{ state: 'untold' }} onClose={onClose} onDeleted={() => undefined} />)
    await user.click(await held())
    expect(api.of(route)).toHaveLength(1)
  })
})
