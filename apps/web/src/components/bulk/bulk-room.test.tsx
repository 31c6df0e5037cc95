import { sessionSchema } from '@refreshboard/api-types'
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { createMemoryRouter, Link, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted } from '../../lib/session-store.ts'
import { anItem, aRun } from '../../test/a-run.ts'
import { aSession, anEmptyWindow, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { Toasts } from '../toasts.tsx'
import { BulkRoom } from './bulk-room.tsx'
import type { Chosen } from './chosen.ts'

beforeEach(() => {
  sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } })))
  // The virtual list shows what has room.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(600)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const run = aRun([anItem(0), anItem(1)])
const started = { ...run, state: 'running' as const }
const path = `/api/bulk/${run.id}`
const allPending: Chosen = { matching: { status: ['Pending'] } }

const visit = ({ chosen = allPending, reading = false }: { chosen?: Chosen; reading?: boolean } = {}) => {
  const waiting: ((response: Response) => void)[] = []
  const api = fakeApi({
    'POST /api/bulk': () => json(run, 201),
    'GET /api/bulk': () => json({ runs: [] }),
    'GET /api/jobs': () => json(anEmptyWindow()),
    [`GET ${path}`]: () => json({ ...run, digest: 'digest-2' }),
    [`POST ${path}/start`]: () => new Promise<Response>((resolve) => void waiting.push(resolve)),
  })
  const left: { count?: (count: number) => void } = {}
  const List = () => {
    const [count, setCount] = useState(2)
    left.count = setCount
    return (
      <main id="main" tabIndex={-1}>
        <Link to="/elsewhere">Elsewhere</Link>
        <BulkRoom
          of="jobs"
          chosen={chosen}
          count={count}
          total={count}
          reading={reading}
          pageOfRun={(id) => `/bulk/${id}`}
          runsPage="/bulk"
          onAll={() => undefined}
          onClear={() => undefined}
          onDone={() => undefined}
        />
      </main>
    )
  }
  const router = createMemoryRouter(
    [
      { path: '/', Component: List },
      { path: '*', element: <p>Another page</p> },
    ],
    { initialEntries: ['/'] },
  )
  show(
    <>
      <RouterProvider router={router} />
      <Toasts />
    </>,
  )
  const answer = async (response: Response) => {
    await waitFor(() => expect(waiting).toHaveLength(1))
    waiting[0]?.(response)
  }
  return { api, router, answer, nothingMatches: () => act(() => left.count?.(0)), user: userEvent.setup() }
}

const ask = async ({ user }: Pick<ReturnType<typeof visit>, 'user'>) => {
  await user.click(await screen.findByRole('button', { name: 'Cancel …' }))
  return await screen.findByRole('button', { name: 'Cancel 2 jobs' })
}

describe('what is asked about a selection', () => {
  it('has its answer although nothing matches any more', async () => {
    const page = visit()
    await page.user.click(await ask(page))
    page.nothingMatches()
    await page.answer(problem('changed_elsewhere'))
    expect(await screen.findByText(/so nothing was sent/)).toBeInTheDocument()
    await page.user.click(screen.getByRole('button', { name: 'Keep them' }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Selected jobs' })).toBeNull())
    expect(screen.getByRole('main')).toHaveFocus()
  })

  it('cannot be left alone while it is being started, which is said', async () => {
    const page = visit()
    await page.user.click(await ask(page))
    expect(await screen.findByText('It is being started. The answer comes here.')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Keep them' })).toBeDisabled()
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
    await page.user.keyboard('{Escape}')
    expect(screen.getByRole('dialog')).toBeInTheDocument()
    await page.answer(json(started))
    await waitFor(() => expect(page.router.state.location.pathname).toBe(`/bulk/${run.id}`))
  })

  it.each([
    ['was started', () => json(started), '“Cancel 2 jobs” was started'],
    ['was not, since something had changed', () => problem('changed_elsewhere'), '“Cancel 2 jobs” was not started'],
    ['was refused', () => problem('storage_unavailable'), '“Cancel 2 jobs” may not have been started'],
  ])('tells that it %s when its page was left meanwhile, and leads nobody away', async (_, response, words) => {
    const page = visit()
    await page.user.click(await ask(page))
    await page.router.navigate('/elsewhere')
    await screen.findByText('Another page')
    await page.answer(response())
    expect(await screen.findByText(words)).toBeInTheDocument()
    expect(page.router.state.location.pathname).toBe('/elsewhere')
  })

  it('waits until what was selected last has been read', async () => {
    const { user, api } = visit({ chosen: { ids: [luid(1), luid(2)] }, reading: true })
    const button = await screen.findByRole('button', { name: 'Cancel …' })
    expect(button).toHaveAccessibleDescription('What you selected last is still being read.')
    await user.click(button)
    expect(api.of('POST /api/bulk')).toEqual([])
  })
})
