import { sessionSchema, type Task } from '@refreshboard/api-types'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sessionStarted } from '../../lib/session-store.ts'
import { aBareTask, aTask } from '../../test/a-task.ts'
import { aSession, fakeApi, json, luid, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import type { HeldTasks } from './tasks.queries.ts'
import { useRefreshType } from './use-refresh-type.ts'

const route = `GET /api/schedules/${luid(51)}/tasks`
const types = (refreshType?: string) =>
  json({ tasks: [{ ...aTask(), ...(refreshType === undefined ? {} : { refreshType }) }], scope: 'site', refreshTypes: true, named: true, age: { ageMs: 1, tableauNow: '2025-11-23T10:05:00Z' } })

const Told = ({ task, scope }: { task: Task; scope: HeldTasks['scope'] }) => {
  const told = useRefreshType(task, scope)
  return (
    <>
      <output>{told.state === 'told' ? told.refreshType : told.state}</output>
      {told.state === 'failed' && <button onClick={told.retry}>again</button>}
    </>
  )
}

const look = (task = aTask(), scope: HeldTasks['scope'] = 'site') => show(<Told task={task} scope={scope} />)

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

it('what is still being read is not called untold', async () => {
  let answer: () => void = () => undefined
  fakeApi({ [route]: () => new Promise<Response>((resolve) => (answer = () => resolve(types('FullRefresh')))) })
  look()
  expect(screen.getByText('reading')).toBeInTheDocument()
  await vi.waitFor(() => {
    answer()
    expect(screen.getByText('FullRefresh')).toBeInTheDocument()
  })
})

it('a reading that failed is told as that, and can be done again', async () => {
  let fails = true
  fakeApi({ [route]: () => (fails ? problem('upstream_unreachable') : types('IncrementalRefresh')) })
  look()
  fails = false
  await userEvent.click(await screen.findByRole('button', { name: 'again' }))
  expect(await screen.findByText('IncrementalRefresh')).toBeInTheDocument()
})

it('is untold where Tableau does not tell it', async () => {
  fakeApi({ [route]: () => types() })
  look()
  expect(await screen.findByText('untold')).toBeInTheDocument()
})

it.each([
  ['who may read their own tasks only', aTask(), 'own'],
  ['of a virtual connection', aBareTask(), 'site'],
] as const)('is untold at once, and not asked for, %s', (_what, task, scope) => {
  const api = fakeApi({})
  look(task, scope)
  expect(screen.getByText('untold')).toBeInTheDocument()
  expect(api.of(route)).toEqual([])
})
