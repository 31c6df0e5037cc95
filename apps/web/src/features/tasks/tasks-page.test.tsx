import { sessionSchema, type Task } from '@refreshboard/api-types'
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { Toasts } from '../../components/toasts.tsx'
import { sessionStarted } from '../../lib/session-store.ts'
import { aBareTask, aCloudTask, anOutcome, aSchedule, aTask, aTaskList, aWorkbook } from '../../test/a-task.ts'
import { aJob, aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { TasksPage } from './tasks-page.tsx'
// What the page loads when it is needed is there before its tests begin.
import './task-drawer.tsx'
import './delete-task-dialog.tsx'

// A whole page is looked through, on a machine that may be busy.
configure({ asyncUtilTimeout: 8000 })

const sales = aTask()
const churn = aTask({ id: luid(12), content: aWorkbook({ id: luid(22), name: 'Churn' }), consecutiveFailedCount: 7 })
const inventory = aTask({ id: luid(13), content: aWorkbook({ id: luid(23), name: 'Inventory', owner: { id: luid(42), name: 'Grace Hopper' } }), schedule: { id: luid(52), name: 'Nightly', state: 'Suspended', nextRunAt: '2025-11-24T10:00:00Z' } })
const bare = aBareTask({ id: luid(14) })
const all = [sales, churn, inventory, bare]

const answers = (tasks: Task[] = all, more: Record<string, unknown> = {}) => ({
  'GET /api/tasks': () => json(aTaskList(tasks, more)),
  [`GET /api/schedules/${luid(51)}`]: () => json(aSchedule()),
  [`GET /api/schedules/${luid(52)}`]: () => json(aSchedule({ id: luid(52), name: 'Nightly' })),
  [`GET /api/schedules/${luid(51)}/tasks`]: () => json({ tasks: tasks.map((task) => ({ ...task, refreshType: 'IncrementalRefresh' })), scope: 'site', refreshTypes: true, named: true, age: { ageMs: 1, tableauNow: '2025-11-23T10:05:00Z' } }),
  ...Object.fromEntries(all.map(({ id }) => [`GET /api/tasks/${id}/job`, () => json({ known: true, job: aJob.failed({ id: luid(70) }) })])),
})

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

const visit = (path: string, api: Parameters<typeof fakeApi>[0] = answers()) => {
  const sent = fakeApi(api)
  const router = createMemoryRouter(
    [
      { path: '/tasks', Component: TasksPage },
      { path: '*', element: <p>elsewhere</p> },
    ],
    { initialEntries: [path] },
  )
  show(
    <>
      <RouterProvider router={router} />
      <Toasts />
    </>,
  )
  return { api: sent, router, user: userEvent.setup() }
}
const table = () => screen.getByRole('table', { name: 'Tasks' })
const rowsTold = () =>
  within(table())
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).queryByRole('button', { expanded: true })?.textContent ?? within(row).queryByRole('button', { expanded: false })?.textContent ?? row.querySelector('[data-item]')?.getAttribute('title'))
const drawer = async (title: string) => {
  await screen.findByRole('heading', { level: 2, name: title })
  return screen.getByRole('complementary', { name: 'Task' })
}

