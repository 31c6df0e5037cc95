import { sessionSchema, type Schedule } from '@refreshboard/api-types'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted } from '../../lib/session-store.ts'
import { aList, anOutcome, aSchedule, unwritable, visit } from '../../test/a-schedule.ts'
import { aSession, fakeApi, json, luid, problem, type Sent } from '../../test/fake-api.ts'
import { Toasts } from '../../components/toasts.tsx'
import { show } from '../../test/render.tsx'
import { EditSchedulePage, NewSchedulePage } from './schedule-form-page.tsx'

const one = `/api/schedules/${luid(7)}`
const post = 'POST /api/schedules'
const patch = `PATCH ${one}`

const routes = [
  { path: '/schedules', element: <h1>The list</h1> },
  { path: '/schedules/new', element: <NewSchedulePage /> },
  { path: '/schedules/:id', element: <h1>The schedule</h1> },
  { path: '/schedules/:id/edit', element: <EditSchedulePage /> },
]

const others = [aSchedule({ id: luid(8), name: 'Other', recurrence: { frequency: 'Daily', start: '18:30:00', intervals: [] } })]

const done = (sent: Sent, more: Record<string, unknown> = {}) => json(anOutcome(sent.headers.get('idempotency-key'), { result: { scheduleId: luid(9) }, ...more }))

type Answers = Parameters<typeof fakeApi>[0]

const open = async (path: string, answers: Answers = {}, schedule: Schedule = aSchedule()) => {
  const api = fakeApi({ 'GET /api/schedules': () => json(aList([schedule, ...others])), [`GET ${one}`]: () => json(schedule), ...answers })
  const router = visit(routes, path)
  await screen.findByRole('heading', { level: 1 })
  return { api, router, user: userEvent.setup({ delay: null }) }
}

const create = () => screen.getByRole('button', { name: 'Create schedule' })
const fill = async (user: ReturnType<typeof userEvent.setup>, name = 'Evening') => {
  await user.type(screen.getByLabelText('Name'), name)
  await user.type(screen.getByLabelText('Start'), '18:30')
}
const save = () => screen.getByRole('button', { name: 'Save …' })
const confirm = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.click(save())
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save changes' }))
}

// Whole forms, filled by key and by role: seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'America/Los_Angeles', inferred: false } }))))
afterEach(() => {
  // Another identity takes what is left of the toasts away.
  act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'somebody else' }))))
  vi.unstubAllGlobals()
})

