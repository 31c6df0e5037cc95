import { screen, within } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aSession, anEmptyWindow, fakeApi, json, luid, problem } from '../test/fake-api.ts'
import { show } from '../test/render.tsx'
import { paths } from './paths.ts'
import { routes } from './router.tsx'
import { safeReturnTo } from './safe-return-to.ts'

const answers = {
  'GET /api/session': () => json(aSession()),
  'GET /api/servers': () => json({ servers: [{ id: 'main', host: 'tableau.example.com' }] }),
  'GET /api/build': () => json({ id: 'a', version: '1' }),
  'GET /api/jobs': () => json(anEmptyWindow()),
  'GET /api/jobs/histogram': () => json({ slotMs: 900_000, slots: [], age: anEmptyWindow()['age'] }),
}

const visit = (path: string) => {
  const router = createMemoryRouter(routes, { initialEntries: [path] })
  show(<RouterProvider router={router} />)
  return router
}

beforeEach(() => void fakeApi(answers))
afterEach(() => vi.unstubAllGlobals())

/** What is seen at each path: a path without a page does not compile, and one whose page does not show fails. */
const seen: Record<keyof typeof paths, { path: string; heading: RegExp; at: string }> = {
  root: { path: paths.root(), heading: /^Jobs/, at: '/jobs' },
  jobs: { path: paths.jobs({ status: ['Failed'], q: 'sales' }), heading: /^Jobs/, at: '/jobs' },
  tasks: { path: paths.tasks({ q: 'sales' }), heading: /^Tasks/, at: '/tasks' },
  addTask: { path: paths.addTask({ scheduleId: luid(7) }), heading: /^Add to a schedule/, at: '/tasks/add' },
  newTask: { path: paths.newTask({ content: { kind: 'workbook', id: luid(7) } }), heading: /^No task is made by itself here/, at: '/tasks/new' },
  editTask: { path: paths.editTask({ id: luid(7) }), heading: /^A task has no times of its own here/, at: `/tasks/${luid(7)}/edit` },
  dataAcceleration: { path: paths.dataAcceleration(), heading: /^Data acceleration/, at: '/tasks/data-acceleration' },
  extracts: { path: paths.extracts({ kind: 'workbook' }), heading: /^Extracts/, at: '/extracts' },
  schedules: { path: paths.schedules({ view: 'week' }), heading: /^Schedules/, at: '/schedules' },
  newSchedule: { path: paths.newSchedule(), heading: /^New schedule/, at: '/schedules/new' },
  schedule: { path: paths.schedule({ id: luid(7) }), heading: /./, at: `/schedules/${luid(7)}` },
  editSchedule: { path: paths.editSchedule({ id: luid(7) }), heading: /./, at: `/schedules/${luid(7)}/edit` },
  runs: { path: paths.runs(), heading: /^Runs$/, at: '/bulk' },
  run: { path: paths.run({ id: luid(7), state: 'refused' }), heading: /^Run$/, at: `/bulk/${luid(7)}` },
  schedulesAsCode: { path: paths.schedulesAsCode(), heading: /^Schedules as code/, at: '/schedules/code' },
  audit: { path: paths.audit({ q: 'nightly' }), heading: /^Audit/, at: '/audit' },
  signIn: { path: paths.signIn({ another: true, returnTo: '/jobs?q=x' }), heading: /^Refreshboard$/, at: '/sign-in' },
}

describe('every path', () => {
  it.each(Object.entries(seen))('%s shows its page', async (_name, { path, heading, at }) => {
    const router = visit(path)
    expect(await screen.findByRole('heading', { level: 1, name: heading })).toBeInTheDocument()
    expect(router.state.location.pathname).toBe(at)
  })

  it('elsewhere says that nothing is there', async () => {
    visit('/nowhere')
    expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeInTheDocument()
  })
})

describe('without a session', () => {
  it('a page leads to the sign-in, and names the way back', async () => {
    fakeApi({ ...answers, 'GET /api/session': () => problem('unauthenticated') })
    const router = visit('/jobs?status=Failed')
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeInTheDocument()
    expect(router.state.location.pathname + router.state.location.search).toBe(paths.signIn({ returnTo: '/jobs?status=Failed' }))
  })

  it('a page says why it cannot tell who is signed in', async () => {
    fakeApi({ ...answers, 'GET /api/session': () => problem('storage_unavailable') })
    visit('/jobs')
    expect(await screen.findByRole('heading', { name: 'Refreshboard cannot reach its own storage.' })).toBeInTheDocument()
  })
})

