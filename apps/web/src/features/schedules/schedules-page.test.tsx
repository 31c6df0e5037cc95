import { sessionSchema } from '@refreshboard/api-types'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { queryClient } from '../../lib/query-client.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { aList, aSchedule, unwritable, visit } from '../../test/a-schedule.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { SchedulesPage } from './schedules-page.tsx'

const schedules = [
  aSchedule(),
  aSchedule({ id: luid(8), name: 'Month end', recurrence: unwritable, frequency: 'Monthly' }),
  aSchedule({ id: luid(9), name: 'Old nightly', state: 'Suspended', recurrence: undefined, frequency: 'Daily' }),
  aSchedule({ id: luid(10), name: 'Odd', type: 'Holographic', state: 'Dreaming', recurrence: { frequency: 'Fortnightly', intervals: [] } }),
]

const open = async (search = '', answers: Parameters<typeof fakeApi>[0] = {}) => {
  const api = fakeApi({ 'GET /api/schedules': () => json(aList(schedules)), 'GET /api/time-zone': () => json({}), ...answers })
  const router = visit(
    [
      { path: '/schedules', element: <SchedulesPage /> },
      { path: '/schedules/:id', element: <h1>The schedule</h1> },
    ],
    `/schedules${search}`,
  )
  await screen.findByRole('heading', { level: 1 })
  return { api, router, user: userEvent.setup({ delay: null }) }
}

const row = (name: string) => screen.getByRole('link', { name }).closest<HTMLElement>('[role="row"]') ?? document.body

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'America/Los_Angeles', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

describe('the table', () => {
  it('tells of each schedule when it repeats, its next run, its tasks and its state', async () => {
    await open()
    await screen.findByRole('link', { name: 'Weekday early' })
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Schedules 4')
    expect(row('Weekday early')).toHaveTextContent(/Mon–Fri at 05:00.*Tue 05:00.*in 1[01] h.*38.*Extract.*50.*Active/)
    expect(screen.getByRole('link', { name: 'Weekday early' })).toHaveAttribute('href', `/schedules/${luid(7)}`)
  })

  it('marks what cannot be written back, shows the unknown raw, and says what is not read yet', async () => {
    await open()
    await screen.findByRole('link', { name: 'Month end' })
    expect(row('Month end')).toHaveTextContent(/several days of the month/)
    expect(row('Odd')).toHaveTextContent(/Fortnightly \(unknown to Refreshboard\).*–.*Holographic.*Dreaming/)
    expect(row('Old nightly')).toHaveTextContent(/Daily ….*suspended/)
  })

  it('is sorted and filtered by its address, and writes it', async () => {
    const { router, user } = await open('?sort=tasks:desc')
    await screen.findByRole('link', { name: 'Weekday early' })
    expect(screen.getByRole('columnheader', { name: 'Tasks' })).toHaveAttribute('aria-sort', 'descending')
    await user.click(screen.getByRole('button', { name: 'Suspended 1' }))
    expect(router.state.location.search).toBe('?state=Suspended&sort=tasks:desc')
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Schedules 1 of 4')
    await user.click(screen.getByRole('button', { name: 'Name' }))
    expect(router.state.location.search).toBe('?state=Suspended')
  })

  it('says why nothing is there', async () => {
    const { router, user } = await open('?q=nothing+by+that+name')
    await user.click(await screen.findByRole('button', { name: 'Clear filters' }))
    expect(router.state.location.search).toBe('')
    expect(await screen.findByRole('link', { name: 'Weekday early' })).toBeInTheDocument()
  })

  it('goes from row to row by keyboard', async () => {
    const { user } = await open()
    await screen.findByRole('link', { name: 'Weekday early' })
    await user.keyboard('jj')
    expect(screen.getByRole('link', { name: 'Odd' })).toHaveFocus()
    await user.keyboard('k')
    expect(screen.getByRole('link', { name: 'Month end' })).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('heading', { name: 'The schedule' })).toBeInTheDocument()
  })

  it('has its search under /', async () => {
    const { user } = await open()
    await screen.findByRole('link', { name: 'Weekday early' })
    await user.keyboard('/')
    expect(screen.getByRole('searchbox', { name: 'Search schedules' })).toHaveFocus()
  })

  it('keeps what was read when reading again fails, and says so', async () => {
    let fails = false
    await open('', { 'GET /api/schedules': () => (fails ? problem('upstream_unreachable') : json(aList(schedules))) })
    await screen.findByRole('link', { name: 'Weekday early' })
    fails = true
    await queryClient.refetchQueries()
    expect(await screen.findByRole('alert')).toHaveTextContent('Refreshboard cannot reach Tableau.')
    expect(screen.getByRole('link', { name: 'Weekday early' })).toBeInTheDocument()
    expect(screen.getByText(/What you see was read/)).toBeInTheDocument()
  })

  it('offers a new schedule with the reason where it cannot be made', async () => {
    sessionStarted(sessionSchema.parse(aSession({ can: false })))
    await open('', { 'GET /api/schedules': () => json(aList(schedules, { tasks: { scope: 'own', counts: {} } })) })
    expect(screen.getByRole('button', { name: 'New schedule' })).toHaveAccessibleDescription('Only server administrators may change schedules.')
    expect(await screen.findByRole('columnheader', { name: 'Your tasks' })).toBeInTheDocument()
  })

  it('says who may see schedules to somebody who may not', async () => {
    await open('', { 'GET /api/schedules': () => problem('forbidden', { detail: 'Only people who may schedule see them.' }) })
    expect(await screen.findByRole('heading', { level: 1, name: 'You may not see the schedules of this server' })).toBeInTheDocument()
    expect(screen.getByText('Only people who may schedule see them.')).toBeInTheDocument()
  })
})

