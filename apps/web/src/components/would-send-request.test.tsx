import { sessionSchema } from '@refreshboard/api-types'
import { screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted } from '../lib/session-store.ts'
import { aSession, fakeApi, json, luid } from '../test/fake-api.ts'
import { show } from '../test/render.tsx'
import { WouldSendRequest } from './would-send-request.tsx'

const route = 'POST /api/would-send'

beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))
afterEach(() => vi.unstubAllGlobals())

const open = (answer: unknown): void => {
  fakeApi({ [route]: () => json(answer) })
  show(<WouldSendRequest write={{ operation: 'bulk.item', params: { id: luid(1), n: '1' } }} />)
}

const add = { method: 'PUT', path: '/api/3.24/sites/1/schedules/2/workbooks', xml: '<tsRequest><task/></tsRequest>', curl: 'curl -X PUT one' }
const remove = { method: 'DELETE', path: '/api/3.24/sites/1/tasks/3', curl: 'curl -X DELETE two' }

describe('what would be sent', () => {
  it('is one request, without a number', async () => {
    open({ requests: [remove] })
    expect(await screen.findByText('DELETE /api/3.24/sites/1/tasks/3')).toBeInTheDocument()
    expect(screen.getByRole('region', { name: 'The same as a command' })).toHaveTextContent('curl -X DELETE two')
    expect(screen.queryByRole('heading')).not.toBeInTheDocument()
  })

  it('is every request in order, each under a heading and with parts of its own', async () => {
    open({ requests: [add, remove] })
    const headings = await screen.findAllByRole('heading')
    expect(headings.map(({ textContent }) => textContent)).toEqual(['1. PUT /api/3.24/sites/1/schedules/2/workbooks', '2. DELETE /api/3.24/sites/1/tasks/3 without a body'])
    expect(screen.getByRole('region', { name: 'XML of request 1' })).toHaveTextContent('<tsRequest><task/></tsRequest>')
    expect(screen.queryByRole('region', { name: 'XML of request 2' })).not.toBeInTheDocument()
    const second = screen.getByRole('region', { name: 'The same as a command of request 2' })
    expect(second).toHaveTextContent('curl -X DELETE two')
    expect(within(second).getByRole('button', { name: 'Copy the curl command of request 2' })).toBeInTheDocument()
  })

  it('may be nothing, and why is said calmly', async () => {
    open({ requests: [], nothing: 'The schedule is as it is asked for already.' })
    const said = await screen.findByText('Nothing would be sent.')
    expect(said.closest('output')).toHaveTextContent('Nothing would be sent. The schedule is as it is asked for already.')
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
    expect(screen.queryByText(/TABLEAU_TOKEN/)).not.toBeInTheDocument()
  })
})
