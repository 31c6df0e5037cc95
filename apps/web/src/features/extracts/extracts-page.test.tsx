import { sessionSchema } from '@refreshboard/api-types'
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { aTask, aTaskList } from '../../test/a-task.ts'
import { aDetail, anExtractRow, anExtractWindow, aSite } from '../../test/an-extract.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { ExtractsPage } from './extracts-page.tsx'
// What the page loads when it is needed is there before its tests begin.
import './content-drawer.tsx'

// A whole page is looked through, on a machine that may be busy.
configure({ asyncUtilTimeout: 8000 })

const sales = anExtractRow({ encryptExtracts: true }, [aTask(), aTask({ id: luid(12), schedule: { id: luid(52), name: 'Month end' } })])
const orders = anExtractRow({ kind: 'datasource', id: luid(23), name: 'Orders', hasExtracts: false })
const untold = anExtractRow({ id: luid(24), name: undefined, hasExtracts: undefined, encryptExtracts: undefined })
const counts = { kind: { workbook: 2, datasource: 1 }, extract: { yes: 1, no: 1 }, encrypted: { yes: 1, no: 1 }, scheduled: { yes: 1, no: 2 } }
const list = (more: Record<string, unknown> = {}) => json(anExtractWindow([sales, orders, untold], { counts, ...more }))

beforeEach(() => {
  sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } })))
  // The virtual list shows what has room.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const visit = (path = '/extracts', more: Parameters<typeof fakeApi>[0] = {}) => {
  const api = fakeApi({
    'GET /api/extracts': () => list(),
    'GET /api/site': () => json(aSite()),
    'GET /api/tasks': () => json(aTaskList([])),
    [`GET /api/workbooks/${sales.content.id}`]: () => json(aDetail()),
    [`GET /api/datasources/${orders.content.id}`]: () => json(aDetail({ ...orders.content })),
    ...more,
  })
  const router = createMemoryRouter(
    [
      { path: '/extracts', Component: ExtractsPage },
      { path: '*', element: <p>elsewhere</p> },
    ],
    { initialEntries: [path] },
  )
  show(<RouterProvider router={router} />)
  return { api, router, user: userEvent.setup() }
}
const row = async (name: RegExp) => {
  const link = await screen.findByRole('link', { name })
  const found = link.closest<HTMLElement>('[role="row"]')
  if (found === null) throw new Error('the link stands in no row')
  return found
}
const asked = (api: ReturnType<typeof fakeApi>) => Object.fromEntries(api.of('GET /api/extracts').at(-1)?.query ?? [])

