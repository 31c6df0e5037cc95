import { sessionSchema, type Task } from '@refreshboard/api-types'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { visit } from '../../test/a-schedule.ts'
import { aCloudTask, aContentWindow, anOutcome, aTaskList, aWorkbook } from '../../test/a-task.ts'
import { aDetail } from '../../test/an-extract.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { EditTaskPage, NewTaskPage } from './task-form-page.tsx'

const workbook = aWorkbook({ id: luid(22), name: 'Inventory' })
const task = aCloudTask()
const post = 'POST /api/tasks'
const patch = `PATCH /api/tasks/${task.id}`
const timeZone = { name: 'America/Los_Angeles', inferred: false }

const routes = [
  { path: '/tasks', element: <h1>The list</h1> },
  { path: '/tasks/add', element: <h1>Adding</h1> },
  { path: '/tasks/new', element: <NewTaskPage /> },
  { path: '/tasks/:id/edit', element: <EditTaskPage /> },
]

type Answers = Parameters<typeof fakeApi>[0]

const open = async (path: string, answers: Answers = {}, tasks: Task[] = [task], more: Record<string, unknown> = {}) => {
  const api = fakeApi({
    'GET /api/tasks': () => json(aTaskList(tasks, { timeZone, ...more })),
    'GET /api/workbooks': () => json(aContentWindow([workbook])),
    'GET /api/datasources': () => json(aContentWindow([])),
    [`GET /api/workbooks/${workbook.id}`]: () => json(aDetail(workbook)),
    ...answers,
  })
  const router = visit(routes, path)
  await screen.findByRole('heading', { level: 1 })
  return { api, router, user: userEvent.setup({ delay: null }) }
}

const forInventory = paths.newTask({ content: workbook })
const create = () => screen.getByRole('button', { name: 'Create task' })
const save = () => screen.getByRole('button', { name: 'Save …' })
const meaning = () => screen.getByRole('region', { name: 'What it means' })
const type = (label: string, time: string) => fireEvent.change(screen.getByLabelText(label), { target: { value: time } })

// Whole forms, filled by key and by role: seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ cloud: true, timeZone }))))
afterEach(() => vi.unstubAllGlobals())