describe('a new schedule', () => {
  it('says under the fields what is missing, sends nothing, and follows what is typed then', async () => {
    const { api, user } = await open('/schedules/new')
    await user.click(screen.getByRole('radio', { name: 'Hourly' }))
    await user.click(create())
    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('Enter a name')
    expect(screen.getByLabelText('Name')).toHaveFocus()
    expect(screen.getByLabelText('Last run at the latest')).toHaveAccessibleDescription(/Enter an end time, which Hourly needs/)
    await user.click(screen.getByRole('radio', { name: 'Weekly' }))
    expect(screen.getByRole('group', { name: 'Days' })).toHaveAccessibleDescription(/at least one day/)
    await user.click(screen.getByRole('checkbox', { name: 'Monday' }))
    expect(screen.getByRole('group', { name: 'Days' })).not.toHaveAccessibleDescription(/at least one day/)
    await user.type(screen.getByLabelText('Name'), 'Evening')
    expect(screen.getByLabelText('Name')).not.toHaveAccessibleDescription(/Enter a name/)
    expect(api.of(post)).toEqual([])
  })

  it('tells what it means while it is typed: the sentence, the next runs, and what else starts that day', async () => {
    const { user } = await open('/schedules/new')
    await fill(user)
    const meaning = screen.getByRole('region', { name: 'What it means' })
    expect(meaning).toHaveTextContent('Daily at 18:30, Los Angeles time')
    expect(within(meaning).getByRole('columnheader', { name: 'Server time, Los Angeles' })).toBeInTheDocument()
    expect(within(meaning).getAllByRole('row')).toHaveLength(11)
    expect(within(meaning).getAllByRole('row')[1]).toHaveTextContent('Mon 24 Nov 18:30 PST')
    expect(await within(meaning).findByText(/starts? .* tasks? that day/)).toHaveTextContent('2 other schedules start 38 tasks that day')
  })

  it('is sent as it was typed, once under a double click, and leads to what was made', async () => {
    const { api, router, user } = await open('/schedules/new', { [post]: (sent) => done(sent, { result: { scheduleId: luid(9), warnings: ['The cache lives shorter.'] } }) })
    await fill(user)
    await user.click(screen.getByRole('radio', { name: 'Subscription' }))
    await user.click(screen.getByRole('radio', { name: 'One after the other' }))
    await user.dblClick(create())
    expect(await screen.findByRole('heading', { name: 'The schedule' })).toBeInTheDocument()
    expect(api.of(post).map(({ body }) => body)).toEqual([{ name: 'Evening', type: 'Subscription', priority: 50, executionOrder: 'Serial', recurrence: { frequency: 'Daily', start: '18:30:00' } }])
    expect(router.state.location).toMatchObject({ pathname: `/schedules/${luid(9)}`, state: { made: true, warnings: ['The cache lives shorter.'] } })
  })

  it('that is refused at once is not sent again by the second half of a double click', async () => {
    const { api, user } = await open('/schedules/new', { [post]: () => problem('conflict') })
    await fill(user)
    fireEvent.click(create(), { detail: 1 })
    expect(await screen.findByRole('alert')).toBeInTheDocument()
    fireEvent.click(create(), { detail: 2 })
    await waitFor(() => expect(create()).toBeEnabled())
    expect(api.of(post)).toHaveLength(1)
  })

  it('whose name is taken shows Tableau’s words in the form and at the name, until that is another', async () => {
    const tableau = { code: '409021', summary: 'Resource Conflict', detail: 'The name is in use.' }
    const { user } = await open('/schedules/new', { [post]: () => problem('conflict', { tableau }) })
    await fill(user)
    await user.click(create())
    expect(await screen.findByRole('alert')).toHaveTextContent('“Resource Conflict: The name is in use.” (409021)')
    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('The name is in use.')
    expect(screen.getByLabelText('Start')).toHaveValue('18:30')
    await user.type(screen.getByLabelText('Name'), ' 2')
    expect(screen.getByLabelText('Name')).not.toHaveAccessibleDescription('The name is in use.')
  })

  it('shows Tableau’s detail where the times are refused, and keeps the form', async () => {
    const tableau = { code: '409004', summary: 'Invalid subscription schedule', detail: 'The interval is not valid.' }
    const { user } = await open('/schedules/new', { [post]: () => problem('upstream_refused', { tableau }) })
    await fill(user)
    await user.click(create())
    expect(await screen.findByRole('alert')).toHaveTextContent('The interval is not valid.')
    expect(screen.getByLabelText('Name')).toHaveValue('Evening')
  })

  it('that never arrived is sent again under the same key, as the same intention', async () => {
    let arrives = false
    const { api, user } = await open('/schedules/new', {
      [post]: (sent) => {
        if (!arrives) throw new TypeError('the network went away')
        return done(sent)
      },
    })
    const { fetch: before } = globalThis
    vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => (address.startsWith('/api/writes/') ? problem('not_found') : await before(address, init)))
    await fill(user)
    await user.click(create())
    expect(await screen.findByRole('alert')).toHaveTextContent('It was not sent.')
    arrives = true
    await user.click(create())
    await screen.findByRole('heading', { name: 'The schedule' })
    const keys = api.of(post).map(({ headers }) => headers.get('idempotency-key'))
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })

  it('whose reply was lost is looked for and not sent again', async () => {
    let asked = 0
    const { api, user } = await open('/schedules/new', { [post]: (sent) => json(anOutcome(sent.headers.get('idempotency-key'), { state: 'checking' }), 202) })
    const lookUp = () => {
      asked += 1
      return json(anOutcome(api.of(post)[0]?.headers.get('idempotency-key') ?? null, asked < 2 ? { state: 'checking' } : { state: 'unconfirmed', evidence: 'Two schedules have that name.' }))
    }
    const { fetch: before } = globalThis
    vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => (address.startsWith('/api/writes/') ? lookUp() : await before(address, init)))
    await fill(user)
    await user.click(create())
    expect(await screen.findByText(/Checking whether the schedule was made/)).toBeInTheDocument()
    expect(screen.getByText(/nothing is sent again/)).toBeInTheDocument()
    expect(screen.getByLabelText('Name')).toBeDisabled()
    expect(await screen.findByText(/It could not be confirmed whether the schedule was made/)).toBeInTheDocument()
    expect(screen.getByText(/Two schedules have that name\./)).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Look at the list of schedules.' })).toHaveAttribute('href', '/schedules')
    expect(screen.getByLabelText('Name')).toHaveValue('Evening')
    expect(api.of(post)).toHaveLength(1)
  })

  it('is not for everybody: the fields say why', async () => {
    sessionStarted(sessionSchema.parse(aSession({ can: false })))
    await open('/schedules/new')
    expect(screen.getByRole('form')).toHaveAccessibleDescription('Only server administrators may change schedules.')
    expect(screen.getByLabelText('Name')).toBeDisabled()
    expect(create()).toHaveAttribute('aria-disabled', 'true')
  })

  it('says that the zone is unknown instead of guessing times', async () => {
    sessionStarted(sessionSchema.parse(aSession()))
    const { user } = await open('/schedules/new', { 'GET /api/time-zone': () => json({}), 'GET /api/schedules': () => json(aList(others, { timeZone: undefined })) })
    await fill(user)
    const meaning = screen.getByRole('region', { name: 'What it means' })
    expect(meaning).toHaveTextContent('Daily at 18:30, server time, zone unknown')
    expect(meaning).toHaveTextContent('Unknown zone.')
    expect(screen.getByLabelText('Start')).toHaveAccessibleDescription('Server time, zone unknown')
  })

  it('is left with a question while something is typed, and without one otherwise', async () => {
    const { router, user } = await open('/schedules/new')
    await user.type(screen.getByLabelText('Name'), 'x')
    await user.click(screen.getByRole('link', { name: 'Schedules' }))
    await user.click(within(await screen.findByRole('dialog', { name: 'Leave without saving?' })).getByRole('button', { name: 'Stay' }))
    expect(router.state.location.pathname).toBe('/schedules/new')
    await user.clear(screen.getByLabelText('Name'))
    await user.click(screen.getByRole('link', { name: 'Schedules' }))
    expect(await screen.findByRole('heading', { name: 'The list' })).toBeInTheDocument()
  })
})