describe('without the role', () => {
  it('the way in leads to the tasks', async () => {
    fakeApi({ ...answers, 'GET /api/session': () => json(aSession({ can: false })) })
    const router = visit('/')
    expect(await screen.findByRole('heading', { level: 1, name: /^Tasks/ })).toBeInTheDocument()
    expect(router.state.location.pathname).toBe('/tasks')
  })

  it.each([
    ['schedules', {}, '/schedules'],
    ['extracts', { readSchedules: { allowed: false, reason: 'No.' } }, '/extracts'],
  ])('the way in leads to the %s where no tasks are told either', async (_name, cans, to) => {
    fakeApi({ ...answers, 'GET /api/session': () => json(aSession({ can: false, cans: { listTasks: { allowed: false, reason: 'Since API version 2.6 only.' }, ...cans } })) })
    const router = visit('/')
    await screen.findByRole('heading', { level: 1 })
    expect(router.state.location.pathname).toBe(to)
  })

  it('the page of the tasks says why there are none, and asks for none', async () => {
    const api = fakeApi({ ...answers, 'GET /api/session': () => json(aSession({ cans: { listTasks: { allowed: false, reason: 'Since API version 2.6 only.' } } })) })
    visit('/tasks')
    expect(await screen.findByText('Since API version 2.6 only.')).toBeInTheDocument()
    expect(api.of('GET /api/tasks')).toEqual([])
  })

  it('the page says who may list jobs and asks for none', async () => {
    const api = fakeApi({ ...answers, 'GET /api/session': () => json(aSession({ can: false })) })
    visit('/jobs')
    expect(await screen.findByText('Only administrators may list jobs.')).toBeInTheDocument()
    expect(api.of('GET /api/jobs')).toEqual([])
  })
})

describe('on Tableau Cloud', () => {
  const onCloud = () => fakeApi({ ...answers, 'GET /api/session': () => json(aSession({ cloud: true })), 'GET /api/time-zone': () => json({}) })

  it.each(Object.entries(seen).filter(([, { at }]) => at.startsWith('/schedules')))('%s says why there are no schedules, asks for none and leads to the tasks', async (_name, { path }) => {
    const api = onCloud()
    visit(path)
    expect(await screen.findByRole('heading', { level: 1, name: 'There are no schedules here' })).toBeInTheDocument()
    expect(screen.getByText('Tableau Cloud has no server schedules: each of its tasks has times of its own.')).toBeInTheDocument()
    expect(within(screen.getByRole('main')).getByRole('link', { name: 'Tasks' })).toHaveAttribute('href', '/tasks')
    expect(api.sent.filter((sent) => sent.path.startsWith('/api/schedules'))).toEqual([])
  })

  it('the navigation has no entry that leads nowhere', async () => {
    onCloud()
    visit('/jobs')
    await screen.findByRole('heading', { level: 1, name: /^Jobs/ })
    expect(within(screen.getByRole('navigation', { name: 'Pages' })).getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['Jobs', 'Tasks', 'Extracts', 'Audit'])
  })

  it('adding to a schedule is making a task', async () => {
    onCloud()
    const router = visit(paths.addTask({ content: { kind: 'workbook', id: luid(7) } }))
    expect(await screen.findByRole('heading', { level: 1, name: 'New task' })).toBeInTheDocument()
    expect(router.state.location.pathname + router.state.location.search).toBe(paths.newTask({ content: { kind: 'workbook', id: luid(7) } }))
  })
})

describe('the way back after signing in', () => {
  it.each([
    ['/jobs?status=Failed', '/jobs?status=Failed'],
    [null, '/'],
    ['', '/'],
    ['https://evil.example.com/jobs', '/'],
    ['//evil.example.com/jobs', '/'],
    ['/\\evil.example.com/jobs', '/'],
    ['/schedules?view=week', '/schedules?view=week'],
    ['/schedules/new', '/schedules/new'],
    ['/schedules/../api/session', '/'],
    ['/tasks/add?schedule=x', '/tasks/add?schedule=x'],
    ['/tasks/new?workbook=x', '/tasks/new?workbook=x'],
    [`/tasks/${luid(7)}/edit`, `/tasks/${luid(7)}/edit`],
    ['/tasks/x/edit', '/'],
    ['/tasks/data-acceleration', '/tasks/data-acceleration'],
    ['/extracts?kind=workbook', '/extracts?kind=workbook'],
    ['/bulk', '/bulk'],
    [`/bulk/${luid(7)}?state=refused`, `/bulk/${luid(7)}?state=refused`],
    ['/bulk/x', '/'],
    ['/sign-in', '/'],
    ['/api/session', '/'],
    ['javascript:alert(1)', '/'],
  ])('%j leads to %s', (asked, to) => {
    expect(safeReturnTo(asked)).toBe(to)
  })
})