describe('the extracts page', () => {
  it('tells of each what stands behind it, how it is stored and what refreshes it', async () => {
    visit()
    expect(await row(/^Sales, workbook/)).toHaveTextContent(/Extract.*Encrypted.*Weekday early, Month end/)
    expect(await row(/^Orders, data source/)).toHaveTextContent(/Live.*Nothing to encrypt.*none/)
    expect(await row(/^Workbook whose name Tableau does not tell you/)).toHaveTextContent(/Not told.*Not told/)
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Extracts 3')
  })

  it('filters by its chips, whose counts it tells, and keeps them in the address', async () => {
    const { api, router, user } = visit()
    await row(/^Sales/)
    await user.click(screen.getByRole('button', { name: 'Data sources 1' }))
    await user.click(screen.getByRole('button', { name: 'Live 1' }))
    await user.click(screen.getByRole('button', { name: 'On none 2' }))
    await waitFor(() => expect(asked(api)).toMatchObject({ kind: 'datasource', extract: 'no', scheduled: 'no' }))
    expect(router.state.location.search).toBe('?kind=datasource&extract=no&scheduled=no')
    expect(screen.getByRole('button', { name: 'Live 1' })).toHaveAttribute('aria-pressed', 'true')
    await user.click(screen.getByRole('button', { name: 'Extract 1' }))
    expect(router.state.location.search).toBe('?kind=datasource&extract=yes&scheduled=no')
    await user.click(screen.getByRole('button', { name: 'Extract 1' }))
    expect(router.state.location.search).toBe('?kind=datasource&scheduled=no')
  })

  it('sorts by its columns', async () => {
    const { api, router, user } = visit()
    await row(/^Sales/)
    await user.click(screen.getByRole('button', { name: 'Updated' }))
    await waitFor(() => expect(asked(api)).toMatchObject({ sort: 'updatedAt:desc' }))
    expect(router.state.location.search).toBe('?sort=updatedAt:desc')
  })

  it('searches as somebody types', async () => {
    const { api, user } = visit()
    await row(/^Sales/)
    await user.type(screen.getByRole('searchbox', { name: 'Search extracts' }), 'ord')
    await waitFor(() => expect(asked(api)).toMatchObject({ q: 'ord' }))
  })

  it('keeps the drawer that was opened before the search came to rest', async () => {
    const { router, user } = visit()
    await row(/^Sales/)
    await user.type(screen.getByRole('searchbox', { name: 'Search extracts' }), 'or')
    fireEvent.change(screen.getByRole('searchbox', { name: 'Search extracts' }), { target: { value: 'ord' } })
    // In the same turn: however slow the machine is, the search cannot have come to rest.
    fireEvent.click(screen.getByRole('link', { name: /^Orders/ }))
    await waitFor(() => expect(router.state.location.search).toBe(`?q=ord&datasource=${orders.content.id}`))
  })

  it('opens the drawer from its row, by address, and closes it by key', async () => {
    const { router, user } = visit()
    await user.click(await screen.findByRole('link', { name: /^Orders/ }))
    expect(await screen.findByRole('heading', { level: 2, name: 'Orders' })).toBeInTheDocument()
    expect(router.state.location.search).toBe(`?datasource=${orders.content.id}`)
    fireEvent.keyDown(window, { key: 'Escape' })
    await waitFor(() => expect(router.state.location.search).toBe(''))
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument()
  })

  it('steps from row to row by keys', async () => {
    visit()
    await row(/^Sales/)
    fireEvent.keyDown(window, { key: 'j' })
    await waitFor(() => expect(screen.getByRole('link', { name: /^Sales/ })).toHaveFocus())
    fireEvent.keyDown(window, { key: 'j' })
    await waitFor(() => expect(screen.getByRole('link', { name: /^Orders/ })).toHaveFocus())
  })

  it('says whose tasks are known, and does not filter by what is not', async () => {
    visit(undefined, { 'GET /api/extracts': () => list({ tasksOf: 'own' }) })
    expect(await screen.findByText('Tableau shows you your own tasks only.')).toBeInTheDocument()
    expect(await row(/^Orders/)).toHaveTextContent(/none of yours/)
  })

  it('says that the tasks could not be read', async () => {
    visit(undefined, { 'GET /api/extracts': () => list({ tasksOf: 'none' }) })
    expect(await screen.findByText('What refreshes them could not be read.')).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: /^On none/ })).not.toBeInTheDocument()
  })

  it('says why nothing can be made or deleted with an old Tableau', async () => {
    sessionStarted(sessionSchema.parse(aSession({ user: 'old', cans: { manageExtracts: { allowed: false, reason: 'Since API version 3.5 only.' } } })))
    visit()
    expect(await screen.findByText(/Since API version 3.5 only\./)).toBeInTheDocument()
  })

  it('says that nothing matches, and clears the filters', async () => {
    const { router, user } = visit('/extracts?q=nothing', { 'GET /api/extracts': () => json(anExtractWindow([], { all: 3 })) })
    await user.click(await screen.findByRole('button', { name: 'Clear filters' }))
    expect(router.state.location.pathname + router.state.location.search).toBe(paths.extracts())
  })

  it('says why it could not be read', async () => {
    visit(undefined, { 'GET /api/extracts': () => problem('upstream_unreachable') })
    expect(await screen.findByText('Refreshboard cannot reach Tableau.')).toBeInTheDocument()
  })

  it('asks again soon while Tableau’s lists are still being read', async () => {
    const { api } = visit(undefined, { 'GET /api/extracts': () => list({ complete: false }) })
    expect(await screen.findByText('Tableau’s lists are still being read …')).toBeInTheDocument()
    await waitFor(() => expect(api.of('GET /api/extracts').length).toBeGreaterThan(1))
  })

  it('tells of Tableau Cloud by tasks instead of schedules', async () => {
    sessionStarted(sessionSchema.parse(aSession({ cloud: true, timeZone: { name: 'UTC', inferred: false } })))
    visit(undefined, { 'GET /api/site': () => json(aSite({ extractEncryptionMode: undefined })) })
    await row(/^Sales/)
    const filters = screen.getByRole('region', { name: 'Filters' })
    expect(within(filters).getByRole('button', { name: 'With a task 1' })).toBeInTheDocument()
    expect(within(filters).queryByRole('group', { name: 'Encryption' })).not.toBeInTheDocument()
    expect(screen.queryByRole('columnheader', { name: 'Encryption' })).not.toBeInTheDocument()
    expect(screen.getByText('Tableau Cloud encrypts every extract by itself.')).toBeInTheDocument()
  })
})
