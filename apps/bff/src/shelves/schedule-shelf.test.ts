import type { Schedule } from '@refreshboard/api-types'
import { TableauApiError, TableauProtocolError, TableauUnreachableError, TableauUnsupportedError } from '@refreshboard/tableau-client'
import { describe, expect, it } from 'vitest'
import { SessionEnded } from '../session/session-ended.ts'
import { fakeTableau, someLuid, somePrincipal } from '../testing/fake-tableau.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { ScheduleShelf } from './schedule-shelf.ts'

const at = (second: number): string => `2026-03-04T10:00:${String(second).padStart(2, '0')}Z`
const row = (n: number, more: Partial<Schedule> = {}): Schedule => ({ id: someLuid(n), name: `Schedule ${n}`, state: 'Active', type: 'Extract', frequency: 'Daily', updatedAt: at(0), ...more })
const whole = (of: Schedule): Schedule => ({ ...of, executionOrder: 'Parallel', recurrence: { frequency: of.frequency, start: '05:00:00', intervals: [] } })
const gone = (operation: string): TableauApiError => new TableauApiError(operation, { code: '404023', summary: 's', detail: 'd', httpStatus: 404 })

const isId = (input: unknown): input is { scheduleId: string } => typeof input === 'object' && input !== null && 'scheduleId' in input

/** A shelf over a server that tells `rows`, and of each its detail unless `detail` says otherwise. */
const setUp = (count: number) => {
  const clock = createTestClock()
  const rows = new Map(Array.from({ length: count }, (_one, n): [string, Schedule] => [someLuid(n), row(n)]))
  const server = { rows, detail: (id: string): unknown => whole(rows.get(id) ?? row(999)) }
  const answer = (operation: string, input: unknown): unknown => {
    if (operation === 'listServerSchedules') return { rows: [...rows.values()], pageNumber: 1, pageSize: 1000, totalAvailable: rows.size }
    return isId(input) ? server.detail(input.scheduleId) : undefined
  }
  const tableau = fakeTableau({ answer })
  const shelf = new ScheduleShelf(somePrincipal(), clock)
  const read = () => shelf.read(tableau, { details: true })
  const details = (): number => tableau.calls.filter((name) => name === 'getServerSchedule').length
  return { clock, server, tableau, answer, shelf, read, details }
}

