import { type Luid, luidSchema, scheduleSchema, type ServerRecurrence } from '@refreshboard/api-types'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createServerSchedule, deleteServerSchedule, getServerSchedule, listServerSchedules, sweepPages, type TableauAuth, updateServerSchedule } from './index.ts'
import { rejectionOf } from './testing/answer.ts'
import { scheduleId as unknownId } from './testing/ids.ts'
import { asRead, everyShape, serverRecurrence } from './testing/recurrences.ts'
import { authOf, type Stage, stage } from './testing/stage.ts'

const daily: ServerRecurrence = { frequency: 'Daily', start: '02:15:00' }
const weekly: ServerRecurrence = { frequency: 'Weekly', start: '18:30:00', weekDays: ['Sunday', 'Wednesday'] }

const create = async (on: Stage, auth: TableauAuth, name: string, recurrence: ServerRecurrence): Promise<Luid> => {
  const input = { name, type: 'Extract', priority: 50, executionOrder: 'Parallel', recurrence } as const
  return luidSchema.parse((await on.client.call(createServerSchedule, input, { auth })).value.id)
}
const get = async (on: Stage, auth: TableauAuth, scheduleId: Luid) => (await on.client.call(getServerSchedule, { scheduleId }, { auth })).value

describe('schedules', () => {
  it('are created, read, listed, changed and deleted', async () => {
    await using on = await stage()
    const auth = authOf(await on.signInAs('admin'))
    const input = { name: 'R&D “nights” <1>', type: 'Flow', priority: 1, executionOrder: 'Serial', recurrence: weekly } as const
    const created = (await on.client.call(createServerSchedule, input, { auth })).value
    const scheduleId = luidSchema.parse(created.id)
    expect(created).toMatchObject({ name: input.name, state: 'Active', type: 'Flow', priority: 1, executionOrder: 'Serial', frequency: 'Weekly', recurrence: asRead(weekly) })
    expect(await get(on, auth, scheduleId)).toStrictEqual(created)

    const row = (await sweepPages((request, signal) => on.client.call(listServerSchedules, request, { auth, signal }))).rows.find(({ id }) => id === created.id)
    const { executionOrder: _order, recurrence: _recurrence, ...told } = created
    expect(row).toStrictEqual(told)

    const changes = { name: 'Other', state: 'Suspended', priority: 100, executionOrder: 'Parallel', recurrence: daily } as const
    const changed = (await on.client.call(updateServerSchedule, { scheduleId, ...changes }, { auth })).value
    expect(changed).toMatchObject({ ...changes, type: 'Flow', frequency: 'Daily', recurrence: asRead(daily) })
    expect(await get(on, auth, scheduleId)).toStrictEqual(changed)

    expect((await on.client.call(deleteServerSchedule, { scheduleId }, { auth })).value).toBeUndefined()
    expect(await rejectionOf(get(on, auth, scheduleId))).toMatchObject({ name: 'TableauApiError', httpStatus: 404 })
    for (const operation of ['createServerSchedule', 'updateServerSchedule', 'deleteServerSchedule'] as const) {
      expect(on.sim.ledger.of(operation).map(({ applied }) => applied)).toStrictEqual([true])
    }
  })

  it.each(everyShape.map((shape) => [JSON.stringify(shape), shape] as const))('keep %s through create and update', async (_text, shape) => {
    await using on = await stage({ scenario: 'empty' })
    const auth = authOf(await on.signInAs('admin'))
    const made = await create(on, auth, 'Made', shape)
    expect((await get(on, auth, made)).recurrence).toStrictEqual(asRead(shape))
    const turned = await create(on, auth, 'Turned', shape.frequency === 'Daily' ? weekly : daily)
    await on.client.call(updateServerSchedule, { scheduleId: turned, recurrence: shape }, { auth })
    expect(await get(on, auth, turned)).toMatchObject({ frequency: shape.frequency, recurrence: asRead(shape) })
  })

  const runs = Number(process.env['SCHEDULE_RUNS'] ?? 150)

  it(`give back whatever Server can be asked to write (${runs} recurrences)`, { timeout: 600_000 }, async () => {
    await using on = await stage({ scenario: 'empty' })
    const auth = authOf(await on.signInAs('admin'))
    const scheduleId = await create(on, auth, 'Turning', daily)
    await fc.assert(
      fc.asyncProperty(serverRecurrence, async (recurrence) => {
        const reply = (await on.client.call(updateServerSchedule, { scheduleId, recurrence }, { auth })).value
        expect(reply.recurrence).toStrictEqual(asRead(recurrence))
        expect(await get(on, auth, scheduleId)).toStrictEqual(reply)
      }),
      { numRuns: runs },
    )
  })

  it('that are weekly keep their days through a rename that sends them, and lose them without', async () => {
    await using on = await stage({ scenario: 'empty' })
    const auth = authOf(await on.signInAs('admin'))
    const scheduleId = await create(on, auth, 'Weekly', weekly)
    await on.client.call(updateServerSchedule, { scheduleId, name: 'Renamed', recurrence: weekly }, { auth })
    await on.client.call(updateServerSchedule, { scheduleId, state: 'Suspended', recurrence: weekly }, { auth })
    expect(await get(on, auth, scheduleId)).toMatchObject({ name: 'Renamed', state: 'Suspended', recurrence: asRead(weekly) })
    // The quirk that the days are sent for.
    await on.client.call(updateServerSchedule, { scheduleId, state: 'Active' }, { auth })
    expect((await get(on, auth, scheduleId)).recurrence?.intervals).toHaveLength(7)
  })

  it('of every shape are read, and an update without times leaves them as they are', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('admin'))
    const { rows } = await sweepPages((request, signal) => on.client.call(listServerSchedules, request, { auth, signal }), { pageSize: 7 })
    expect(rows.length).toBeGreaterThanOrEqual(40)
    const printed = new Set<string>()
    for (const row of rows) {
      expect(scheduleSchema.parse(row)).toStrictEqual(row)
      const scheduleId = luidSchema.parse(row.id)
      const before = await get(on, auth, scheduleId)
      expect(before).toMatchObject(row)
      for (const interval of before.recurrence?.intervals ?? []) for (const [name, text] of Object.entries(interval)) printed.add(`${before.frequency} ${name} ${text}`)
      if (row.frequency === 'Weekly' || row.name.startsWith('Simulated')) continue
      await on.client.call(updateServerSchedule, { scheduleId, priority: 77 }, { auth })
      expect(await get(on, auth, scheduleId)).toStrictEqual({ ...before, priority: 77, updatedAt: expect.any(String) as unknown })
    }
    expect([...printed]).toEqual(expect.arrayContaining(['Monthly monthDay Customized Monthly', 'Monthly monthDay LastDay', 'Monthly monthDay 15', 'Monthly weekDay Thursday', 'Hourly minutes 15', 'Hourly weekDay Monday', 'Daily hours 4']))
    expect(new Set(rows.map(({ type }) => type))).toEqual(expect.toSatisfy((types: Set<string>) => ['Extract', 'Subscription', 'Flow', 'System'].every((type) => types.has(type))))
  })

  it('are refused with Tableau’s codes', async () => {
    await using on = await stage({ scenario: 'empty' })
    const auth = authOf(await on.signInAs('admin'))
    const other = authOf(await on.signInAs('site-admin'))
    const scheduleId = await create(on, auth, 'First', daily)
    await create(on, auth, 'Second', weekly)
    const codes = async (...calls: Promise<unknown>[]): Promise<unknown> =>
      await Promise.all(calls.map(async (call) => await rejectionOf(call).then((error) => (typeof error === 'object' && error !== null && 'code' in error ? error.code : error))))
    expect(await codes(create(on, auth, 'First', daily), on.client.call(updateServerSchedule, { scheduleId, name: 'Second' }, { auth }))).toStrictEqual(['409021', '409021'])
    expect(
      await codes(
        get(on, auth, unknownId),
        on.client.call(updateServerSchedule, { scheduleId: unknownId, name: 'x' }, { auth }),
        on.client.call(deleteServerSchedule, { scheduleId: unknownId }, { auth }),
      ),
    ).toStrictEqual(['404023', '404023', '404023'])
    const forbidden = await codes(create(on, other, 'Third', daily), on.client.call(updateServerSchedule, { scheduleId, name: 'x' }, { auth: other }), on.client.call(deleteServerSchedule, { scheduleId }, { auth: other }))
    expect(forbidden).toStrictEqual([expect.stringMatching(/^403/), expect.stringMatching(/^403/), expect.stringMatching(/^403/)])
    expect(await get(on, auth, scheduleId)).toMatchObject({ name: 'First' })
  })

  it('are refused with the rule when their times are wrong', async () => {
    await using on = await stage({ scenario: 'empty' })
    const auth = authOf(await on.signInAs('admin'))
    const wrong = { frequency: 'Daily' as const, start: '25:00:00' }
    expect(await rejectionOf(create(on, auth, 'Wrong', wrong))).toMatchObject({ code: '409004', httpStatus: 400, detail: expect.stringMatching(/./) as unknown })
  })

  it.each(['createServerSchedule', 'updateServerSchedule', 'deleteServerSchedule'] as const)('are written once by %s when the reply is lost', async (operation) => {
    await using on = await stage({ scenario: 'empty' })
    const auth = authOf(await on.signInAs('admin'))
    const scheduleId = await create(on, auth, 'First', daily)
    on.sim.ledger.clear()
    on.sim.faults.add({ operation, when: 'after', times: 5, action: { kind: 'reset' } })
    const calls = {
      createServerSchedule: () => create(on, auth, 'Second', daily),
      updateServerSchedule: () => on.client.call(updateServerSchedule, { scheduleId, priority: 1 }, { auth }),
      deleteServerSchedule: () => on.client.call(deleteServerSchedule, { scheduleId }, { auth }),
    }
    expect(await rejectionOf(calls[operation]())).toMatchObject({ outcome: 'unknown', operation })
    expect(on.sim.ledger.of(operation).map(({ applied }) => applied)).toStrictEqual([true])
  })
})
