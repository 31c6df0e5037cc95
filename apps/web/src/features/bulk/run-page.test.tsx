import { sessionSchema, type BulkRunWithItems } from '@refreshboard/api-types'
import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { anItem, aRun } from '../../test/a-run.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { RunPage } from './run-page.tsx'
import { RunningLink } from './running-link.tsx'
import { RunsPage } from './runs-page.tsx'

// A whole page is looked through, on a machine that may be busy.
configure({ asyncUtilTimeout: 8000 })

beforeEach(() => {
  sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } })))
  // The virtual list shows what has room.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const visit = (run: BulkRunWithItems, more: Parameters<typeof fakeApi>[0] = {}, path = paths.run({ id: run.id })) => {
  const { items: _, ...told } = run
  const api = fakeApi({ [`GET /api/bulk/${run.id}`]: () => json(run), 'GET /api/bulk': () => json({ runs: [told] }), ...more })
  const router = createMemoryRouter(
    [
      {
        path: '/bulk',
        children: [
          { index: true, element: <RunsPage /> },
          { path: ':id', Component: RunPage },
        ],
      },
      { path: '*', element: <RunningLink /> },
    ],
    { initialEntries: [path] },
  )
  show(<RouterProvider router={router} />)
  return { api, router, user: userEvent.setup() }
}

const refusal = { code: 'forbidden' as const, title: 'Not allowed', detail: 'You may not.', status: 403, requestId: 'request-7', tableau: { code: '403004', summary: 'Forbidden', detail: 'Not yours.' } }
const some = [anItem(0, { state: 'done', evidence: 'Tableau has cancelled the job.' }), anItem(1, { state: 'refused', problem: refusal }), anItem(2), anItem(3, { state: 'left_out', reason: 'It is over.' })]

