import { sessionSchema } from '@refreshboard/api-types'
import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { Toasts } from '../../components/toasts.tsx'
import { sessionStarted } from '../../lib/session-store.ts'
import { aContentWindow, anOutcome, aSchedule, aScheduleList, aTask, aTaskList, aWorkbook } from '../../test/a-task.ts'
import { aDetail } from '../../test/an-extract.ts'
import { aSession, fakeApi, json, luid, problem, type Sent } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { AddTaskPage } from './add-task-page.tsx'

// A whole page is looked through, on a machine that may be busy.
configure({ asyncUtilTimeout: 5000 })

const accelerating = aSchedule({ id: luid(54), name: 'Before work', type: 'DataAcceleration' })
const workbook = aWorkbook({ id: luid(22), name: 'Inventory' })
const datasource = aWorkbook({ kind: 'datasource', id: luid(23), name: 'Orders' })
const live = aWorkbook({ kind: 'datasource', id: luid(24), name: 'Live orders', hasExtracts: false })
const schedule = aSchedule()
const route = `POST /api/schedules/${schedule.id}/tasks`

const answers = {
  'GET /api/tasks': () => json(aTaskList([aTask()])),
  'GET /api/schedules': () =>
    json(aScheduleList([schedule, aSchedule({ id: luid(52), name: 'Asleep', state: 'Suspended' }), aSchedule({ id: luid(53), name: 'Flows only', type: 'Flow' }), accelerating])),
  'GET /api/workbooks': ({ query }: Sent) => json(aContentWindow([workbook].filter(({ name }) => name?.toLowerCase().includes(query.get('q') ?? '') === true))),
  'GET /api/datasources': ({ query }: Sent) => json(aContentWindow([datasource, live].filter(({ name }) => name?.toLowerCase().includes(query.get('q') ?? '') === true))),
  [`GET /api/workbooks/${workbook.id}`]: () => json(aDetail(workbook)),
  [`GET /api/workbooks/${luid(21)}`]: () => json(aDetail(aWorkbook())),
  [`GET /api/datasources/${datasource.id}`]: () => json(aDetail(datasource)),
  [`GET /api/datasources/${live.id}`]: () => json(aDetail(live)),
  'GET /api/time-zone': () => json({}),
}

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