describe('the details of schedules', () => {
  it('are read four at a time, once each, and stay while nothing changes', async () => {
    const { read, details, tableau, clock, server } = setUp(20)
    server.detail = async (id) => {
      await Promise.resolve()
      return whole(server.rows.get(id) ?? row(999))
    }
    const view = await read()
    expect(view.details).toEqual({ known: 20, wanted: 20 })
    expect(view.schedules.every(({ recurrence }) => recurrence?.start === '05:00:00')).toBe(true)
    expect([details(), tableau.underWay.most]).toEqual([20, 4])
    clock.advance(5000)
    await read()
    expect([details(), tableau.calls.filter((name) => name === 'listServerSchedules').length]).toEqual([20, 2])
  })

  it('are not waited for longer than a moment, and come with a later answer', async () => {
    const { read, server, clock } = setUp(3)
    let tell = (): void => undefined
    const told = new Promise<void>((resolve) => {
      tell = resolve
    })
    server.detail = async (id) => {
      await told
      return whole(server.rows.get(id) ?? row(999))
    }
    const early = read()
    while (clock.waiting === 0) await Promise.resolve()
    clock.advance(250)
    expect((await early).details).toEqual({ known: 0, wanted: 3 })
    tell()
    expect((await read()).details).toEqual({ known: 3, wanted: 3 })
  })

  it('are read again when a schedule fired or was changed', async () => {
    const { read, details, server, clock } = setUp(3)
    await read()
    server.rows.set(someLuid(1), row(1, { updatedAt: at(9), name: 'Renamed' }))
    clock.advance(5000)
    const view = await read()
    expect(details()).toBe(4)
    expect(view.schedules.map(({ name, recurrence }) => [name, recurrence?.start])).toEqual([['Schedule 0', '05:00:00'], ['Renamed', '05:00:00'], ['Schedule 2', '05:00:00']])
  })

  it('of an older state are not shown', async () => {
    const { read, server, clock } = setUp(1)
    await read()
    server.rows.set(someLuid(0), row(0, { updatedAt: at(9), frequency: 'Weekly' }))
    server.detail = () => {
      throw new TableauUnreachableError('getServerSchedule', { kind: 'reset', sent: true, reason: 'x' })
    }
    clock.advance(5000)
    const view = await read()
    expect([view.schedules[0]?.recurrence, view.details, view.detailsFailure]).toEqual([undefined, { known: 0, wanted: 1 }, expect.any(TableauUnreachableError)])
  })

  it('of a schedule that is gone, refused or unreadable leave its row as it is, and the others alone', async () => {
    const { read, server, details, clock } = setUp(10)
    const faults: Record<string, Error> = {
      [someLuid(2)]: gone('getServerSchedule'),
      [someLuid(3)]: new TableauApiError('getServerSchedule', { code: '403004', summary: 's', detail: 'd', httpStatus: 403 }),
      [someLuid(4)]: new TableauProtocolError('getServerSchedule', 'cut off', { httpStatus: 200 }),
    }
    server.detail = (id) => {
      const fault = faults[id]
      if (fault) throw fault
      return whole(server.rows.get(id) ?? row(999))
    }
    const view = await read()
    expect([view.schedules.length, view.details, view.detailsFailure]).toEqual([10, { known: 7, wanted: 7 }, undefined])
    expect(view.schedules[4]).toEqual(row(4))
    clock.advance(29_999)
    await read()
    expect(details()).toBe(10)
    clock.advance(1)
    delete faults[someLuid(4)]
    expect((await read()).details).toEqual({ known: 8, wanted: 8 })
    expect(details()).toBe(13)
  })

  it.each([
    ['Tableau asks to wait', new TableauApiError('getServerSchedule', { code: '429000', summary: 's', detail: 'd', httpStatus: 429, retryAfterMs: 90_000 }), 90_000],
    ['Tableau does not answer', new TableauUnreachableError('getServerSchedule', { kind: 'timeout', sent: true, reason: 'x' }), 30_000],
    ['a proxy stands before a dead Tableau', new TableauProtocolError('getServerSchedule', 'HTML', { httpStatus: 502 }), 30_000],
  ])('are not asked for while %s', async (_name, error, waitMs) => {
    const { read, server, details, clock } = setUp(50)
    const answer = server.detail
    server.detail = () => {
      throw error
    }
    expect(await read()).toMatchObject({ details: { known: 0, wanted: 50 }, detailsFailure: error })
    expect(details()).toBeLessThanOrEqual(4)
    server.detail = answer
    clock.advance(waitMs - 1)
    expect((await read()).details.known).toBe(0)
    clock.advance(1)
    expect(await read()).toMatchObject({ details: { known: 50, wanted: 50 }, detailsFailure: undefined })
  })

  it('are read on by another session when the first one’s token dies', async () => {
    const { read, server, shelf, answer } = setUp(10)
    let left = 3
    const alive = server.detail
    server.detail = (id) => {
      if (left === 0) throw new SessionEnded('session')
      left -= 1
      return alive(id)
    }
    expect((await read()).details).toEqual({ known: 3, wanted: 10 })
    server.detail = alive
    const other = fakeTableau({ answer, sessionId: 'other' })
    expect((await shelf.read(other, { details: true })).details).toEqual({ known: 10, wanted: 10 })
    expect(other.calls.filter((name) => name === 'getServerSchedule')).toHaveLength(7)
  })

  it('are not asked for by an id that is none, nor where the server has none', async () => {
    const { read, server, details, shelf, tableau } = setUp(1)
    server.rows.set('not a LUID', row(7, { id: 'not a LUID' }))
    expect((await shelf.read(tableau, { details: false })).details).toEqual({ known: 0, wanted: 0 })
    expect(details()).toBe(0)
    expect((await read()).details).toEqual({ known: 1, wanted: 1 })
  })

  it('without a date are read again after a minute', async () => {
    const { read, server, details, clock } = setUp(0)
    const { updatedAt: _none, ...undated } = row(1)
    server.rows.set(someLuid(1), undated)
    await read()
    clock.advance(59_999)
    expect((await read()).details.known).toBe(1)
    expect(details()).toBe(1)
    clock.advance(1)
    await read()
    expect(details()).toBe(2)
  })

  it('are forgotten with their schedule', async () => {
    const { read, server, shelf, clock } = setUp(100)
    await read()
    expect(shelf.rowsHeld).toBe(200)
    server.rows.clear()
    clock.advance(61_000)
    expect((await read()).schedules).toEqual([])
    expect(shelf.rowsHeld).toBe(0)
  })
})

