import { sessionSchema, updateSchedule } from '@refreshboard/api-types'
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted, sessionState } from '../lib/session-store.ts'
import { anOutcome } from '../test/a-schedule.ts'
import { aSession, fakeApi, json, luid, problem } from '../test/fake-api.ts'
import { show } from '../test/render.tsx'
import { toast, Toasts } from './toasts.tsx'
import { undoBy } from './undo.ts'

const route = `PATCH /api/schedules/${luid(7)}`

beforeEach(() => {
  sessionStarted(sessionSchema.parse(aSession()))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  // Another identity takes what is left of the toasts away.
  act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'somebody else' }))))
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const offer = () =>
  undoBy({ endpoint: updateSchedule, input: { params: { id: luid(7) }, body: { changes: { name: 'A' }, seen: { name: 'B' } } }, invalidates: ['schedules'], what: 'the change of “B”' })

const open = async (undo = offer()) => {
  show(<Toasts />)
  act(() => toast('Saved “B”', 'Tableau confirmed it.', undo))
  return await screen.findByRole('button', { name: 'Undo the change of “B”' })
}

const pass = (seconds: number): void =>
  act(() => {
    vi.advanceTimersByTime(seconds * 1000)
  })

describe('a toast with an undo', () => {
  it('counts down for the eye, and goes after 30 seconds', async () => {
    await open()
    expect(screen.getByText('30 s left')).toHaveAttribute('aria-hidden', 'true')
    pass(12)
    expect(screen.getByText('18 s left')).toBeInTheDocument()
    pass(19)
    expect(screen.queryByText('Saved “B”')).not.toBeInTheDocument()
  })

  it('waits while the focus is in it', async () => {
    const button = await open()
    act(() => button.focus())
    pass(60)
    expect(screen.getByText('30 s left')).toBeInTheDocument()
  })

  it('is reached by the key u', async () => {
    const button = await open()
    fireEvent.keyDown(document.body, { key: 'u' })
    expect(button).toHaveFocus()
  })

  it('sends once under a double click, and tells what became of it', async () => {
    const api = fakeApi({ [route]: (sent) => json(anOutcome(sent.headers.get('idempotency-key'))) })
    const button = await open()
    fireEvent.click(button, { detail: 1 })
    fireEvent.click(button, { detail: 2 })
    fireEvent.click(button, { detail: 1 })
    expect(await screen.findByText('Undone: the change of “B”')).toBeInTheDocument()
    expect(screen.queryByText('Saved “B”')).not.toBeInTheDocument()
    expect(api.of(route)).toHaveLength(1)
  })

  it.each([
    ['that Tableau did not keep', { differs: ['It reports the name as “B”, which is not what was sent.'] }, 'Not fully undone: the change of “B”', /which is not what was sent/],
    ['beside which somebody else changed something', { moved: ['The priority was 50 and is now 70.'] }, 'Undone: the change of “B”', /is now 70/],
  ])('%s says so, and stays to be read', async (_what, more, title, said) => {
    const onUndone = vi.fn<() => void>()
    fakeApi({ [route]: (sent) => json(anOutcome(sent.headers.get('idempotency-key'), { result: { scheduleId: luid(7), ...more } })) })
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
    fireEvent.click(await open({ ...offer(), onUndone }), { detail: 1 })
    expect(await screen.findByText(title)).toBeInTheDocument()
    pass(60)
    expect(screen.getByText(said)).toBeInTheDocument()
    expect(onUndone).toHaveBeenCalledTimes(1)
  })

  it('that is refused says so with what is there now, and stays', async () => {
    fakeApi({ [route]: () => problem('changed_elsewhere', { detail: 'The name was “B” and is now “C”.' }) })
    fireEvent.click(await open(), { detail: 1 })
    expect(await screen.findByText('Not undone: the change of “B”')).toBeInTheDocument()
    expect(screen.getByText(/is now “C”/)).toBeInTheDocument()
    pass(60)
    expect(screen.getByText(/is now “C”/)).toBeInTheDocument()
  })

  it('that was dismissed while it was under way is told all the same', async () => {
    let answer: () => void = () => undefined
    fakeApi({ [route]: (sent) => new Promise<Response>((resolve) => (answer = () => resolve(json(anOutcome(sent.headers.get('idempotency-key')))))) })
    fireEvent.click(await open(), { detail: 1 })
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText('Saved “B”')).not.toBeInTheDocument()
    answer()
    expect(await screen.findByText('Undone: the change of “B”')).toBeInTheDocument()
  })

  it('goes when somebody else is signed in', async () => {
    await open()
    act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'somebody' }))))
    expect(screen.queryByText('Saved “B”')).not.toBeInTheDocument()
  })

  it('can be pressed again where the session had ended, by the same person, and its time waits until then', async () => {
    const api = fakeApi({ [route]: () => problem('session_expired') })
    const button = await open()
    pass(5)
    fireEvent.click(button, { detail: 1 })
    await waitFor(() => expect(sessionState().status).toBe('dead'))
    await waitFor(() => expect(screen.getByText('25 s left')).toBeInTheDocument())
    pass(60)
    expect(screen.getByText('25 s left')).toBeInTheDocument()
    const again = fakeApi({ [route]: (sent) => json(anOutcome(sent.headers.get('idempotency-key'))) })
    act(() => sessionStarted(sessionSchema.parse(aSession())))
    fireEvent.click(button, { detail: 1 })
    expect(await screen.findByText('Undone: the change of “B”')).toBeInTheDocument()
    expect([api, again].map(({ of }) => of(route).length)).toEqual([1, 1])
  })

  it('stays, however many there are, and so does what is kept', async () => {
    let answer: () => void = () => undefined
    fakeApi({ [route]: (sent) => new Promise<Response>((resolve) => (answer = () => resolve(json(anOutcome(sent.headers.get('idempotency-key')))))) })
    fireEvent.click(await open(), { detail: 1 })
    act(() => {
      toast('Not undone', 'Somebody else was there.', undefined, true)
      for (const title of ['One', 'Two', 'Three']) toast(title, 'Done.', offer())
    })
    expect(await screen.findAllByRole('button', { name: 'Undo the change of “B”' })).toHaveLength(4)
    expect(screen.getByText('Saved “B”')).toBeInTheDocument()
    expect(screen.getByText('Not undone')).toBeInTheDocument()
    act(() => toast('Only said', 'Done.'))
    expect(screen.getByText('Only said')).toBeInTheDocument()
    answer()
    expect(await screen.findByText('Undone: the change of “B”')).toBeInTheDocument()
  })

  it('is the last to make room', async () => {
    await open()
    act(() => {
      for (const title of ['One', 'Two', 'Three', 'Four']) toast(title, 'Done.')
    })
    expect(screen.getByText('Saved “B”')).toBeInTheDocument()
    expect(screen.queryByText('Two')).not.toBeInTheDocument()
    expect(screen.getByText('Four')).toBeInTheDocument()
  })
})
