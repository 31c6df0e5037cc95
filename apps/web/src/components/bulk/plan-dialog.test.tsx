import { planBulkSchema, sessionSchema } from '@refreshboard/api-types'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted } from '../../lib/session-store.ts'
import { anItem, aRun } from '../../test/a-run.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { PlanDialog } from './plan-dialog.tsx'

beforeEach(() => {
  sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } })))
  // The virtual list shows what has room.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(600)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const run = aRun([anItem(0), anItem(1), anItem(2, { state: 'left_out', reason: 'It has ended already at 2025-11-23T10:00:00Z.' })], { title: 'Cancel 2 jobs', warnings: ['This cannot be undone.'] })
const path = `/api/bulk/${run.id}`
const wanted = planBulkSchema.parse({ action: 'jobs.cancel', select: { ids: [luid(1), luid(2), luid(3)] } })

const open = (answers: Parameters<typeof fakeApi>[0]) => {
  const api = fakeApi({ 'POST /api/bulk': () => json(run, 201), 'GET /api/bulk': () => json({ runs: [] }), ...answers })
  const onStarted = vi.fn<(run: unknown) => void>()
  show(<PlanDialog wanted={wanted} title="Cancel 3 jobs" onStarted={onStarted} onClose={() => undefined} />)
  return { api, onStarted, user: userEvent.setup() }
}

describe('the plan', () => {
  it('tells what would happen to each, what is left out and why, and what cannot be undone', async () => {
    const { api } = open({})
    expect(await screen.findByText('2 jobs of 3; 1 left out, with the reason below. Nothing is sent yet.')).toBeInTheDocument()
    expect(screen.getByRole('heading', { name: 'Cancel 2 jobs' })).toBeInTheDocument()
    expect(screen.getByText('This cannot be undone.')).toBeInTheDocument()
    const list = within(screen.getByRole('list', { name: 'What will happen' }))
    expect(list.getAllByText('It will be cancelled.')).toHaveLength(2)
    expect(list.getByText('Left out: It has ended already.')).toBeInTheDocument()
    expect(list.getByText('It has ended already at Sun 23 Nov 2025, 10:00:00 UTC.')).toBeInTheDocument()
    expect(api.of('POST /api/bulk').map(({ body }) => body)).toEqual([wanted])
  })

  it('is started once, as it was seen, also by a double click', async () => {
    const { api, onStarted, user } = open({ [`POST ${path}/start`]: () => json({ ...run, state: 'running' }) })
    await user.dblClick(await screen.findByRole('button', { name: 'Cancel 2 jobs' }))
    await waitFor(() => expect(onStarted).toHaveBeenCalledTimes(1))
    expect(api.of(`POST ${path}/start`).map(({ body }) => body)).toEqual([{ digest: 'digest-1' }])
    expect(api.of('POST /api/bulk')).toHaveLength(1)
  })

  it('comes back when something has changed, tells what, and is asked for again', async () => {
    const changed = { ...aRun([anItem(0), anItem(1, { state: 'left_out', reason: 'It is over.' })], { digest: 'digest-2' }), id: run.id }
    const answers = [() => problem('changed_elsewhere'), () => json({ ...changed, state: 'running' })]
    const { api, onStarted, user } = open({ [`POST ${path}/start`]: () => answers.shift()?.() ?? problem('internal'), [`GET ${path}`]: () => json(changed) })
    await user.click(await screen.findByRole('button', { name: 'Cancel 2 jobs' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('“Sales 2” is left out now: It is over.')
    expect(onStarted).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Cancel 1 job' }))
    await waitFor(() => expect(onStarted).toHaveBeenCalledTimes(1))
    expect(api.of(`POST ${path}/start`).map(({ body }) => body)).toEqual([{ digest: 'digest-1' }, { digest: 'digest-2' }])
  })

  it('looks whether it was started when the reply was lost', async () => {
    const { api, onStarted, user } = open({
      [`POST ${path}/start`]: () => {
        throw new TypeError('connection reset')
      },
      [`GET ${path}`]: () => json({ ...run, state: 'running' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Cancel 2 jobs' }))
    await waitFor(() => expect(onStarted).toHaveBeenCalledTimes(1))
    expect(api.of(`POST ${path}/start`)).toHaveLength(1)
  })

  it.each([
    ['the server cannot tell', () => problem('storage_unavailable')],
    [
      'the network is gone',
      () => {
        vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
        throw new TypeError('network lost')
      },
    ],
  ])('never says that nothing was sent when the reply was lost and %s', async (_, answer) => {
    const { user } = open({
      [`POST ${path}/start`]: () => {
        throw new TypeError('connection reset')
      },
      [`GET ${path}`]: answer,
    })
    await user.click(await screen.findByRole('button', { name: 'Cancel 2 jobs' }))
    expect(await screen.findByText('Whether it was started is not known. You can press it again: it starts once.')).toBeInTheDocument()
    expect(screen.queryByText(/Nothing was sent/)).toBeNull()
  })

  it('shows a refusal itself, and stays', async () => {
    const { onStarted, user } = open({ [`POST ${path}/start`]: () => problem('storage_unavailable') })
    await user.click(await screen.findByRole('button', { name: 'Cancel 2 jobs' }))
    expect(await screen.findByText('Nothing was sent.')).toBeInTheDocument()
    expect(screen.getByRole('alert')).toHaveTextContent('Refreshboard cannot reach its own storage.')
    expect(onStarted).not.toHaveBeenCalled()
  })

  it('says why there is none', async () => {
    open({ 'POST /api/bulk': () => problem('validation', { detail: 'No job matches.' }) })
    expect(await screen.findByRole('alert')).toHaveTextContent('No job matches.')
    expect(screen.queryByRole('button', { name: /^Cancel/ })).toBeNull()
  })

  it('has nothing to start when all are left out', async () => {
    open({ 'POST /api/bulk': () => json(aRun([anItem(0, { state: 'left_out', reason: 'It is over.' })]), 201) })
    expect(await screen.findByText('Nothing can be done: it is left out.')).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: /^Cancel/ })).toBeNull()
  })

  it('of many that cost more than a click asks for their number', async () => {
    const many = aRun(Array.from({ length: 20 }, (_, n) => anItem(n)))
    const { api, onStarted, user } = open({ 'POST /api/bulk': () => json(many, 201), [`POST ${path}/start`]: () => json({ ...many, state: 'running' }) })
    const button = await screen.findByRole('button', { name: 'Cancel 20 jobs' })
    await user.click(button)
    await user.type(screen.getByRole('textbox'), '2')
    await user.click(button)
    expect(api.of(`POST ${path}/start`)).toEqual([])
    expect(button).toHaveAccessibleDescription('Type 20 first.')
    await user.type(screen.getByRole('textbox'), '0')
    await user.click(button)
    await waitFor(() => expect(onStarted).toHaveBeenCalledTimes(1))
  })
})