describe('a new task', () => {
  it('says under the fields what is missing, sends nothing, and follows what is typed then', async () => {
    const { api, user } = await open('/tasks/new')
    await user.click(create())
    expect(screen.getByRole('group', { name: 'Workbook or data source' })).toHaveAccessibleDescription('Choose the workbook or data source that is to be refreshed.')
    expect(screen.getByRole('searchbox')).toHaveFocus()
    expect(screen.getByLabelText('Start')).toHaveAccessibleDescription(/Daily needs a start/)
    await user.click(screen.getByRole('radio', { name: 'Weekly' }))
    expect(screen.getByRole('group', { name: 'Day' })).toHaveAccessibleDescription('Weekly needs at least one day of the week')
    await user.click(screen.getByRole('radio', { name: 'Thursday' }))
    expect(screen.getByRole('group', { name: 'Day' })).not.toHaveAccessibleDescription()
    await user.click(screen.getByRole('radio', { name: 'Hourly' }))
    type('First run', '06:00')
    type('Last run at the latest', '17:30')
    expect(screen.getByLabelText('Last run at the latest')).toHaveAccessibleDescription(/whole number of hours after the start; not 17:30 after 06:00/)
    expect(api.of(post)).toEqual([])
  })

  it('tells what it means while it is typed, in the site’s zone and in mine', async () => {
    const { user } = await open(forInventory)
    await user.click(screen.getByRole('radio', { name: 'Monthly' }))
    await user.click(screen.getByRole('radio', { name: 'A weekday' }))
    await user.selectOptions(screen.getByLabelText('Which'), 'Third')
    await user.selectOptions(screen.getByLabelText('Weekday'), 'Thursday')
    type('Start', '18:30')
    expect(meaning()).toHaveTextContent('On the third Thursday of the month at 18:30, Los Angeles time')
    expect(within(meaning()).getByRole('columnheader', { name: 'Site time, Los Angeles' })).toBeInTheDocument()
    expect(within(meaning()).getByRole('columnheader', { name: /^My time/ })).toBeInTheDocument()
    expect(within(meaning()).getAllByRole('row')[1]).toHaveTextContent('Thu 18 Dec 18:30 PST')
  })

  it.each<[string, (user: ReturnType<typeof userEvent.setup>) => Promise<void>, unknown]>([
    [
      'hourly on working days',
      async (user) => {
        await user.click(screen.getByRole('radio', { name: 'Hourly' }))
        await user.click(screen.getByRole('button', { name: 'Monday to Friday' }))
        type('First run', '06:00')
        type('Last run at the latest', '18:00')
      },
      { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] },
    ],
    [
      'every four hours',
      async (user) => {
        await user.selectOptions(screen.getByLabelText('How often'), '4')
        await user.click(screen.getByRole('checkbox', { name: 'Sunday' }))
        type('First run', '06:00')
        type('Last run at the latest', '22:00')
      },
      { frequency: 'Daily', start: '06:00:00', end: '22:00:00', hours: 4, weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] },
    ],
    ['once a day', async () => void type('Start', '06:00'), { frequency: 'Daily', start: '06:00:00', hours: 24, weekDays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] }],
    [
      'on several days of the month',
      async (user) => {
        await user.click(screen.getByRole('radio', { name: 'Monthly' }))
        for (const day of ['15', '1', '31']) await user.click(screen.getByRole('checkbox', { name: day }))
        type('Start', '06:00')
      },
      { frequency: 'Monthly', start: '06:00:00', on: { days: [1, 15, 31] } },
    ],
    [
      'on the last day of the month',
      async (user) => {
        await user.click(screen.getByRole('radio', { name: 'Monthly' }))
        await user.click(screen.getByRole('radio', { name: 'Last day' }))
        type('Start', '23:00')
      },
      { frequency: 'Monthly', start: '23:00:00', on: { lastDay: true } },
    ],
  ])('%s is sent as it was chosen, once under a double click, and leads to the task', async (_what, fill, recurrence) => {
    const { api, router, user } = await open(forInventory, { [post]: (sent) => anOutcome(sent, 'done', { result: { taskId: luid(99) } }) })
    await screen.findByText('Inventory')
    await user.click(screen.getByRole('radio', { name: 'Incremental refresh' }))
    await fill(user)
    await user.dblClick(create())
    expect(await screen.findByRole('heading', { name: 'The list' })).toBeInTheDocument()
    expect(api.of(post).map(({ body }) => body)).toEqual([{ refreshType: 'IncrementalRefresh', workbookId: workbook.id, recurrence }])
    expect(router.state.location.search).toBe(`?task=${luid(99)}`)
  })

  it('that Tableau refuses shows its own detail, in the form and at the times, and keeps what was typed', async () => {
    const tableau = { code: '409004', summary: 'Invalid schedule', detail: 'The end is not on the hour.' }
    const { user } = await open(forInventory, { [post]: () => problem('upstream_refused', { tableau, fields: { recurrence: tableau.detail } }) })
    await screen.findByText('Inventory')
    type('Start', '06:00')
    await user.click(create())
    expect(await screen.findByRole('alert')).toHaveTextContent('“Invalid schedule: The end is not on the hour.” (409004)')
    expect(screen.getByRole('group', { name: 'Repeats' })).toHaveAccessibleDescription('The end is not on the hour.')
    expect(screen.getByLabelText('Start')).toHaveValue('06:00')
    type('Start', '07:00')
    expect(screen.getByRole('group', { name: 'Repeats' })).not.toHaveAccessibleDescription()
  })

  it('that Tableau asks to wait for is not sent before, and says until when', async () => {
    const retryAt = new Date(Date.now() + 5 * 60_000).toISOString()
    const { api, user } = await open(forInventory, { [post]: () => problem('throttled', { retryAt }) })
    await screen.findByText('Inventory')
    type('Start', '06:00')
    await user.click(create())
    const held = await screen.findByRole('button', { name: /^Wait until \d\d:\d\d.*: Create task$/ })
    expect(held).toHaveAttribute('aria-disabled', 'true')
    expect(held).toHaveAccessibleDescription(/Tableau asked to wait until .* Nothing is sent by itself/)
    await user.click(held)
    expect(api.of(post)).toHaveLength(1)
    expect(screen.getByLabelText('Start')).toHaveValue('06:00')
    expect(screen.getByLabelText('Start')).toBeEnabled()
  })

  it('says when the content has a task already', async () => {
    await open(paths.newTask({ content: aWorkbook() }), { [`GET /api/workbooks/${luid(21)}`]: () => json(aDetail(aWorkbook())) })
    expect(await screen.findByText('A task refreshes it already.')).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'See that task' })).toHaveAttribute('href', paths.tasks({ content: luid(21) }))
  })

  it('is not lost by a slip: leaving asks first', async () => {
    const { user } = await open('/tasks/new')
    type('Start', '06:00')
    await user.click(screen.getByRole('link', { name: 'Tasks' }))
    await user.click(within(await screen.findByRole('dialog', { name: 'Leave without saving?' })).getByRole('button', { name: 'Stay' }))
    expect(screen.getByLabelText('Start')).toHaveValue('06:00')
    await user.click(screen.getByRole('link', { name: 'Tasks' }))
    await user.click(await screen.findByRole('button', { name: 'Leave' }))
    expect(await screen.findByRole('heading', { name: 'The list' })).toBeInTheDocument()
  })

  it('says who may make tasks', async () => {
    sessionStarted(sessionSchema.parse(aSession({ cloud: true, can: false, timeZone })))
    const { api, user } = await open(forInventory)
    expect(screen.getByText('Only administrators and Creators make tasks.')).toBeInTheDocument()
    expect(create()).toHaveAttribute('aria-disabled', 'true')
    await user.click(create())
    expect(api.of(post)).toEqual([])
  })

  it('is not made on a Server, where content is added to a schedule', async () => {
    sessionStarted(sessionSchema.parse(aSession({ timeZone })))
    await open('/tasks/new')
    expect(screen.getByText('On a Tableau Server content is added to a schedule.')).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Add to a schedule' })).toHaveAttribute('href', '/tasks/add')
  })
})