describe('the list of tasks', () => {
  it('has trouble on top and the rest by schedule, with what is the matter in words', async () => {
    visit('/tasks')
    expect(await screen.findByRole('link', { name: 'Churn, likely suspended' })).toBeInTheDocument()
    expect(rowsTold()).toEqual(['Trouble1 task', 'Churn', 'Nightly1 task', 'Inventory', 'Weekday early2 tasks', 'Sales', 'Virtual connection (REST cannot manage it)'])
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Tasks 4')
    expect(screen.getAllByText('suspended').length).toBeGreaterThan(0)
    expect(screen.getByRole('button', { name: /^Run now: Virtual connection/ })).toHaveAttribute('aria-disabled', 'true')
  })

  it('keeps filters, grouping and the open task in the address', async () => {
    const { router, user } = visit('/tasks')
    await screen.findByRole('link', { name: 'Sales' })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Group' }), 'owner')
    expect(router.state.location.search).toBe('?group=owner')
    await user.click(screen.getByRole('button', { name: 'Only trouble 1' }))
    expect(router.state.location.search).toBe('?group=owner&trouble=1')
    expect(rowsTold()).toEqual(['Trouble1 task', 'Churn'])
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Tasks 1 of 4')
    await user.click(screen.getByRole('link', { name: /Churn/ }))
    expect(router.state.location.search).toBe(`?group=owner&trouble=1&task=${churn.id}`)
  })

  it('folds a group by keyboard, and walks by j and k', async () => {
    const { user } = visit('/tasks')
    await screen.findByRole('link', { name: 'Sales' })
    await user.keyboard('j')
    expect(document.activeElement).toHaveTextContent('Trouble')
    await user.keyboard('{Enter}')
    expect(rowsTold()).toEqual(['Trouble1 task', 'Nightly1 task', 'Inventory', 'Weekday early2 tasks', 'Sales', 'Virtual connection (REST cannot manage it)'])
    expect(document.activeElement).toHaveAttribute('aria-expanded', 'false')
    await user.keyboard('jj')
    expect(document.activeElement).toHaveAttribute('title', 'Inventory')
    await user.keyboard('k')
    expect(document.activeElement).toHaveTextContent('Nightly')
    await user.keyboard('/')
    expect(screen.getByRole('searchbox', { name: 'Search tasks' })).toHaveFocus()
  })

  it('runs the row with the focus by r, once, however long the key is held', async () => {
    const job = aJob.running({ id: luid(77), status: 'Success', endedAt: '2025-11-23T10:04:24Z' })
    const route = `POST /api/tasks/${churn.id}/run`
    const { api, user } = visit('/tasks', {
      ...answers(),
      [route]: (sent) => anOutcome(sent, 'done', { result: { jobId: job.id } }),
      [`GET /api/jobs/${job.id}`]: () => json({ job, source: 'query', statusNotes: [] }),
    })
    await screen.findByRole('link', { name: 'Sales' })
    await user.keyboard('jj')
    await user.keyboard('r')
    expect(await within(table()).findByRole('link', { name: 'Succeeded' })).toBeInTheDocument()
    expect(document.activeElement).toHaveAttribute('title', 'Churn')
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'r', repeat: true })
    expect(api.of(route)).toHaveLength(1)
    await user.keyboard('r')
    expect(api.of(route)).toHaveLength(2)
  })

  it('opens the reason by r where a task cannot be run', async () => {
    const { api, router, user } = visit('/tasks')
    const link = await screen.findByRole('link', { name: /^Virtual connection/ })
    link.focus()
    await user.keyboard('r')
    expect(router.state.location.search).toBe(`?task=${bare.id}`)
    expect(within(await drawer('Virtual connection (REST cannot manage it)')).getByText(/does not manage the refresh of a virtual connection/)).toBeInTheDocument()
    expect(api.sent.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('says whose tasks it shows, and that nothing can be run by hand', async () => {
    visit('/tasks', answers(all, { scope: 'own', runNow: { allowed: false, reason: 'This site does not let refreshes be run by hand.' } }))
    expect(await screen.findByText('Tableau shows you your own tasks only.')).toBeInTheDocument()
    expect(screen.getAllByText('This site does not let refreshes be run by hand.').length).toBeGreaterThan(0)
  })

  it('says why it is empty, and what to do', async () => {
    visit('/tasks', answers([], { scope: 'own' }))
    expect(await screen.findByRole('heading', { name: 'You have no refresh tasks' })).toBeInTheDocument()
    expect(screen.getAllByRole('link', { name: 'Add to a schedule' })[0]).toHaveAttribute('href', '/tasks/add')
  })

  it('clears the filters that leave nothing', async () => {
    const { router, user } = visit('/tasks?q=zzz&group=owner')
    await user.click(await screen.findByRole('button', { name: 'Clear filters' }))
    expect(router.state.location.search).toBe('?group=owner')
  })

  it('keeps what it shows when it cannot be read again, with its age', async () => {
    let broken = false
    const { user } = visit('/tasks', { ...answers(), 'GET /api/tasks': () => (broken ? problem('upstream_unreachable') : json(aTaskList(all))) })
    await screen.findByRole('link', { name: 'Sales' })
    broken = true
    window.dispatchEvent(new Event('visibilitychange'))
    expect(await screen.findByRole('alert')).toHaveTextContent('cannot reach Tableau')
    expect(screen.getByText(/^What you see was read/)).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Sales' })).toBeInTheDocument()
    broken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument())
  })

  it('asks again within a second until the names are there, without keeping the session awake', async () => {
    let asked = 0
    const { content: _content, ...rest } = sales
    const nameless: Task = { ...rest, content: { kind: 'workbook', id: luid(21) } }
    const { api } = visit('/tasks', {
      ...answers(),
      'GET /api/tasks': () => {
        asked += 1
        return json(aTaskList([asked < 2 ? nameless : sales], { named: asked >= 2 }))
      },
    })
    expect(await screen.findByText('Reading the names of the content …')).toBeInTheDocument()
    expect(await screen.findByRole('link', { name: 'Sales' })).toBeInTheDocument()
    expect(api.of('GET /api/tasks').map(({ headers }) => headers.get('x-refreshboard-background'))).toEqual([null, '1'])
  })
})

