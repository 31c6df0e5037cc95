import { sessionSchema, type Schedule } from '@refreshboard/api-types'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { queryClient } from '../../lib/query-client.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { aList, anOutcome, aSchedule, tableauNow, unwritable, visit } from '../../test/a-schedule.ts'
import { aSession, fakeApi, json, luid, problem, type Sent } from '../../test/fake-api.ts'
import { SchedulePage } from './schedule-page.tsx'

const one = `/api/schedules/${luid(7)}`
const patch = `PATCH ${one}`
const remove = `DELETE ${one}`

const tasks = {
  tasks: [
    { id: luid(31), refreshType: 'IncrementalRefresh', consecutiveFailedCount: 6, content: { kind: 'workbook', id: luid(41), name: 'Sales', project: { name: 'Finance' }, owner: { name: 'Ada' } } },
    { id: luid(32) },
  ],
  scope: 'site',
  refreshTypes: true,
  named: true,
  age: { ageMs: 100, tableauNow },
}

const done = (sent: Sent) => json(anOutcome(sent.headers.get('idempotency-key')))

const open = async (answers: Parameters<typeof fakeApi>[0] = {}, schedule: Schedule = aSchedule(), state?: unknown) => {
  const api = fakeApi({ 'GET /api/schedules': () => json(aList([schedule])), [`GET ${one}`]: () => json(schedule), [`GET ${one}/tasks`]: () => json(tasks), ...answers })
  const router = visit(
    [
      { path: '/schedules', element: <h1>The list</h1> },
      { path: '/schedules/:id', element: <SchedulePage /> },
    ],
    '/schedules',
  )
  await router.navigate(`/schedules/${luid(7)}`, { state })
  return { api, router, user: userEvent.setup({ delay: null }) }
}

const button = (name: string) => screen.findByRole('button', { name })

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'America/Los_Angeles', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

