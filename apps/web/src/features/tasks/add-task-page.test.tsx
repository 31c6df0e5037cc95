import { sessionSchema } from '@refreshboard/api-types'
import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { Toasts } from '../../components/toasts.tsx'
import { sessionStarted } from '../../lib/session-store.ts'
import { aContentWindow, anOutcome, aSchedule, aScheduleList, aTask, aTaskList, aWorkbook } from '../../test/a-task.ts'
import { aSession, fakeApi, json, luid, problem, type Sent } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { AddTaskPage } from './add-task-page.tsx'

// A whole page is looked through, on a machine that may be busy.
configure({ asyncUtilTimeout: 5000 })

const workbook = aWorkbook({ id: luid(22), name: 'Inventory' })
const datasource = aWorkbook({ kind: 'datasource', id: luid(23), name: 'Orders' })
const live = aWorkbook({ kind: 'datasource', id: luid(24), name: 'Live orders', hasExtracts: false })
const schedule = aSchedule()
const route = `POST /api/schedules/${schedule.id}/tasks`

const answers = {
  'GET /api/tasks': () => json(aTaskList([aTask()])),
  'GET /api/schedules': () =>
    json(aScheduleList([schedule, aSchedule({ id: luid(52), name: 'Asleep', state: 'Suspended' }), aSchedule({ id: luid(53), name: 'Flows only', type: 'Flow' })])),
  'GET /api/workbooks': ({ query }: Sent) => json(aContentWindow([workbook].filter(({ name }) => name?.toLowerCase().includes(query.get('q') ?? '') === true))),
  'GET /api/datasources': ({ query }: Sent) => json(aContentWindow([datasource, live].filter(({ name }) => name?.toLowerCase().includes(query.get('q') ?? '') === true))),
  [`GET /api/workbooks/${workbook.id}`]: () => json(workbook),
  [`GET /api/workbooks/${luid(21)}`]: () => json(aWorkbook()),
  [`GET /api/datasources/${datasource.id}`]: () => json(datasource),
  [`GET /api/datasources/${live.id}`]: () => json(live),
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
    expect(screen.queryByRole('radio', { name: /Flows only/ })).not.toBeInTheDocument()
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