describe('the drawer of a task', () => {
  it('tells what it refreshes, when, how it goes, and what to do', async () => {
    visit(paths.tasks({ task: churn.id }))
    const shown = within(await drawer('Churn'))
    expect(await shown.findByText('Mon, Tue at 05:00, server time')).toBeInTheDocument()
    expect(await shown.findByText('Incremental refresh')).toBeInTheDocument()
    expect(shown.getByText(/REST API cannot resume it/)).toBeInTheDocument()
    expect(shown.getByRole('link', { name: 'Open its page in Tableau' })).toHaveAttribute('href', 'https://tableau.example.com/#/workbooks/21')
    expect(shown.getByRole('img', { name: 'Preview of Churn' })).toHaveAttribute('src', `/api/workbooks/${luid(22)}/preview.png`)
    expect(shown.getByRole('link', { name: 'Add to another schedule' })).toHaveAttribute('href', `/tasks/add?workbook=${luid(22)}`)
    expect(await shown.findByText('Failed')).toBeInTheDocument()
  })

  it('hides a picture that is not there', async () => {
    visit(paths.tasks({ task: churn.id }))
    const picture = await within(await drawer('Churn')).findByRole('img', { name: 'Preview of Churn' })
    picture.dispatchEvent(new Event('error'))
    await waitFor(() => expect(picture).not.toBeInTheDocument())
  })

  it('says since when a task is gone, and leads back', async () => {
    let tasks = all
    const { router, user } = visit(paths.tasks({ task: churn.id }), { ...answers(), 'GET /api/tasks': () => json(aTaskList(tasks)) })
    await screen.findByRole('link', { name: /Churn/ })
    tasks = [sales, inventory]
    window.dispatchEvent(new Event('visibilitychange'))
    expect(await screen.findByText('This task is not there any more.')).toBeInTheDocument()
    const shown = within(await drawer('Churn'))
    expect(shown.getByText(/It has been gone since the tasks were read on Sun 23 Nov 2025, 10:0\d:\d\d UTC/)).toBeInTheDocument()
    expect(shown.getByRole('heading', { name: 'Churn' })).toBeInTheDocument()
    await user.click(shown.getByRole('button', { name: 'Back to the tasks' }))
    expect(router.state.location.search).toBe('')
  })

  it('deletes the task, says so and closes; the list is read again', async () => {
    let tasks = all
    const route = `DELETE /api/tasks/${sales.id}`
    const { api, router, user } = visit(paths.tasks({ task: sales.id }), {
      ...answers(),
      'GET /api/tasks': () => json(aTaskList(tasks)),
      [route]: (sent) => {
        tasks = [churn]
        return anOutcome(sent, 'done')
      },
    })
    await user.click(await within(await drawer('Sales')).findByRole('button', { name: 'Delete' }))
    await user.click(await screen.findByText('Delete task'))
    expect(await screen.findByText('Task deleted')).toBeInTheDocument()
    expect(router.state.location.search).toBe('')
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Sales' })).not.toBeInTheDocument())
    expect(api.of(route)).toHaveLength(1)
  })

  it('closes by Escape', async () => {
    const { router, user } = visit(paths.tasks({ task: sales.id }))
    await drawer('Sales')
    await user.keyboard('{Escape}')
    expect(router.state.location.search).toBe('')
  })
})

