import { sessionSchema, type Permission, type Task } from '@refreshboard/api-types'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted } from '../../lib/session-store.ts'
import { aBareTask, anOutcome, aTask } from '../../test/a-task.ts'
import { aJob, aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { RunCell } from './run-cell.tsx'
import { startRun } from './task-run.ts'

const runRoute = `POST /api/tasks/${luid(11)}/run`
const job = aJob.running({ id: luid(77) })
const following = { [runRoute]: (sent: Parameters<typeof anOutcome>[0]) => anOutcome(sent, 'done', { result: { jobId: job.id } }), [`GET /api/jobs/${job.id}`]: () => json({ job, source: 'query', statusNotes: [] }) }

beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const setup = (task: Task = aTask(), runNow: Permission = { allowed: true }) => {
  const onStarted = vi.fn<() => void>()
  const onMore = vi.fn<() => void>()
  show(
    <MemoryRouter>
      <RunCell task={task} runNow={runNow} clock={undefined} zone="UTC" onStarted={onStarted} onMore={onMore} />
    </MemoryRouter>,
  )
  return { onStarted, onMore, user: userEvent.setup(), button: () => screen.getByRole('button', { name: /^Run/ }) }
}

describe('“Run now” in a row', () => {
  it('runs once under a double click, without asking, and becomes the live state of its job', async () => {
    const api = fakeApi(following)
    const { user, button, onStarted } = setup()
    await user.dblClick(button())
    const link = await screen.findByRole('link', { name: 'Running' })
    expect(link).toHaveAttribute('href', `/jobs?job=${job.id}`)
    expect(screen.queryByRole('button', { name: /^Run/ })).not.toBeInTheDocument()
    expect(api.of(runRoute)).toHaveLength(1)
    expect(onStarted).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['a virtual connection’s task', aBareTask(), { allowed: true } as const, /virtual connection/],
    ['a site where nothing is run by hand', aTask(), { allowed: false, reason: 'Switched off on this site.' } as const, /^Switched off on this site\.$/],
  ])('is disabled for %s, with the reason, and sends nothing', async (_what, task, runNow, reason) => {
    const api = fakeApi({})
    const { user, button } = setup(task, runNow)
    expect(button()).toHaveAttribute('aria-disabled', 'true')
    expect(button()).toHaveAccessibleDescription(reason)
    await user.click(button())
    button().focus()
    await user.keyboard('{Enter}')
    expect(api.sent).toEqual([])
  })

  it('is disabled offline', () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const { button } = setup()
    expect(button()).toHaveAccessibleDescription(/offline/)
  })

  it('says “Not run” after a refusal, leads to what is known, and offers to run it again', async () => {
    const api = fakeApi({ [runRoute]: () => problem('upstream_refused'), [`GET /api/tasks/${luid(11)}/job`]: () => json({ known: false, reason: 'no' }) })
    const { user, button, onMore } = setup()
    await user.click(button())
    await user.click(await screen.findByRole('button', { name: 'Not run' }))
    expect(onMore).toHaveBeenCalledTimes(1)
    expect(api.of(runRoute)).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Run again: Sales' }))
    await waitFor(() => expect(api.of(runRoute)).toHaveLength(2))
  })

  it('shows until when Tableau asked to wait, sends nothing before, looks at no jobs, and can be pressed again then', async () => {
    const retryAt = Date.now() + 2500
    const api = fakeApi({ [runRoute]: () => problem('throttled', { retryAt: new Date(retryAt).toISOString() }) })
    const { user, button } = setup()
    await user.click(button())
    const held = await screen.findByRole('button', { name: /^Wait until \d\d:\d\d:\d\d: Run again, Sales$/ })
    expect(held).toHaveAttribute('aria-disabled', 'true')
    expect(held).toHaveAccessibleDescription(/^Tableau asked to wait until .*Nothing is sent by itself/)
    await user.click(held)
    void startRun(luid(11), Date.now())
    expect(api.sent.map(({ method, path }) => `${method} ${path}`)).toEqual([runRoute])
    const again = await screen.findByRole('button', { name: 'Run again: Sales' })
    expect(Date.now()).toBeGreaterThanOrEqual(retryAt)
    expect(api.sent).toHaveLength(1)
    await user.click(again)
    await waitFor(() => expect(api.of(runRoute)).toHaveLength(2))
  })
})