describe('a run', () => {
  it('tells how far it is, in words too, and what became of each, in Tableau’s own words where it refused', async () => {
    visit(aRun(some, { state: 'running', startedAt: '2025-11-23T10:00:05Z' }))
    expect(await screen.findByRole('progressbar')).toHaveAttribute('aria-valuetext', '2 of 3')
    expect(screen.getByText('2 of 3')).toBeInTheDocument()
    expect(screen.getByRole('status')).toHaveTextContent('Under way')
    const items = within(screen.getByRole('list', { name: 'Items' })).getAllByRole('listitem')
    expect(items.map((item) => within(item).getByRole('link').getAttribute('href'))).toEqual(some.map(({ id }) => paths.jobs({ job: id })))
    expect(items[1]).toHaveTextContent('Tableau says: “Forbidden: Not yours.” (403004)')
    expect(items[1]).toHaveTextContent('Request id request-7')
    expect(items[3]).toHaveTextContent('It is over.')
  })

  it('shows the items of one state, which stands in the address', async () => {
    const { user, router } = visit(aRun(some, { state: 'running' }))
    await user.click(await screen.findByRole('link', { name: 'Refused 1' }))
    expect(router.state.location.search).toBe('?state=refused')
    expect(within(screen.getByRole('list', { name: 'Items' })).getAllByRole('listitem')).toHaveLength(1)
  })

  it('is asked for each second while it is under way, without keeping the session awake, and no more once it is over', async () => {
    const states = ['running', 'done'] as const
    let asked = 0
    const { api } = visit(aRun(some), { [`GET /api/bulk/${aRun([]).id}`]: () => json(aRun(some, { state: states[Math.min(asked++, 1)] ?? 'done' })) })
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Finished'))
    const sent = api.of(`GET /api/bulk/${aRun([]).id}`)
    expect(sent).toHaveLength(2)
    expect(sent[1]?.headers.get('x-refreshboard-background')).not.toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(api.of(`GET /api/bulk/${aRun([]).id}`)).toHaveLength(2)
  })

  it('is no plain success when something was refused', async () => {
    visit(aRun(some, { state: 'done' }))
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(/^Finished, \d to look at/))
  })

  it('is paused and goes on', async () => {
    let run = aRun(some, { state: 'running' })
    const to = (state: 'paused' | 'running') => () => {
      run = { ...run, state }
      return json(run)
    }
    const { api, user } = visit(run, { [`GET /api/bulk/${run.id}`]: () => json(run), [`POST /api/bulk/${run.id}/pause`]: to('paused'), [`POST /api/bulk/${run.id}/resume`]: to('running') })
    await user.click(await screen.findByRole('button', { name: 'Pause' }))
    await user.click(await screen.findByRole('button', { name: 'Go on' }))
    expect(await screen.findByRole('button', { name: 'Pause' })).toBeInTheDocument()
    expect([api.of(`POST /api/bulk/${run.id}/pause`).length, api.of(`POST /api/bulk/${run.id}/resume`).length]).toEqual([1, 1])
  })

  it('is paused and goes on by keyboard, which stays where it is', async () => {
    let run = aRun(some, { state: 'running' })
    const to = (state: 'pausing' | 'running') => () => {
      run = { ...run, state }
      return json(run)
    }
    const { user } = visit(run, { [`GET /api/bulk/${run.id}`]: () => json(run), [`POST /api/bulk/${run.id}/pause`]: to('pausing'), [`POST /api/bulk/${run.id}/resume`]: to('running') })
    const button = await screen.findByRole('button', { name: 'Pause' })
    button.focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(button).toHaveTextContent('Pausing …'))
    expect(button).toHaveFocus()
    await user.keyboard('{Enter}')
    run = { ...run, state: 'paused' }
    await waitFor(() => expect(button).toHaveTextContent('Go on'))
    expect(button).toHaveFocus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(button).toHaveTextContent('Pause'))
    expect(button).toHaveFocus()
  })

  it('is paused by a press, however long the key is held and however fast it was answered', async () => {
    const run = aRun(some, { state: 'running' })
    let state: 'running' | 'paused' = 'running'
    const order = (next: typeof state) => () => json({ ...run, state: (state = next), items: undefined })
    const { api, user } = visit(run, { [`GET /api/bulk/${run.id}`]: () => json({ ...run, state }), [`POST /api/bulk/${run.id}/pause`]: order('paused'), [`POST /api/bulk/${run.id}/resume`]: order('running') })
    const button = await screen.findByRole('button', { name: 'Pause' })
    button.focus()
    await user.keyboard('{Enter>15/}')
    expect(await screen.findByRole('button', { name: 'Go on' })).toBe(button)
    expect([api.of(`POST /api/bulk/${run.id}/pause`).length, api.of(`POST /api/bulk/${run.id}/resume`).length]).toEqual([1, 0])
  })

  it('asks before it is stopped for good', async () => {
    const run = aRun(some, { state: 'running' })
    const { api, user } = visit(run, { [`POST /api/bulk/${run.id}/stop`]: () => json({ ...run, state: 'stopping' }) })
    await user.click(await screen.findByRole('button', { name: 'Stop …' }))
    expect(api.of(`POST /api/bulk/${run.id}/stop`)).toEqual([])
    await user.click(await screen.findByRole('button', { name: 'Stop for good' }))
    await waitFor(() => expect(api.of(`POST /api/bulk/${run.id}/stop`)).toHaveLength(1))
  })

  it('says why it stands, and until when Tableau asked to wait', async () => {
    const at = new Date(Date.now() + 90_000)
    visit(aRun(some, { state: 'waiting', retryAt: at.toISOString() }))
    expect(await screen.findByText(/Tableau asked to wait until .* \(in \d+ (s|min)\)\. It goes on by itself then/)).toBeInTheDocument()
  })

  it('leads to both tasks where there are two now', async () => {
    const item = anItem(0, { state: 'half_done', reason: 'There are two tasks now.', result: { taskId: luid(99) } })
    visit(aRun([item], { action: 'tasks.move', state: 'done' }))
    expect(await screen.findByRole('link', { name: 'Open the old task, to delete it' })).toHaveAttribute('href', paths.tasks({ task: item.id }))
    expect(screen.getByRole('link', { name: 'Open the new task' })).toHaveAttribute('href', paths.tasks({ task: luid(99) }))
  })

  it.each(['paused', 'halted', 'interrupted'] as const)('that is %s does not say that something is being sent', async (state) => {
    const items = [anItem(0, { state: 'sending', result: { taskId: luid(99) } }), anItem(1, { state: 'checking' })]
    visit(aRun(items, { action: 'tasks.move', state }))
    const [moved, checked] = within(await screen.findByRole('list', { name: 'Items' })).getAllByRole('listitem')
    expect(moved).toHaveTextContent(/Partly done.*It goes on where it was .*nothing is sent twice\./)
    expect(screen.getByRole('link', { name: 'Open the new task' })).toHaveAttribute('href', paths.tasks({ task: luid(99) }))
    expect(checked).toHaveTextContent(/Not known yet.*It goes on where it was/)
    expect(screen.queryByText(/Being/)).toBeNull()
  })

  it('that is under way says that something is being sent', async () => {
    visit(aRun([anItem(0, { state: 'sending' })], { action: 'tasks.move', state: 'running' }))
    expect(await screen.findByRole('listitem')).toHaveTextContent('Being sent')
    expect(screen.queryByText(/goes on where it was/)).toBeNull()
  })

  it('says nothing of refusals that is not so: a run halts for other reasons, too', async () => {
    visit(aRun(some, { state: 'halted', why: 'What became of three in a row could not be confirmed, so the others were not tried. Look at those first.' }))
    expect(await screen.findByText(/Look at those first\./)).toBeInTheDocument()
    expect(screen.getByText(/Nothing more is sent until somebody goes on with it, or stops it for good\./)).toBeInTheDocument()
    expect(screen.queryByText(/refused as well|Set right what was refused/)).toBeNull()
  })

  it('that is not there says why, and leads to those that are', async () => {
    const run = aRun(some)
    visit(run, { [`GET /api/bulk/${run.id}`]: () => problem('not_found') })
    expect(await screen.findByRole('heading', { name: 'There is no such run' })).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'All runs' })).toHaveAttribute('href', '/bulk')
  })
})