describe('the week', () => {
  const week = async (search = '&day=2025-11-24', answers: Parameters<typeof fakeApi>[0] = {}) => {
    const opened = await open(`?view=week${search}`, answers)
    await screen.findByRole('heading', { level: 2, name: /2025/ })
    return opened
  }

  it('draws each start as a link that says what, when and how much', async () => {
    await week()
    const monday = await screen.findByRole('link', { name: 'Weekday early, Mon 24 Nov 05:00 PST, 38 tasks' })
    expect(monday).toHaveAttribute('href', `/schedules/${luid(7)}`)
    expect(screen.getAllByRole('link', { name: /^Weekday early, / })).toHaveLength(5)
  })

  it('is one stop for the tab key, and arrow keys move between the starts', async () => {
    const { user } = await week()
    const monday = await screen.findByRole('link', { name: /^Weekday early, Mon/ })
    expect(document.querySelectorAll('[data-stop][tabindex="0"]')).toHaveLength(1)
    monday.focus()
    await user.keyboard('{ArrowRight}')
    expect(screen.getByRole('link', { name: /^Weekday early, Tue/ })).toHaveFocus()
    await user.keyboard('{End}')
    expect(screen.getByRole('link', { name: /^Weekday early, Fri/ })).toHaveFocus()
    await user.keyboard('{ArrowLeft}{ArrowLeft}{Home}')
    expect(monday).toHaveFocus()
    expect(document.querySelectorAll('[data-stop][tabindex="0"]')).toHaveLength(1)
  })

  it('lists what it cannot draw, with the reason, and the same in words', async () => {
    const { user } = await week()
    expect(await screen.findByRole('heading', { name: 'Not drawn: 2 schedules whose times are not known' })).toBeInTheDocument()
    expect(screen.getByText('Its times have not been read.')).toBeInTheDocument()
    expect(screen.getByText(/“Fortnightly”, which Refreshboard does not know/)).toBeInTheDocument()
    await user.click(screen.getByText('The week as a list'))
    const rows = within(await screen.findByRole('table')).getAllByRole('row')
    expect(rows.map(({ textContent }) => textContent).slice(0, 2)).toEqual(['WhenScheduleTasks', 'Mon 24 Nov 05:00 PSTWeekday early38 tasks'])
  })

  it('does not let a schedule that starts all the time drown the others', async () => {
    const often = aSchedule({ id: luid(11), name: 'All the time', recurrence: { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', intervals: [{ minutes: '15' }] } })
    await week('&day=2025-11-24', { 'GET /api/schedules': () => json(aList([...schedules, often])) })
    await screen.findByRole('link', { name: /^Weekday early, Mon/ })
    expect(screen.getAllByRole('link', { name: /All the time/ })).toHaveLength(1)
    expect(screen.getByRole('heading', { name: /More than 6 times a day/ })).toBeInTheDocument()
  })

  it('piles up what starts together, and says what is in the pile', async () => {
    const many = Array.from({ length: 9 }, (_, index) => aSchedule({ id: luid(20 + index), name: `Five ${index}`, recurrence: { frequency: 'Daily', start: '05:00:00', intervals: [] } }))
    const { user } = await week('&day=2025-11-24', { 'GET /api/schedules': () => json(aList([...schedules, ...many])) })
    await user.click(await screen.findByRole('button', { name: 'Mon 24 Nov 05:00: 10 schedules, 38 tasks' }))
    expect(within(await screen.findByRole('dialog')).getAllByRole('link')).toHaveLength(10)
  })

  it('goes to the next week by its address, and hides suspended schedules', async () => {
    const suspended = aSchedule({ id: luid(12), name: 'Paused', state: 'Suspended' })
    const { router, user } = await week('&day=2025-11-24', { 'GET /api/schedules': () => json(aList([aSchedule(), suspended])) })
    expect(await screen.findByRole('link', { name: 'Paused, Mon 24 Nov 05:00 PST, 0 tasks, suspended' })).toBeInTheDocument()
    await user.click(screen.getByRole('checkbox', { name: 'Suspended 1' }))
    await waitFor(() => expect(screen.queryByRole('link', { name: /^Paused/ })).not.toBeInTheDocument())
    await user.click(screen.getByRole('button', { name: 'Next week' }))
    expect(router.state.location.search).toBe('?view=week&day=2025-12-01&suspended=hide')
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('Mon 1 Dec – Sun 7 Dec 2025')
  })

  it('says which day changes its clock', async () => {
    await week('&day=2025-11-02')
    expect(await screen.findByText(/Sun 2 Nov: the clock goes back from 02:00 to 01:00/)).toBeInTheDocument()
  })

  it('is not drawn without the server’s zone', async () => {
    sessionStarted(sessionSchema.parse(aSession()))
    await open('?view=week', { 'GET /api/schedules': () => json(aList(schedules, { timeZone: undefined })) })
    expect(await screen.findByRole('heading', { name: 'The week cannot be drawn' })).toBeInTheDocument()
  })
})