const visit = (path: string, more: Parameters<typeof fakeApi>[0] = {}) => {
  const api = fakeApi({ ...answers, ...more })
  const router = createMemoryRouter(
    [
      { path: '/tasks/add', Component: AddTaskPage },
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
  return { api, router, user: userEvent.setup() }
}
const ready = paths.addTask({ scheduleId: schedule.id, content: workbook })
const addButton = () => screen.getByRole('button', { name: 'Add to schedule' })
/** Everything that the address names was read. */
const settled = async () => {
  await screen.findByText('Inventory')
  expect(await screen.findByRole('radio', { name: /Weekday early/ })).toBeChecked()
}

describe('adding content to a schedule', () => {
  it('offers workbooks and data sources in one list, and the schedules that can refresh them', async () => {
    visit('/tasks/add')
    const list = await screen.findByRole('list', { name: 'Workbooks and data sources' })
    expect((await within(list).findAllByRole('button')).map((button) => button.textContent)).toEqual([
      expect.stringMatching(/^Inventory.*Workbook/),
      expect.stringMatching(/^Live orders.*Data source.*no extract/),
      expect.stringMatching(/^Orders.*Data source/),
    ])
    expect(await screen.findByRole('radio', { name: /Weekday early.*Mon, Tue at 05:00/ })).toBeInTheDocument()
    expect(screen.getByRole('radio', { name: /Asleep.*Suspended/ })).toBeInTheDocument()
    expect(screen.queryByRole('radio', { name: /Flows only|Before work/ })).not.toBeInTheDocument()
    expect(screen.getByText(/always a full refresh/)).toBeInTheDocument()
  })

  it('searches as somebody types, and keeps what was chosen in the address', async () => {
    const { api, router, user } = visit('/tasks/add')
    await user.type(screen.getByRole('searchbox', { name: 'Search workbooks and data sources' }), 'ord')
    await waitFor(() => expect(api.of('GET /api/datasources').at(-1)?.query.get('q')).toBe('ord'))
    await waitFor(() => expect(screen.queryByText('Inventory')).not.toBeInTheDocument())
    await user.click(screen.getByRole('button', { name: /^Orders/ }))
    await user.click(await screen.findByRole('radio', { name: /Weekday early/ }))
    expect(router.state.location.search).toBe(`?schedule=${schedule.id}&datasource=${datasource.id}`)
    // Asked for between the words, not between the letters.
    expect(api.of('GET /api/datasources').map(({ query }) => query.get('q'))).toEqual([null, 'ord'])
  })

  it('adds once under a double click, says so and goes to the schedule', async () => {
    const { api, router, user } = visit(ready, { [route]: (sent) => anOutcome(sent, 'done', { result: { taskId: luid(99), warnings: ['Rather often.'] } }) })
    await settled()
    await user.dblClick(addButton())
    await waitFor(() => expect(router.state.location.pathname).toBe(paths.schedule({ id: schedule.id })))
    expect(api.of(route)).toHaveLength(1)
    expect(api.of(route)[0]?.body).toEqual({ kind: 'extractRefresh', workbookId: workbook.id })
    expect(screen.getByText(/“Inventory” is refreshed by “Weekday early” from now on\. Tableau warns: Rather often\./)).toBeInTheDocument()
  })

  it('adds a data source by its own id', async () => {
    const { api, user } = visit(paths.addTask({ scheduleId: schedule.id, content: datasource }), { [route]: (sent) => anOutcome(sent, 'done') })
    await screen.findByText('Orders')
    await user.click(addButton())
    await waitFor(() => expect(api.of(route)[0]?.body).toEqual({ kind: 'extractRefresh', datasourceId: datasource.id }))
  })

  it('explains 500000, sends once under a double click, and keeps the form', async () => {
    const { api, router, user } = visit(ready, { [route]: () => problem('upstream_refused', { tableau: { code: '500000', summary: 'Internal Server Error', detail: 'Unknown.' } }) })
    await settled()
    await user.dblClick(addButton())
    expect(await screen.findByText(/it may have been deleted/)).toBeInTheDocument()
    expect(screen.getByRole('alert')).toHaveTextContent('500000')
    expect(api.of(route)).toHaveLength(1)
    expect(router.state.location.pathname).toBe('/tasks/add')
    await settled()
    expect(addButton()).toBeEnabled()
  })

  it.each([
    ['forbidden', '403032', /leaders of its project/],
    ['not_found', '404006', /may have been deleted, or you may not see it/],
  ] as const)('explains %s (%s)', async (code, tableau, words) => {
    const { user } = visit(ready, { [route]: () => problem(code, { tableau: { code: tableau, summary: 's', detail: 'd' } }) })
    await settled()
    await user.click(addButton())
    expect(await screen.findByText(words)).toBeInTheDocument()
  })

  it('tells that the reply was lost, and sends nothing again', async () => {
    const { api, user } = visit(ready, { [route]: (sent) => anOutcome(sent, 'checking') })
    await settled()
    await user.click(addButton())
    expect(await screen.findByText('Checking …')).toBeInTheDocument()
    expect(api.of(route)).toHaveLength(1)
  })

  it('says what is missing, and sends nothing', async () => {
    const { api, user } = visit('/tasks/add')
    await screen.findByRole('radio', { name: /Weekday early/ })
    await user.click(addButton())
    expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual(['Choose the workbook or data source that is to be refreshed.', 'Choose the schedule that refreshes it.'])
    expect(api.sent.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('does not take content without an extract, and says why', async () => {
    const { api, user } = visit(paths.addTask({ scheduleId: schedule.id, content: live }))
    expect(await screen.findByRole('alert')).toHaveTextContent('“Live orders” has no extract')
    expect(addButton()).toHaveAttribute('aria-disabled', 'true')
    await user.click(addButton())
    expect(api.sent.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('warns when this schedule refreshes it already', async () => {
    visit(paths.addTask({ scheduleId: schedule.id, content: aWorkbook() }))
    expect(await screen.findByText('This schedule refreshes it already.')).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'See that task' })).toHaveAttribute('href', paths.tasks({ task: luid(11) }))
  })
})

describe('accelerating a workbook', () => {
  const start = paths.addTask({ scheduleId: accelerating.id, kind: 'dataAcceleration' })
  const own = `POST /api/schedules/${accelerating.id}/tasks`

  it('offers workbooks alone, and schedules of its own type', async () => {
    const { api } = visit(start)
    expect(await screen.findByRole('heading', { level: 1, name: 'Accelerate a workbook' })).toBeInTheDocument()
    const list = await screen.findByRole('list', { name: 'Workbooks' })
    expect((await within(list).findAllByRole('button')).map((button) => button.textContent)).toEqual([expect.stringMatching(/^Inventory/)])
    expect(await screen.findByRole('radio', { name: /Before work/ })).toBeChecked()
    expect(screen.queryByRole('radio', { name: /Weekday early/ })).not.toBeInTheDocument()
    expect(api.of('GET /api/datasources')).toEqual([])
  })

  it('sends its own kind, and goes to the tasks of that kind', async () => {
    const { api, router, user } = visit(start, { [own]: (sent) => anOutcome(sent, 'done') })
    await user.click(await screen.findByRole('button', { name: /^Inventory/ }))
    expect(await screen.findByRole('radio', { name: /Before work/ })).toBeChecked()
    await user.click(addButton())
    await waitFor(() => expect(router.state.location.pathname).toBe(paths.dataAcceleration()))
    expect(api.of(own).map(({ body }) => body)).toEqual([{ kind: 'dataAcceleration', workbookId: workbook.id }])
    expect(screen.getByText('“Inventory” is accelerated by “Before work” from now on.')).toBeInTheDocument()
  })

  it('refuses a data source that the address names', async () => {
    const { api, user } = visit(paths.addTask({ scheduleId: accelerating.id, content: datasource, kind: 'dataAcceleration' }))
    expect(await screen.findByText('“Orders” is a data source: only a workbook can be accelerated.', { selector: '[role="alert"]' })).toBeInTheDocument()
    await user.click(addButton())
    expect(api.of(own)).toEqual([])
  })

  it('says why it cannot be done where Tableau has it no more', async () => {
    sessionStarted(sessionSchema.parse(aSession({ user: 'new', timeZone: { name: 'UTC', inferred: false }, cans: { dataAcceleration: { allowed: false, reason: 'Data acceleration ended with API version 3.16.' } } })))
    visit(start)
    expect(await screen.findByText('Data acceleration ended with API version 3.16.')).toBeInTheDocument()
    expect(addButton()).toHaveAttribute('aria-disabled', 'true')
  })

  it('explains 409087', async () => {
    const { user } = visit(paths.addTask({ scheduleId: accelerating.id, content: workbook, kind: 'dataAcceleration' }), { [own]: () => problem('forbidden', { tableau: { code: '409087', summary: 's', detail: 'd' } }) })
    await screen.findByText('Inventory')
    await user.click(addButton())
    expect(await screen.findByText(/Administrators of the site and of the server can accelerate workbooks/)).toBeInTheDocument()
  })
})
