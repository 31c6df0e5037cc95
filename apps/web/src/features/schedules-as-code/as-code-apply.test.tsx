import { listBulk, sessionSchema } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Toasts } from '../../components/toasts.tsx'
import { readOf } from '../../lib/query.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { anItem, aRun } from '../../test/a-run.ts'
import { aSession, fakeApi, json, problem } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { AsCodeApply } from './as-code-apply.tsx'

beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))
afterEach(() => vi.unstubAllGlobals())

const run = aRun([anItem(0, { step: 'create' })], { action: 'schedules.apply' })
const route = `POST /api/bulk/${run.id}/start`
const apply = (onStarted = vi.fn()) => <AsCodeApply run={run} reason={undefined} onStarted={onStarted} onChanged={() => undefined} />
const press = async () => userEvent.setup().click(await screen.findByRole('button', { name: 'Apply 1 change' }))

describe('applying a plan', () => {
  it('leads nobody away from where they are by the time it is answered, and tells them', async () => {
    let answer: (response: Response) => void = () => undefined
    fakeApi({ [route]: async () => new Promise((resolve) => (answer = resolve)), 'GET /api/bulk': () => json({ runs: [] }) })
    const onStarted = vi.fn()
    show(<Toasts />)
    const { unmount } = show(apply(onStarted))
    await press()
    unmount()
    answer(json({ ...run, state: 'running' }))
    expect(await screen.findByText(`“${run.title}” was started`)).toBeVisible()
    expect(onStarted).not.toHaveBeenCalled()
  })

  it('says that nothing was sent where the start was refused', async () => {
    fakeApi({ [route]: () => problem('storage_unavailable') })
    show(apply())
    await press()
    expect(await screen.findByText('Nothing was sent.')).toBeVisible()
  })

  it('has the line of the runs read again at once', async () => {
    const api = fakeApi({ [route]: () => json({ ...run, state: 'running' }), 'GET /api/bulk': () => json({ runs: [] }) })
    const Line = () => {
      useQuery(readOf(listBulk, undefined))
      return null
    }
    show(
      <>
        <Line />
        {apply()}
      </>,
    )
    await waitFor(() => expect(api.of('GET /api/bulk')).toHaveLength(1))
    await press()
    await waitFor(() => expect(api.of('GET /api/bulk')).toHaveLength(2))
  })
})