describe('a task that is changed', () => {
  const edit = async (answers: Answers = {}, tasks: Task[] = [task], more: Record<string, unknown> = {}) => {
    const opened = await open(paths.editTask({ id: task.id }), answers, tasks, more)
    await screen.findByRole('heading', { name: 'Edit the task of “Sales”' })
    return opened
  }

  it('has nothing to save before something is changed', async () => {
    const { user } = await edit()
    expect(save()).toHaveAttribute('aria-disabled', 'true')
    await user.click(save())
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })

  it('is confirmed before → after in words, says that the schedule is replaced as a whole, and sends what was seen', async () => {
    const { api, router, user } = await edit({ [patch]: (sent) => anOutcome(sent, 'done') })
    await user.click(screen.getByRole('checkbox', { name: 'Saturday' }))
    await user.click(screen.getByRole('radio', { name: 'Incremental refresh' }))
    await user.click(save())
    const dialog = within(await screen.findByRole('dialog', { name: 'Save “Sales”' }))
    expect(dialog.getAllByRole('row').map(({ textContent }) => textContent)).toEqual(['WhatBeforeAfter', 'RefreshFull refreshIncremental refresh', 'RepeatsMon–Fri at 06:00Mon–Sat at 06:00'])
    expect(dialog.getByText(/The schedule of the task is replaced as a whole/)).toBeInTheDocument()
    expect(api.of(patch)).toEqual([])
    await user.dblClick(dialog.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByRole('heading', { name: 'The list' })).toBeInTheDocument()
    expect(router.state.location.search).toBe(`?task=${task.id}`)
    expect(api.of(patch).map(({ body }) => body)).toEqual([
      {
        changes: { refreshType: 'IncrementalRefresh', recurrence: { frequency: 'Daily', start: '06:00:00', hours: 24, weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] } },
        seen: { refreshType: 'FullRefresh', frequency: 'Daily', recurrence: task.schedule?.recurrence },
      },
    ])
  })

  it('whose times cannot be sent back shows them with the reason, and replaces them only by others that were chosen', async () => {
    const odd = aCloudTask({ schedule: { frequency: 'Daily', recurrence: { frequency: 'Daily', start: '06:00:00', end: '20:00:00', intervals: [{ weekDay: 'Monday' }] } } })
    const { api, user } = await edit({ [patch]: (sent) => anOutcome(sent, 'done') }, [odd])
    expect(screen.getByText(/Daily runs every 2, 4, 6, 8, 12 or 24 hours/)).toHaveTextContent(/Its times stay as they are unless you choose all of them anew/)
    // What Cloud makes of it, which is not what it says.
    expect(meaning()).toHaveTextContent('Every hour from 06:00 to 20:00, Mon, Los Angeles time')
    expect(screen.queryByLabelText('Start')).not.toBeInTheDocument()
    expect(save()).toHaveAttribute('aria-disabled', 'true')
    await user.click(screen.getByRole('button', { name: 'Choose its times anew' }))
    type('Start', '07:00')
    await user.click(save())
    expect(within(screen.getByRole('dialog')).getAllByRole('row')[1]).toHaveTextContent('RepeatsEvery hour from 06:00 to 20:00, MonDaily at 07:00')
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    await waitFor(() => expect(api.of(patch)).toHaveLength(1))
    expect(api.of(patch)[0]?.body).toMatchObject({ seen: { frequency: 'Daily', recurrence: odd.schedule?.recurrence } })
  })

  it('that somebody else changed meanwhile keeps what was typed, and shows theirs beside it', async () => {
    let now = task
    let refuse = true
    const { api, user } = await edit({
      'GET /api/tasks': () => json(aTaskList([now], { timeZone })),
      [patch]: (sent) => (refuse ? problem('changed_elsewhere', { detail: 'Its times were others.' }) : anOutcome(sent, 'done')),
    })
    type('Start', '07:00')
    now = aCloudTask({ refreshType: 'IncrementalRefresh', schedule: { frequency: 'Weekly', recurrence: { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }] } } })
    await user.click(save())
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByRole('row', { name: /^Repeats Mon–Fri at 06:00 Mon at 05:00 Mon–Fri at 07:00 Keep mine Take theirs$/ })).toBeInTheDocument()
    expect(screen.getByLabelText('Start')).toHaveValue('07:00')
    expect(screen.getByRole('row', { name: 'Refresh Full refresh Incremental refresh Incremental refresh' })).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Take theirs: Repeats' }))
    expect(screen.getByLabelText('Start')).toHaveValue('05:00')
    await user.click(screen.getByRole('button', { name: 'Keep mine: Repeats' }))
    expect(screen.getByLabelText('Start')).toHaveValue('07:00')
    refuse = false
    await user.click(save())
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    await screen.findByRole('heading', { name: 'The list' })
    expect(api.of(patch).at(-1)?.body).toEqual({
      changes: { recurrence: { frequency: 'Daily', start: '07:00:00', hours: 24, weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] } },
      seen: { refreshType: 'IncrementalRefresh', frequency: 'Weekly', recurrence: now.schedule?.recurrence },
    })
  })

  it('says who may change it', async () => {
    const { api, user } = await edit({}, [task], { edit: { allowed: false, reason: 'Tableau lets only its owner and site administrators change this task.' } })
    expect(screen.getByText('Tableau lets only its owner and site administrators change this task.')).toBeInTheDocument()
    expect(screen.getByLabelText('Start')).toBeDisabled()
    await user.click(save())
    expect(api.sent.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('that is gone says so', async () => {
    await open(paths.editTask({ id: task.id }), {}, [])
    expect(await screen.findByRole('heading', { level: 1, name: 'There is no such task' })).toBeInTheDocument()
  })
})
