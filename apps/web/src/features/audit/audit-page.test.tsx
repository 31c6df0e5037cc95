import { sessionSchema } from '@refreshboard/api-types'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { visit } from '../../test/a-schedule.ts'
import { anAudit, anAuditRecord } from '../../test/an-audit.ts'
import { aSession, fakeApi, json, problem } from '../../test/fake-api.ts'
import { AuditPage } from './audit-page.tsx'

const route = 'GET /api/audit'
const zone = { 'GET /api/time-zone': () => json({}) }

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'America/Los_Angeles', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

const open = (path: string, answer: Parameters<typeof fakeApi>[0][string]) => {
  const api = fakeApi({ ...zone, [route]: answer })
  return { api, router: visit([{ path: '/audit', Component: AuditPage }], path), user: userEvent.setup() }
}

const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => anAuditRecord({ seq: from - index }))

describe('the audit', () => {
  it('says that there is nothing yet', async () => {
    open('/audit', () => json(anAudit([])))
    expect(await screen.findByText('Nothing was changed yet')).toBeInTheDocument()
  })

  it('says that nothing matches, and clears the filters', async () => {
    const { router, user } = open('/audit?state=refused', () => json(anAudit([])))
    await user.click(await screen.findByRole('button', { name: 'Clear the filters' }))
    expect(router.state.location.search).toBe('')
  })

  it('says why it cannot be read, and keeps what is there', async () => {
    let fails = true
    const { user } = open('/audit', () => (fails ? problem('storage_unavailable') : json(anAudit([anAuditRecord()]))))
    expect(await screen.findByRole('alert')).toHaveTextContent('Refreshboard cannot reach its own storage.')
    fails = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('link', { name: /^Change a schedule: Nightly/ })).toBeInTheDocument()
  })

  it('opens a record that is not among those in sight by its number', async () => {
    const { api } = open('/audit?record=7', ({ query }) => json(anAudit(query.get('before') === '8' ? [anAuditRecord()] : many(900, 3))))
    const drawer = await screen.findByRole('complementary', { name: 'Record' })
    expect(await within(drawer).findByText('<tsRequest><schedule priority="10"/></tsRequest>')).toBeInTheDocument()
    expect(within(drawer).getByRole('row', { name: 'Priority 50 10' })).toBeInTheDocument()
    expect(api.of(route).some(({ query }) => query.get('limit') === '1')).toBe(true)
  })

  it('makes up no request of a record that cannot be read', async () => {
    open('/audit?record=7', () => json(anAudit([anAuditRecord({ request: undefined, evidence: 'This record cannot be read.' })])))
    const drawer = await screen.findByRole('complementary', { name: 'Record' })
    expect(await within(drawer).findByText('This record cannot be read.')).toBeInTheDocument()
    expect(within(drawer).queryByRole('region', { name: 'What was sent' })).not.toBeInTheDocument()
  })

  it('shows older ones in windows that stand still', async () => {
    const { api, router, user } = open('/audit', ({ query }) => json(anAudit(many(250 - Number(query.get('offset')), 100), { total: 250 })))
    await user.click(await screen.findByRole('button', { name: 'Older' }))
    expect(router.state.location.search).toBe('?offset=100&before=251')
    expect(await screen.findByText('101–200 of 250')).toBeInTheDocument()
    expect(api.of(route).at(-1)?.query.get('before')).toBe('251')
    await user.click(screen.getByRole('button', { name: 'Newer' }))
    expect(router.state.location.search).toBe('')
  })

  it('exports window by window, from the newest that was there, until it is stopped', async () => {
    let release: () => void = () => undefined
    const { api, user } = open('/audit?q=nightly', async ({ query }) => {
      if (query.get('before') === '701' && query.get('limit') === '500') await new Promise<void>((resolve) => (release = resolve))
      return json(anAudit(many(Number(query.get('before') ?? 1201) - 1, Math.min(500, Number(query.get('limit')))), { total: 1200 }))
    })
    await user.click(await screen.findByRole('button', { name: 'Export CSV' }))
    expect(await screen.findByText('Reading: 500 of 1,200')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    release()
    expect(await screen.findByText('Stopped; nothing was saved.')).toBeInTheDocument()
    const exported = api.of(route).filter(({ query }) => query.get('limit') === '500')
    expect(exported.map(({ query }) => [query.get('q'), query.get('before'), query.get('offset')])).toEqual([['nightly', null, '0'], ['nightly', '701', '0']])
  })
})

describe('the address of the audit', () => {
  it('keeps what it holds, and leaves out what breaks a rule', () => {
    expect(paths.audit({ q: 'a b', operation: ['jobs.cancel', 'tasks.run'], state: ['done'], record: 7 })).toBe('/audit?q=a+b&operation=jobs.cancel,tasks.run&state=done&record=7')
    expect(paths.audit()).toBe('/audit')
  })
})