describe('one schedule', () => {
  it('says what it means, in the server’s zone, with its next runs and its tasks', async () => {
    await open()
    expect(await screen.findByRole('heading', { level: 1, name: 'Weekday early' })).toBeInTheDocument()
    expect(screen.getByText('Mon–Fri at 05:00, Los Angeles time')).toBeInTheDocument()
    expect(screen.getByRole('cell', { name: 'Tue 25 Nov 05:00 PST' })).toBeInTheDocument()
    expect(await screen.findByRole('row', { name: 'Sales Workbook Finance Ada Incremental failed 6 times, likely suspended' })).toBeInTheDocument()
    expect(screen.getByRole('row', { name: /Virtual connection/ })).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Sales' })).toHaveAttribute('href', '/tasks?q=Sales')
    expect(screen.getByRole('link', { name: 'Add content' })).toHaveAttribute('href', `/tasks/add?schedule=${luid(7)}`)
    expect(screen.getByRole('link', { name: 'Edit' })).toHaveAttribute('href', `/schedules/${luid(7)}/edit`)
  })

  it('shows Tableau’s own next run where it is another than the computed one', async () => {
    await open({}, aSchedule({ nextRunAt: '2025-11-25T13:30:00Z' }))
    expect(await screen.findByText(/Tableau itself says that it runs next at Tue 25 Nov 2025, 05:30:00 PST/)).toBeInTheDocument()
  })

  it('says nothing of names that are still being read, and asks again', async () => {
    const nameless = { ...tasks, named: false, tasks: [{ id: luid(31), content: { kind: 'workbook', id: luid(41) } }] }
    let asked = 0
    await open({
      [`GET ${one}/tasks`]: () => {
        asked += 1
        return json(asked === 1 ? nameless : tasks)
      },
    })
    expect(await screen.findByText('Reading its name …')).toBeInTheDocument()
    expect(await screen.findByRole('link', { name: 'Sales' }, { timeout: 3000 })).toBeInTheDocument()
  })

  it('tells a name that could not be read from one that is on its way', async () => {
    await open({ [`GET ${one}/tasks`]: () => json({ ...tasks, tasks: [{ id: luid(31), content: { kind: 'datasource', id: luid(41) } }] }) })
    expect(await screen.findByText('Data source whose name could not be read')).toBeInTheDocument()
  })

  it('tells full from incremental to nobody whom Tableau does not tell it', async () => {
    await open({ [`GET ${one}/tasks`]: () => json({ ...tasks, refreshTypes: false, scope: 'own' }) })
    expect(await screen.findByText(/Tableau tells to administrators only/)).toBeInTheDocument()
    expect(screen.queryByRole('columnheader', { name: 'Refresh' })).not.toBeInTheDocument()
  })

  it('says which of it cannot be changed, and why', async () => {
    await open({}, aSchedule({ recurrence: unwritable }))
    expect(await screen.findByText('Its times cannot be changed here.')).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Edit' })).toBeInTheDocument()
  })

  it('is only looked at when something of it is unknown, raw in the reason', async () => {
    await open({}, aSchedule({ type: 'Holographic' }))
    expect(await button('Edit')).toHaveAccessibleDescription(/Holographic/)
    expect(await button('Suspend')).toHaveAttribute('aria-disabled', 'true')
    expect(await button('Add content')).toHaveAccessibleDescription(/refreshed by Extract schedules only/)
  })

  it('gives the reason to somebody who may not change it', async () => {
    sessionStarted(sessionSchema.parse(aSession({ can: false })))
    await open()
    expect(await button('Delete')).toHaveAccessibleDescription('Only server administrators may change schedules.')
    expect(screen.getByRole('link', { name: 'Add content' })).toBeInTheDocument()
  })

  it('shows what Tableau warned of', async () => {
    await open({}, aSchedule(), { id: 'a', by: 'admin on Default', made: true, warnings: ['The cache lives shorter.'] })
    expect(await screen.findByText(/The cache lives shorter\./)).toBeInTheDocument()
  })

  it('says since when it is gone, and offers to go back', async () => {
    let gone = false
    await open({ [`GET ${one}`]: () => (gone ? problem('not_found') : json(aSchedule())) })
    await screen.findByText(/failed 6 times/)
    gone = true
    await queryClient.refetchQueries()
    expect(await screen.findByRole('heading', { level: 1, name: '“Weekday early” is not there any more' })).toBeInTheDocument()
    expect(screen.getByText(/^Gone since \d\d:\d\d; at \d\d:\d\d it was still there/)).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Back to the schedules' })).toHaveAttribute('href', '/schedules')
  })

  it('waits for Tableau to show what it has just made', async () => {
    let shown = false
    await open({ [`GET ${one}`]: () => (shown ? json(aSchedule()) : problem('not_found')), 'GET /api/schedules': () => json(aList([])) }, aSchedule(), { id: 'a', by: 'admin on Default', made: true })
    expect(await screen.findByRole('heading', { level: 1, name: 'Tableau has made the schedule' })).toBeInTheDocument()
    shown = true
    expect(await screen.findByRole('heading', { level: 1, name: 'Weekday early' })).toBeInTheDocument()
  })

  it('keeps what was read when reading again fails', async () => {
    let fails = false
    await open({ [`GET ${one}`]: () => (fails ? problem('upstream_unreadable') : json(aSchedule())) })
    await screen.findByText(/failed 6 times/)
    fails = true
    await queryClient.refetchQueries()
    expect(await screen.findByRole('alert')).toHaveTextContent('could not be read')
    expect(screen.getByRole('heading', { level: 1, name: 'Weekday early' })).toBeInTheDocument()
  })
})

describe('suspending', () => {
  it('says what stops, sends the state alone with what was seen, once, and reads again', async () => {
    let state = 'Active'
    const { api, user } = await open({
      [`GET ${one}`]: () => json(aSchedule({ state })),
      [patch]: (sent) => {
        state = 'Suspended'
        return done(sent)
      },
    })
    await user.click(await button('Suspend'))
    const dialog = screen.getByRole('dialog', { name: 'Suspend “Weekday early”' })
    expect(dialog).toHaveTextContent('38 extract refresh tasks of this site no longer run on it. The next run would have been Tue 25 Nov 2025, 05:00:00 PST.')
    expect(dialog).toHaveTextContent('what other sites have on it stops too')
    await user.dblClick(within(dialog).getByRole('button', { name: 'Suspend' }))
    expect(await button('Resume')).toBeInTheDocument()
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    expect(api.of(patch).map(({ body }) => body)).toEqual([{ changes: { state: 'Suspended' }, seen: { state: 'Active' } }])
  })

  it('can be followed by resuming at once', async () => {
    let state = 'Active'
    const { api, user } = await open({
      [`GET ${one}`]: () => json(aSchedule({ state })),
      [patch]: (sent) => {
        state = state === 'Active' ? 'Suspended' : 'Active'
        return done(sent)
      },
    })
    await user.click(await button('Suspend'))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Suspend' }))
    await user.click(await button('Resume'))
    await user.click(within(await screen.findByRole('dialog', { name: 'Resume “Weekday early”' })).getByRole('button', { name: 'Resume' }))
    expect(await button('Suspend')).toBeInTheDocument()
    expect(api.of(patch).map(({ body }) => body)).toEqual([
      { changes: { state: 'Suspended' }, seen: { state: 'Active' } },
      { changes: { state: 'Active' }, seen: { state: 'Suspended' } },
    ])
  })
})