/** All that the form shows of a schedule. */
const seenOf = ({ name, state, priority, executionOrder, frequency, recurrence }: Schedule) => ({ name, state, priority, executionOrder, frequency, recurrence })

describe('a schedule that is changed', () => {
  const edit = async (answers: Answers = {}, schedule?: Schedule) => {
    const opened = await open(`/schedules/${luid(7)}/edit`, answers, schedule)
    await screen.findByLabelText('Name')
    return opened
  }

  it('has nothing to save before something is changed', async () => {
    const { api, user } = await edit()
    expect(save()).toHaveAttribute('aria-disabled', 'true')
    await user.click(save())
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    expect(api.of(patch)).toEqual([])
  })

  it('is confirmed before → after in words, and sends what changed with what was seen', async () => {
    const { api, router, user } = await edit({ [patch]: (sent) => done(sent) })
    await user.clear(screen.getByLabelText('Name'))
    await user.type(screen.getByLabelText('Name'), 'Earlier')
    await user.click(screen.getByRole('checkbox', { name: 'Saturday' }))
    await user.click(save())
    const rows = within(screen.getByRole('dialog', { name: 'Save “Weekday early”' })).getAllByRole('row')
    expect(rows.map(({ textContent }) => textContent)).toEqual(['WhatBeforeAfter', 'NameWeekday earlyEarlier', 'RepeatsMon–Fri at 05:00Mon–Sat at 05:00'])
    expect(api.of(patch)).toEqual([])
    await user.dblClick(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByRole('heading', { name: 'The schedule' })).toBeInTheDocument()
    expect(router.state.location.pathname).toBe(`/schedules/${luid(7)}`)
    expect(api.of(patch).map(({ body }) => body)).toEqual([
      {
        changes: { name: 'Earlier', recurrence: { frequency: 'Weekly', start: '05:00:00', weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] } },
        seen: seenOf(aSchedule()),
      },
    ])
  })

  const promised = { name: 'Undo the change of “Weekday early!”' }

  it('that is left before the reply is told all the same, once, with the undo that was promised', async () => {
    let answer: () => void = () => undefined
    show(<Toasts />)
    const { user } = await edit({ [patch]: (sent) => new Promise<Response>((resolve) => (answer = () => resolve(done(sent)))) })
    await user.type(screen.getByLabelText('Name'), '!')
    await confirm(user)
    await user.click(screen.getByRole('link', { name: 'Back without saving' }))
    const leave = await screen.findByRole('dialog', { name: 'Leave before it is saved?' })
    expect(leave).toHaveTextContent('is saved unless Tableau refuses it')
    await user.click(within(leave).getByRole('button', { name: 'Leave' }))
    await screen.findByRole('heading', { name: 'The schedule' })
    answer()
    expect(await screen.findByRole('button', promised)).toBeInTheDocument()
    expect(screen.getAllByText('Saved “Weekday early!”')).toHaveLength(1)
  })

  it('of which Tableau shows something else has no undo, and says why', async () => {
    show(<Toasts />)
    const { user } = await edit({ [patch]: (sent) => done(sent, { result: { scheduleId: luid(7), differs: ['The name was to be “Weekday early!”; Tableau shows “Other”.'] } }) })
    await user.type(screen.getByLabelText('Name'), '!')
    await confirm(user)
    expect(await screen.findByText('Saved “Weekday early!”')).toBeInTheDocument()
    expect(screen.getByText(/Tableau shows “Other”\. It cannot be undone here: Tableau did not keep what was sent\./)).toBeInTheDocument()
    expect(screen.queryByRole('button', promised)).not.toBeInTheDocument()
  })

  it('that REST cannot write back shows its times with the reason, and never sends them', async () => {
    const { api, user } = await edit({ [patch]: (sent) => done(sent) }, aSchedule({ recurrence: unwritable }))
    expect(screen.getByText(/It runs on several days of the month, which can be set in Tableau’s own pages only/)).toBeInTheDocument()
    expect(screen.getAllByText(/On the 1st and 15th of the month at 06:00/)).not.toHaveLength(0)
    expect(screen.queryByLabelText('Start')).not.toBeInTheDocument()
    await user.type(screen.getByLabelText('Name'), '!')
    await confirm(user)
    await screen.findByRole('heading', { name: 'The schedule' })
    expect(api.of(patch).map(({ body }) => body)).toEqual([{ changes: { name: 'Weekday early!' }, seen: seenOf(aSchedule({ recurrence: unwritable })) }])
  })

  it('says why its type cannot be changed, where it stands', async () => {
    await edit()
    expect(screen.getByText(/Tableau cannot change the type of a schedule/)).toBeInTheDocument()
    expect(screen.queryByRole('radio', { name: 'Subscription' })).not.toBeInTheDocument()
  })

  it('that somebody else changed meanwhile keeps what was typed, and shows theirs beside it', async () => {
    let now = aSchedule()
    let refuse = true
    const { api, user } = await edit({
      [`GET ${one}`]: () => json(now),
      [patch]: (sent) => (refuse ? problem('changed_elsewhere', { detail: 'The name was “Weekday early” and is now “Theirs”.', fields: { 'changes.name': 'The name is now “Theirs”.' } }) : done(sent)),
    })
    await user.clear(screen.getByLabelText('Name'))
    await user.type(screen.getByLabelText('Name'), 'Mine')
    now = aSchedule({ name: 'Theirs', priority: 77 })
    await confirm(user)
    expect(await screen.findByText('Somebody else has changed it; this is what is there now.')).toBeInTheDocument()
    expect(screen.getByLabelText('Name')).toHaveValue('Mine')
    expect(screen.getByRole('row', { name: /^Name Weekday early Theirs Mine Keep mine Take theirs$/ })).toBeInTheDocument()
    expect(screen.getByRole('row', { name: 'Priority 50 77 77' })).toBeInTheDocument()
    expect(screen.getByLabelText('Priority')).toHaveValue('77')

    await user.click(screen.getByRole('button', { name: 'Take theirs: Name' }))
    expect(screen.getByLabelText('Name')).toHaveValue('Theirs')
    expect(save()).toHaveAttribute('aria-disabled', 'true')
    await user.click(screen.getByRole('button', { name: 'Keep mine: Name' }))
    expect(screen.getByLabelText('Name')).toHaveValue('Mine')
    expect(screen.getByRole('button', { name: 'Keep mine: Name' })).toHaveAttribute('aria-pressed', 'true')

    refuse = false
    await confirm(user)
    await screen.findByRole('heading', { name: 'The schedule' })
    // Their priority is not set back: it was never touched here.
    expect(api.of(patch).at(-1)?.body).toEqual({ changes: { name: 'Mine' }, seen: seenOf(now) })
  })

  it('that is gone says so', async () => {
    await open(`/schedules/${luid(7)}/edit`, { [`GET ${one}`]: () => problem('not_found') })
    expect(await screen.findByRole('heading', { level: 1, name: 'There is no such schedule' })).toBeInTheDocument()
  })

  it.each([
    ['reads the schedule again', (reads: number) => json(aSchedule({ name: `Read ${reads}` }))],
    ['cannot read the schedule again', (reads: number) => (reads === 1 ? json(aSchedule({ name: 'Read 1' })) : problem('not_found'))],
  ])('keeps what was typed when the page %s', async (_what, answer) => {
    let reads = 0
    const { user } = await edit({
      [`GET ${one}`]: () => {
        reads += 1
        return answer(reads)
      },
      [patch]: () => problem('upstream_timeout'),
    })
    await user.type(screen.getByLabelText('Name'), ' and mine')
    await confirm(user)
    await screen.findByRole('alert')
    await waitFor(() => expect(reads).toBeGreaterThan(1))
    expect(screen.getByLabelText('Name')).toHaveValue('Read 1 and mine')
  })
})