describe('on Tableau Cloud', () => {
  const timed = (id: number, name: string, schedule: Task['schedule'], more: Partial<Task> = {}) => aCloudTask({ id: luid(id), content: aWorkbook({ id: luid(id + 20), name }), schedule, ...more })
  const { schedule: _schedule, ...adrift } = timed(16, 'Adrift', undefined)
  const cloudTasks: Task[] = [
    timed(12, 'Monthly one', { frequency: 'Monthly', recurrence: { frequency: 'Monthly', start: '18:30:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] } }),
    timed(13, 'Daily one', aCloudTask().schedule),
    timed(14, 'Hourly one', { frequency: 'Hourly', recurrence: { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', intervals: [{ hours: '1' }, { weekDay: 'Monday' }] } }),
    timed(15, 'Weekly one', { frequency: 'Weekly', recurrence: { frequency: 'Weekly', start: '06:00:00', intervals: [{ weekDay: 'Friday' }] } }),
    adrift,
  ]
  const onCloud = (more: Record<string, unknown> = {}) => ({ 'GET /api/tasks': () => json(aTaskList(cloudTasks, { timeZone: { name: 'America/Los_Angeles', inferred: false }, ...more })), ...Object.fromEntries([12, 15].map((n) => [`GET /api/tasks/${luid(n)}/job`, () => json({ known: false, reason: 'no' })])) })
  beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ cloud: true, timeZone: { name: 'America/Los_Angeles', inferred: false } }))))

  it('tasks are grouped by how often they run, with their times in words', async () => {
    const { api } = visit('/tasks', onCloud())
    await screen.findByRole('link', { name: 'Daily one' })
    expect(rowsTold()).toEqual(['Hourly1 task', 'Hourly one', 'Daily1 task', 'Daily one', 'Weekly1 task', 'Weekly one', 'Monthly1 task', 'Monthly one', 'No schedule1 task', 'Adrift'])
    expect(screen.getByText('On the third Thursday of the month at 18:30')).toBeInTheDocument()
    expect(screen.getByRole('columnheader', { name: 'Repeats' })).toBeInTheDocument()
    expect(screen.getByRole('option', { name: 'Grouped by cadence' })).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Cadence: all' })).toBeInTheDocument()
    expect(screen.queryByText(/schedule$/i, { selector: 'a, button, option' })).not.toBeInTheDocument()
    expect(api.sent.filter(({ path }) => path.startsWith('/api/schedules'))).toEqual([])
  })

  it('administrators see how much of the site’s budget is used up', async () => {
    const budget = { since: '2025-11-23T09:00:00Z', jobCallsADay: { used: 17_204, about: 20_000 }, runsAnHour: { used: 3, about: 60 } }
    visit('/tasks', onCloud({ budget }))
    expect(await screen.findByText(/17,204 of about 20,000 job calls in 24 h, 3 of about 60 runs by hand in 1 h/)).toBeInTheDocument()
    expect(screen.getByLabelText('Nearly used up:')).toBeInTheDocument()
  })

  it('a task is made, where a Server adds to a schedule', async () => {
    visit('/tasks', onCloud())
    await screen.findByRole('link', { name: 'Daily one' })
    expect(screen.getByRole('link', { name: 'New task' })).toHaveAttribute('href', '/tasks/new')
    expect(screen.queryByRole('link', { name: 'Add to a schedule' })).not.toBeInTheDocument()
  })

  it('says who may make tasks', async () => {
    sessionStarted(sessionSchema.parse(aSession({ cloud: true, can: false, timeZone: { name: 'UTC', inferred: false } })))
    visit('/tasks', onCloud())
    await screen.findByRole('link', { name: 'Daily one' })
    expect(screen.getByRole('button', { name: 'New task' })).toHaveAccessibleDescription('Only administrators and Creators make tasks.')
  })

  it('the week is drawn from the tasks, and a start leads to its task beside it', async () => {
    const { router, user } = visit('/tasks', onCloud())
    await screen.findByRole('link', { name: 'Daily one' })
    await user.click(within(screen.getByRole('navigation', { name: 'View' })).getByRole('link', { name: 'Week' }))
    // Sunday 23 Nov 2025 in Los Angeles ends the week: Monday to Friday at six.
    expect(await screen.findByRole('link', { name: 'Daily one, Mon 17 Nov 06:00 PST' })).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Monthly one, Thu 20 Nov 18:30 PST' })).toBeInTheDocument()
    expect(screen.getByText(/A block is one task/)).toBeInTheDocument()
    expect(screen.getByText(/More than 6 times a day/)).toBeInTheDocument()
    await user.click(screen.getByRole('link', { name: 'Weekly one, Fri 21 Nov 06:00 PST' }))
    expect(router.state.location.search).toBe(`?view=week&task=${luid(15)}`)
  })

  it('the drawer tells the times with their zone, and leads to the editor', async () => {
    visit(paths.tasks({ task: luid(12) }), onCloud())
    const shown = within(await drawer('Monthly one'))
    expect(shown.getByText('On the third Thursday of the month at 18:30')).toBeInTheDocument()
    expect(shown.getByText('site time, Los Angeles')).toBeInTheDocument()
    expect(shown.getByText('Full refresh')).toBeInTheDocument()
    expect(shown.getByRole('link', { name: 'Edit' })).toHaveAttribute('href', `/tasks/${luid(12)}/edit`)
    expect(shown.queryByText(/schedule/)).not.toBeInTheDocument()
  })

  it('who may not edit sees why', async () => {
    visit(paths.tasks({ task: luid(12) }), onCloud({ edit: { allowed: false, reason: 'From version 3.20 on.' } }))
    expect(within(await drawer('Monthly one')).getByRole('button', { name: 'Edit' })).toHaveAccessibleDescription('From version 3.20 on.')
  })

  it('says why it is empty, and what to do', async () => {
    visit('/tasks', { 'GET /api/tasks': () => json(aTaskList([])) })
    expect(await screen.findByRole('heading', { name: 'This site has no refresh tasks yet' })).toBeInTheDocument()
    expect(screen.queryByText(/schedule/)).not.toBeInTheDocument()
  })
})