describe('the runs', () => {
  it('are told with what was refused', async () => {
    visit(aRun(some, { state: 'done' }), {}, '/bulk')
    expect(await screen.findByRole('link', { name: 'Cancel 4 jobs' })).toHaveAttribute('href', paths.run({ id: aRun([]).id }))
    expect(screen.getByText(/1 refused/)).toBeInTheDocument()
  })
})

describe('the link on every page', () => {
  it.each([
    ['running', /^Cancelling 3 · 1 done, 1 to look at$/],
    ['paused', /^Cancelling 3 · 1 done, 1 to look at · paused$/],
    ['halted', /^Cancelling 3 · 1 done, 1 to look at · halted$/],
    ['interrupted', /^Cancelling 3 · 1 done, 1 to look at · interrupted$/],
  ] as const)('tells of a run that is %s', async (state, words) => {
    visit(aRun(some, { state }), {}, '/elsewhere')
    expect(await screen.findByRole('link', { name: words })).toHaveAttribute('href', paths.run({ id: aRun([]).id }))
  })

  it('is gone as soon as the page of its run tells the end', async () => {
    const run = aRun([anItem(0, { state: 'done' })], { state: 'done', startedAt: '2025-11-23T10:00:05Z', endedAt: '2025-11-23T10:00:06Z' })
    const { items: _, ...told } = run
    let tell = (): void => undefined
    fakeApi({
      [`GET /api/bulk/${run.id}`]: () => new Promise<Response>((resolve) => (tell = () => resolve(json(run)))),
      'GET /api/bulk': () => json({ runs: [{ ...told, state: 'running', counts: { planned: 1 } }] }),
    })
    const both = (
      <>
        <RunningLink />
        <RunPage />
      </>
    )
    show(<RouterProvider router={createMemoryRouter([{ path: '/bulk/:id', element: both }], { initialEntries: [paths.run({ id: run.id })] })} />)
    const line = await screen.findByRole('link', { name: /^Cancelling 1 · 0 done/ })
    tell()
    expect(await screen.findByText('1 of 1')).toBeInTheDocument()
    await waitFor(() => expect(line).not.toBeInTheDocument())
  })

  it('tells of what is done alone where nothing was refused', async () => {
    visit(aRun([anItem(0, { state: 'done' }), anItem(1)], { state: 'running' }), {}, '/elsewhere')
    expect(await screen.findByRole('link', { name: 'Cancelling 2 · 1 done' })).toBeInTheDocument()
  })

  it.each(['planned', 'done', 'stopped'] as const)('is not there for one that is %s', async (state) => {
    const { api } = visit(aRun(some, { state }), {}, '/elsewhere')
    await waitFor(() => expect(api.of('GET /api/bulk')).toHaveLength(1))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(screen.queryByRole('link')).toBeNull()
  })
})
