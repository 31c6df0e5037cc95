import { sessionSchema } from '@refreshboard/api-types'
import { configure, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted } from '../lib/session-store.ts'
import { aContentWindow, aSchedule, aScheduleList, aTask, aTaskList, aWorkbook } from '../test/a-task.ts'
import { aSession, fakeApi, json, luid, problem, type Sent } from '../test/fake-api.ts'
import { show } from '../test/render.tsx'
import { Palette } from './palette.tsx'
import { paths } from './paths.ts'

// Dozens of entries are looked through, on a machine that may be busy.
configure({ asyncUtilTimeout: 5000 })

const refreshed = aWorkbook()
const other = aWorkbook({ kind: 'datasource', id: luid(23), name: 'Sales targets' })
const schedules = [aSchedule(), ...Array.from({ length: 20 }, (_, at) => aSchedule({ id: luid(60 + at), name: `Nightly ${at}` }))]

const answers = {
  'GET /api/sites': () => json({ sites: [] }),
  'GET /api/time-zone': () => json({}),
  'GET /api/schedules': () => json(aScheduleList(schedules)),
  'GET /api/tasks': () => json(aTaskList([aTask()])),
  'GET /api/workbooks': ({ query }: Sent) => json(aContentWindow(query.get('q') === 'finance' || query.get('q') === 'sales' ? [refreshed] : [])),
  'GET /api/datasources': ({ query }: Sent) => json(aContentWindow(query.get('q') === 'sales' ? [other] : [])),
}

// What the palette's list needs and jsdom leaves out.
Element.prototype.scrollIntoView = () => undefined
beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))
afterEach(() => vi.unstubAllGlobals())

/** What was typed is marked inside the names, which then lose a space. */
const open = async (more: Parameters<typeof fakeApi>[0] = {}) => {
  const api = fakeApi({ ...answers, ...more })
  const router = createMemoryRouter([{ path: '*', element: <Palette onClose={() => undefined} onHelp={() => undefined} /> }], { initialEntries: ['/jobs'] })
  show(<RouterProvider router={router} />)
  const field = await screen.findByRole('textbox')
  return { api, router, field, user: userEvent.setup() }
}
const at = (router: Awaited<ReturnType<typeof open>>['router']) => router.state.location.pathname + router.state.location.search

describe('the command palette', () => {
  it.each([
    ['Tasks', paths.tasks()],
    ['Tasks in trouble', paths.tasks({ trouble: true })],
    ['Schedules', paths.schedules()],
    ['New schedule', paths.newSchedule()],
    ['Failed jobs', paths.jobs({ status: ['Failed'] })],
    ['Add content to a schedule', paths.addTask()],
    ['Extracts', paths.extracts()],
    ['Workbooks and data sources without an extract', paths.extracts({ extract: 'no' })],
    ['Data acceleration', paths.dataAcceleration()],
    ['Runs: what was done to many', paths.runs()],
  ])('goes to “%s”', async (name, to) => {
    const { router, user } = await open()
    await user.click(await screen.findByRole('button', { name }))
    expect(at(router)).toBe(to)
  })

  it('finds schedules by name, a few of them', async () => {
    const { router, user, field } = await open()
    expect(await screen.findAllByRole('button', { name: /^(Weekday|Nightly)/ })).toHaveLength(5)
    await user.type(field, 'nightly')
    await waitFor(() => expect(screen.getAllByRole('button', { name: /^Nightly/ })).toHaveLength(8))
    expect(screen.queryByRole('button', { name: /^Weekday/ })).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: /^Nightly\s*3$/ }))
    expect(at(router)).toBe(paths.schedule({ id: luid(63) }))
  })

  it('finds content through the BFF, which may know it by its project, once the typing stands still', async () => {
    const { api, user, field } = await open()
    await user.type(field, 'finance')
    expect(await screen.findByRole('button', { name: /^Sales.*Workbook · Finance · Ada Lovelace/ })).toBeInTheDocument()
    expect(api.of('GET /api/workbooks').map(({ query }) => query.get('q'))).toEqual(['finance'])
  })

  it('leads from content to its tasks, or to adding it where it has none', async () => {
    const { router, user, field } = await open()
    await user.type(field, 'sales')
    await user.click(await screen.findByRole('button', { name: /^Sales.*its refresh tasks/ }))
    expect(at(router)).toBe(paths.tasks({ content: refreshed.id }))
  })

  it('leads from content without a task to adding it', async () => {
    const { router, user, field } = await open()
    await user.type(field, 'sales')
    await user.click(await screen.findByRole('button', { name: /^Sales\s*targets.*add it to a schedule/ }))
    expect(at(router)).toBe(paths.addTask({ content: other }))
  })

  it('still goes to pages when nothing can be read', async () => {
    const { router, user, field } = await open({ 'GET /api/schedules': () => problem('forbidden'), 'GET /api/tasks': () => problem('overloaded'), 'GET /api/workbooks': () => problem('overloaded'), 'GET /api/datasources': () => problem('overloaded') })
    await user.type(field, 'tasks')
    await user.click(await screen.findByRole('button', { name: 'Tasks' }))
    expect(at(router)).toBe(paths.tasks())
  })

  it('says who may make schedules', async () => {
    sessionStarted(sessionSchema.parse(aSession({ can: false })))
    await open()
    expect(await screen.findByRole('button', { name: /New schedule.*Only server administrators/ })).toBeInTheDocument()
  })

  describe('on Tableau Cloud', () => {
    beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ cloud: true }))))

    it('offers nothing of schedules and asks for none', async () => {
      const { api, user, field } = await open()
      expect(await screen.findByRole('button', { name: 'New task' })).toBeInTheDocument()
      expect(screen.queryByRole('button', { name: /schedule/i })).not.toBeInTheDocument()
      await user.type(field, 'nightly')
      await waitFor(() => expect(api.of('GET /api/workbooks')).not.toEqual([]))
      expect(api.of('GET /api/schedules')).toEqual([])
    })

    it('leads from content without a task to making one', async () => {
      const { router, user, field } = await open()
      await user.type(field, 'sales')
      await user.click(await screen.findByRole('button', { name: /^Sales\s*targets.*make a task/ }))
      expect(at(router)).toBe(paths.newTask({ content: other }))
    })

    it('says who may make tasks', async () => {
      sessionStarted(sessionSchema.parse(aSession({ cloud: true, can: false })))
      await open()
      expect(await screen.findByRole('button', { name: /New task.*Only administrators and Creators/ })).toBeInTheDocument()
    })
  })
})