describe('a change whose outcome came after its dialog was closed', () => {
  it('does not stand in the way of the next one', async () => {
    let state = 'Active'
    const { api, user } = await open({
      [`GET ${one}`]: () => json(aSchedule({ state })),
      [patch]: (sent) => {
        const lost = state === 'Active'
        state = lost ? 'Suspended' : 'Active'
        return lost ? json(anOutcome(sent.headers.get('idempotency-key'), { state: 'checking' }), 202) : done(sent)
      },
    })
    const { fetch: before } = globalThis
    vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => (address.startsWith('/api/writes/') ? json(anOutcome(address.split('/').at(-1) ?? '')) : await before(address, init)))
    await user.click(await button('Suspend'))
    const dialog = screen.getByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Suspend' }))
    await within(dialog).findByText(/Checking whether the schedule was suspended/)
    await user.click(within(dialog).getAllByRole('button', { name: 'Close' }).at(-1) ?? dialog)
    await waitFor(() => expect(screen.getByRole('button', { name: 'Resume' })).not.toHaveAttribute('aria-disabled'))
    await user.click(screen.getByRole('button', { name: 'Resume' }))
    await user.click(within(await screen.findByRole('dialog', { name: 'Resume “Weekday early”' })).getByRole('button', { name: 'Resume' }))
    expect(await button('Suspend')).toBeInTheDocument()
    expect(api.of(patch)).toHaveLength(2)
  })
})

describe('deleting', () => {
  it('says what goes and what is not counted, and leads back to the list', async () => {
    const { api, router, user } = await open({ [remove]: done })
    await user.click(await button('Delete'))
    const dialog = screen.getByRole('dialog', { name: 'Delete “Weekday early”' })
    await waitFor(() => expect(dialog).toHaveTextContent('38 extract refresh tasks of this site go with it'))
    expect(dialog).toHaveTextContent('Extract refreshes of other sites, flows and subscriptions on it are not counted here')
    await user.dblClick(within(dialog).getByRole('button', { name: 'Delete schedule' }))
    expect(await screen.findByRole('heading', { name: 'The list' })).toBeInTheDocument()
    expect(router.state.location.pathname).toBe('/schedules')
    expect(api.of(remove)).toHaveLength(1)
  })

  it('that is refused stays open with Tableau’s words, and can be tried again', async () => {
    const { user } = await open({ [remove]: () => problem('forbidden', { tableau: { code: '403004', summary: 'Forbidden', detail: 'Not yours.' } }) })
    await user.click(await button('Delete'))
    const dialog = screen.getByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Delete schedule' }))
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('Not yours.')
    expect(within(dialog).getByRole('button', { name: 'Delete schedule' })).toBeEnabled()
    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }))
    // Read in the dialog: it is not told twice.
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  it('whose outcome is not known yet says so, offers nothing to send, and goes on after the dialog is closed', async () => {
    const key: { current: string | null } = { current: null }
    const { api, user } = await open({
      [remove]: (sent) => {
        key.current = sent.headers.get('idempotency-key')
        return json(anOutcome(key.current, { state: 'checking' }), 202)
      },
    })
    const { fetch: before } = globalThis
    vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => (address.startsWith('/api/writes/') ? json(anOutcome(key.current, { state: 'unconfirmed', evidence: 'Tableau gave no answer.' })) : await before(address, init)))
    await user.click(await button('Delete'))
    const dialog = screen.getByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Delete schedule' }))
    expect(await within(dialog).findByText(/Checking whether the schedule was deleted/)).toBeInTheDocument()
    expect(within(dialog).queryByRole('button', { name: 'Delete schedule' })).not.toBeInTheDocument()
    await user.click(within(dialog).getAllByRole('button', { name: 'Close' }).at(-1) ?? dialog)
    expect(await screen.findByText(/It could not be confirmed whether the schedule was deleted/)).toBeInTheDocument()
    expect(screen.getByText(/Tableau gave no answer\./)).toBeInTheDocument()
    expect(api.of(remove)).toHaveLength(1)
  })
})
