import { sessionSchema } from '@refreshboard/api-types'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { Toasts } from '../../components/toasts.tsx'
import { sessionStarted } from '../../lib/session-store.ts'
import { anOutcome } from '../../test/a-task.ts'
import { anAcceleration } from '../../test/an-extract.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { DataAccelerationPage } from './data-acceleration-page.tsx'
import './delete-acceleration-dialog.tsx'

const list = 'GET /api/data-acceleration-tasks'
const remove = `DELETE /api/data-acceleration-tasks/${luid(71)}`
const answer = (tasks: unknown[], more: Record<string, unknown> = {}) => json({ tasks, named: true, age: { ageMs: 100, tableauNow: '2025-11-23T10:05:00Z' }, ...more })

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

const visit = (more: Parameters<typeof fakeApi>[0] = {}) => {
  const api = fakeApi({ [list]: () => answer([anAcceleration()]), ...more })
  const router = createMemoryRouter([{ path: '*', Component: DataAccelerationPage }], { initialEntries: ['/tasks/data-acceleration'] })
  show(
    <>
      <RouterProvider router={router} />
      <Toasts />
    </>,
  )
  return { api, user: userEvent.setup() }
}
const table = () => screen.findByRole('table', { name: 'Data acceleration tasks' })
const deleteButton = () => screen.findByRole('button', { name: 'Delete the task of Sales' })

describe('the data acceleration tasks', () => {
  it('tell their workbook, schedule, next run and failures', async () => {
    visit({ [list]: () => answer([anAcceleration({ consecutiveFailedCount: 2 })]) })
    const row = within(await table()).getByRole('row', { name: /Sales/ })
    expect(row).toHaveTextContent('Finance')
    expect(row).toHaveTextContent('failed 2 times in a row')
    expect(within(row).getByRole('link', { name: 'Before work' })).toHaveAttribute('href', paths.schedule({ id: luid(52) }))
    expect(row).toHaveTextContent(/13:00/)
  })

  it('lead to adding one', async () => {
    visit()
    expect(await screen.findByRole('link', { name: 'Accelerate a workbook' })).toHaveAttribute('href', '/tasks/add?kind=dataAcceleration')
  })

  it('are deleted once, after saying what happens', async () => {
    const { api, user } = visit({ [remove]: (sent) => anOutcome(sent, 'done') })
    await user.click(await deleteButton())
    const dialog = await screen.findByRole('dialog', { name: 'Stop accelerating “Sales”' })
    expect(dialog).toHaveTextContent('“Sales” is no longer accelerated by “Before work”')
    await user.dblClick(within(dialog).getByRole('button', { name: 'Delete task' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(api.of(remove)).toHaveLength(1)
    expect(screen.getByText('“Sales” is no longer accelerated by it')).toBeInTheDocument()
  })

  it('show a refusal where it was asked', async () => {
    const { user } = visit({ [remove]: () => problem('forbidden', { tableau: { code: '409087', summary: 'Forbidden', detail: 'Only administrators.' } }) })
    await user.click(await deleteButton())
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Delete task' }))
    expect(await within(dialog).findByText(/Only administrators\./)).toBeInTheDocument()
  })

  it('are none yet, and it says how one is made', async () => {
    visit({ [list]: () => answer([]) })
    expect(await screen.findByText('No workbook is accelerated yet')).toBeInTheDocument()
  })

  it('say why they could not be read', async () => {
    visit({ [list]: () => problem('upstream_unreachable') })
    expect(await screen.findByText('Refreshboard cannot reach Tableau.')).toBeInTheDocument()
  })

  it('are asked for again soon while names are still being read', async () => {
    const { api } = visit({ [list]: () => answer([anAcceleration({ content: { kind: 'workbook', id: luid(21) } })], { named: false }) })
    expect(await screen.findByText('Reading its name …')).toBeInTheDocument()
    await waitFor(() => expect(api.of(list).length).toBeGreaterThan(1), { timeout: 3000 })
  })

  it('are gone where Tableau has none any more: why, and nothing is asked', () => {
    sessionStarted(sessionSchema.parse(aSession({ user: 'new', cans: { dataAcceleration: { allowed: false, reason: 'Data acceleration ended with API version 3.16.' } } })))
    const { api } = visit()
    expect(screen.getByRole('heading', { level: 1, name: 'Data acceleration is not there' })).toBeInTheDocument()
    expect(screen.getByText('Data acceleration ended with API version 3.16.')).toBeInTheDocument()
    expect(api.sent).toEqual([])
  })
})
