import { sessionSchema } from '@refreshboard/api-types'
import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Toasts } from '../../components/toasts.tsx'
import { sessionStarted } from '../../lib/session-store.ts'
import { aList, anOutcome, aSchedule, visit } from '../../test/a-schedule.ts'
import { aSession, fakeApi, json, luid, type Sent } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { EditSchedulePage } from './schedule-form-page.tsx'
import { parseNews } from './schedule-news.ts'
import { SchedulePage } from './schedule-page.tsx'

const one = `/api/schedules/${luid(7)}`
const told = /^It was saved, and something else is not as it was:$/

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'America/Los_Angeles', inferred: false } }))))
afterEach(() => {
  // Another identity takes what is left of the toasts away.
  act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'somebody else' }))))
  vi.unstubAllGlobals()
})

/** Renames the schedule while somebody else gives it another priority, and is led to its page. */
const save = async () => {
  const done = (result: Record<string, unknown>) => (sent: Sent) => json(anOutcome(sent.headers.get('idempotency-key'), { result: { scheduleId: luid(7), ...result } }))
  const results = [done({ moved: ['The priority was 50 and is now 70.'] }), done({})]
  const api = fakeApi({
    'GET /api/schedules': () => json(aList([aSchedule()])),
    [`GET ${one}`]: () => json(aSchedule()),
    [`GET ${one}/tasks`]: () => json({ tasks: [], scope: 'site', refreshTypes: true, named: true, age: { ageMs: 100 } }),
    [`PATCH ${one}`]: (sent) => (results.shift() ?? done({}))(sent),
  })
  show(<Toasts />)
  const router = visit(
    [
      { path: '/schedules/:id', element: <SchedulePage /> },
      { path: '/schedules/:id/edit', element: <EditSchedulePage /> },
    ],
    `/schedules/${luid(7)}/edit`,
  )
  const user = userEvent.setup({ delay: null })
  await user.type(await screen.findByLabelText('Name'), '!')
  await user.click(screen.getByRole('button', { name: 'Save …' }))
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save changes' }))
  await screen.findByText(told)
  return { api, user, router, kept: () => parseNews(router.state.location.state, 'admin on Default').moved }
}

it('what became of a change is told until it was read, and does not come back with the page', async () => {
  const { user, router, kept } = await save()
  expect(kept()).toEqual(['The priority was 50 and is now 70.'])
  expect(screen.getByText(told).parentElement).toHaveTextContent('The priority was 50 and is now 70.')
  await user.click(within(screen.getByText(told).closest('output') ?? document.body).getByRole('button', { name: 'Dismiss' }))
  await waitFor(() => expect(screen.queryByText(told)).not.toBeInTheDocument())
  expect(kept()).toEqual([])
  expect(router.state.location.pathname).toBe(`/schedules/${luid(7)}`)
})

it('of a change that was undone nothing is told any more', async () => {
  const { api, user, kept } = await save()
  await user.click(await screen.findByRole('button', { name: 'Undo the change of “Weekday early!”' }))
  await waitFor(() => expect(screen.queryByText(told)).not.toBeInTheDocument())
  expect(kept()).toEqual([])
  expect(api.of(`PATCH ${one}`)[1]?.body).toEqual({ changes: { name: 'Weekday early' }, seen: { name: 'Weekday early!' } })
})

it('nobody else is told of it', async () => {
  await save()
  act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'grace' }))))
  await waitFor(() => expect(screen.queryByText(told)).not.toBeInTheDocument())
})