describe('what was just written', () => {
  it('is in the list before Tableau’s own has it, for a minute at most, and only once', async () => {
    const { read, server, shelf, clock, details } = setUp(1)
    await read()
    const made = whole(row(5, { name: 'New', updatedAt: at(5) }))
    shelf.made(made)
    expect((await read()).schedules).toEqual([whole(row(0)), made])
    server.rows.set(someLuid(5), row(5, { name: 'New', updatedAt: at(5) }))
    clock.advance(5000)
    expect((await read()).schedules).toEqual([whole(row(0)), made])
    expect(details()).toBe(1)
    server.rows.delete(someLuid(5))
    clock.advance(55_000)
    expect((await read()).schedules).toEqual([whole(row(0))])
  })

  it('is not undone by a list that runs behind', async () => {
    const { read, shelf, clock, server } = setUp(1)
    await read()
    shelf.changed(whole(row(0, { name: 'Renamed', updatedAt: at(7) })))
    expect((await read()).schedules[0]?.name).toBe('Renamed')
    clock.advance(30_000)
    expect((await read()).schedules[0]?.name).toBe('Renamed')
    server.rows.set(someLuid(0), row(0, { name: 'By somebody else', updatedAt: at(8) }))
    clock.advance(5000)
    expect((await read()).schedules[0]?.name).toBe('By somebody else')
  })

  it('is what a schedule is now on a server that tells it in its list alone, until the list is as new', async () => {
    const { shelf, clock, server, tableau } = setUp(1)
    server.detail = () => {
      throw new TableauUnsupportedError('getServerSchedule', { apiVersion: '3.7', since: '3.8' })
    }
    const now = async () => (await shelf.readOne(tableau, someLuid(0))).schedule.name
    shelf.changed(whole(row(0, { name: 'Renamed', updatedAt: at(7) })))
    expect(await now()).toBe('Renamed')
    clock.advance(30_000)
    server.rows.set(someLuid(0), row(0, { name: 'By somebody else in that second', updatedAt: at(7) }))
    expect(await now()).toBe('By somebody else in that second')
    server.rows.set(someLuid(0), row(0))
    clock.advance(30_000)
    expect(await now()).toBe('Schedule 0')
  })

  it('within one second of the write before is not undone either', async () => {
    const { read, shelf, clock } = setUp(1)
    await read()
    shelf.changed(whole(row(0, { name: 'Renamed' })))
    clock.advance(30_000)
    expect((await read()).schedules[0]?.name).toBe('Renamed')
    clock.advance(31_000)
    expect((await read()).schedules[0]?.name).toBe('Schedule 0')
  })

  it('stays deleted while the list still has it', async () => {
    const { read, shelf, clock } = setUp(2)
    await read()
    shelf.deleted(someLuid(1))
    expect((await read()).schedules.map(({ id }) => id)).toEqual([someLuid(0)])
    clock.advance(59_999)
    expect((await read()).schedules).toHaveLength(1)
    clock.advance(1)
    expect((await read()).schedules).toHaveLength(2)
  })
})
