import { assert, asyncProperty, constant, constantFrom, oneof, record, subarray, type Arbitrary } from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { getSchedule, weekDays, type Schedule, type ScheduleChanges, type ServerRecurrence } from '@refreshboard/api-types'
import { fromServerRecurrence, toServerRecurrence } from '@refreshboard/recurrence'
import type { ServerSchedule } from '@refreshboard/tableau-sim'
import { outputOf, problemOf, type Browser, type Reply } from '../../testing/browser.ts'
import { eventually, startHarness, type Harness } from '../../testing/harness.ts'
import { outcomeIn } from '../../testing/written.ts'

let harness: Harness
afterEach(async () => {
  await harness[Symbol.asyncDispose]()
})

/** So many pairs of edits by two people, and a third of it behind the application. */
const pairs = Number(process.env['EDIT_RUNS'] ?? 60)
const behindIt = Math.ceil(pairs / 3)

type Field = keyof ScheduleChanges
/** What a schedule holds, each field as a text that is equal where the field is. */
type State = Record<Field, string>
const fields: readonly Field[] = ['name', 'state', 'priority', 'executionOrder', 'recurrence']

const printed = (value: string | number | ServerRecurrence | undefined): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))
const stateOf = (schedule: Pick<Schedule, 'name' | 'state' | 'priority' | 'executionOrder' | 'recurrence'>): State => {
  const read = schedule.recurrence && toServerRecurrence(schedule.recurrence)
  if (read?.writable !== true) throw new Error('a schedule of this test has times that cannot be written')
  return { name: schedule.name, state: schedule.state, priority: String(schedule.priority), executionOrder: schedule.executionOrder ?? '', recurrence: JSON.stringify(read.value) }
}
const stateAt = (schedule: ServerSchedule): State =>
  stateOf({ ...schedule, recurrence: { frequency: schedule.recurrence.frequency, start: schedule.recurrence.start, ...(schedule.recurrence.end === undefined ? {} : { end: schedule.recurrence.end }), intervals: schedule.recurrence.intervals.map((one) => ({ ...one })) } })

const recurrences: Arbitrary<ServerRecurrence> = oneof(
  record({ frequency: constant('Daily' as const), start: constantFrom('05:00:00', '06:00:00') }),
  record({ frequency: constant('Weekly' as const), start: constantFrom('05:00:00', '07:30:00'), weekDays: subarray([...weekDays], { minLength: 1, maxLength: 3 }) }),
  record({ frequency: constant('Monthly' as const), start: constant('05:00:00'), monthDay: constantFrom(1, 15, 'LastDay' as const) }),
)

/** Few values, so that two people often choose the same field, and sometimes the same value. */
const edits: Arbitrary<ScheduleChanges> = record(
  {
    name: constantFrom('A', 'B', 'C'),
    state: constantFrom('Active' as const, 'Suspended' as const),
    priority: constantFrom(10, 20, 30),
    executionOrder: constantFrom('Parallel' as const, 'Serial' as const),
    recurrence: recurrences,
  },
  { requiredKeys: [] },
).filter((changes) => Object.keys(changes).length > 0)

const asState = (changes: ScheduleChanges): Partial<State> =>
  Object.fromEntries(fields.flatMap((field) => (changes[field] === undefined ? [] : [[field, printed(changes[field])]])))

/** Two edits of one state, field by field: the reference model. */
const merged = (base: State, theirs: State, mine: Partial<State>): { state: State; collisions: Field[] } => {
  const collisions = fields.filter((field) => mine[field] !== undefined && theirs[field] !== base[field] && mine[field] !== theirs[field])
  return { state: collisions.length > 0 ? theirs : { ...theirs, ...mine }, collisions }
}

const seenOf = ({ name, state, priority, executionOrder, frequency, recurrence }: Schedule) => ({ name, state, priority, executionOrder, frequency, recurrence })
const save = (browser: Browser, seen: Schedule, changes: ScheduleChanges): Promise<Reply> => browser.request(`/api/schedules/${seen.id}`, { method: 'PATCH', key: crypto.randomUUID(), body: { changes, seen: seenOf(seen) } })
const open = async (browser: Browser, id: string): Promise<Schedule> => outputOf(getSchedule, await browser.get(`/api/schedules/${id}`))

/** What the second of two is told: what collides, or how much of the other's was kept. */
const toldOf = (reply: Reply): unknown => {
  if (reply.status === 200) return { status: 200, merged: outcomeIn(reply).result?.merged?.length ?? 0 }
  const { status, code, fields: named = {} } = problemOf(reply)
  return { status, code, fields: Object.keys(named).toSorted() }
}

let made = 0
const add = (): ServerSchedule => {
  made += 1
  return harness.sim.world.addSchedule({ name: `Base ${made}`, frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Friday' }] })
}

/** Somebody changes it in Tableau's own pages. */
const changeBehind = (schedule: ServerSchedule, { name, state, priority, executionOrder, recurrence }: ScheduleChanges): void => {
  Object.assign(schedule, {
    ...(name === undefined ? {} : { name: `${name} ${schedule.id}` }),
    ...(state === undefined ? {} : { state }),
    ...(priority === undefined ? {} : { priority }),
    ...(executionOrder === undefined ? {} : { executionOrder }),
    ...(recurrence === undefined ? {} : { recurrence: fromServerRecurrence(recurrence) }),
    updatedAt: harness.simClock.now(),
  })
}

const named = (changes: ScheduleChanges, { id }: { id: string }): ScheduleChanges => (changes.name === undefined ? changes : { ...changes, name: `${changes.name} ${id}` })

const startTwo = async (): Promise<[Browser, Browser]> => {
  harness = await startHarness()
  harness.sim.world.addAccount('ada', 'ServerAdministrator', 'ada')
  return [await harness.signedIn(), await harness.signedIn('ada')]
}

describe('two people who edit one schedule', () => {
  it(`lose nothing: ${pairs} random pairs end as the reference model says, and what collides is refused and named`, async () => {
    const [one, two] = await startTwo()
    let collided = 0
    await assert(
      asyncProperty(edits, edits, async (first, second) => {
        const schedule = add()
        const [theirs, mine] = [named(first, schedule), named(second, schedule)]
        const [seenByOne, seenByTwo] = [await open(one, schedule.id), await open(two, schedule.id)]
        const base = stateOf(seenByOne)
        expect((await save(one, seenByOne, theirs)).status).toBe(200)
        const between = stateAt(schedule)
        expect(between).toEqual({ ...base, ...asState(theirs) })
        const expected = merged(base, between, asState(mine))
        const reply = await save(two, seenByTwo, mine)
        expect(stateAt(schedule)).toEqual(expected.state)
        if (expected.collisions.length > 0) collided += 1
        expect(toldOf(reply)).toEqual(
          expected.collisions.length > 0
            ? { status: 409, code: 'changed_elsewhere', fields: expected.collisions.map((field) => `changes.${field}`).toSorted() }
            : { status: 200, merged: fields.filter((field) => base[field] !== between[field]).length },
        )
      }),
      { numRuns: pairs },
    )
    expect(collided).toBeGreaterThan(pairs / 10)
  }, 600_000)

  it(`overwrite none of ${behindIt} random edits behind the application`, async () => {
    const [one] = await startTwo()
    let collided = 0
    await assert(
      asyncProperty(edits, edits, async (behind, second) => {
        const schedule = add()
        const mine = named(second, schedule)
        const seen = await open(one, schedule.id)
        const base = stateOf(seen)
        changeBehind(schedule, behind)
        const between = stateAt(schedule)
        const expected = merged(base, between, asState(mine))
        const reply = await save(one, seen, mine)
        expect(stateAt(schedule)).toEqual(expected.state)
        expect(reply.status).toBe(expected.collisions.length > 0 ? 409 : 200)
        collided += expected.collisions.length > 0 ? 1 : 0
      }),
      { numRuns: behindIt },
    )
    expect(collided).toBeGreaterThan(behindIt / 20)
  }, 600_000)

  it('an edit behind it between its reading and its writing is told afterwards, and stays', async () => {
    const [one] = await startTwo()
    const schedule = add()
    const seen = await open(one, schedule.id)
    harness.sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'delay', ms: 200 } })
    const reply = save(one, seen, { name: 'Renamed' })
    await eventually(() => harness.sim.ledger.of('updateServerSchedule').length === 1)
    changeBehind(schedule, { priority: 77 })
    expect(outcomeIn(await reply)).toMatchObject({ state: 'done', result: { moved: [`The priority was ${seen.priority ?? ''} and is now 77: somebody else has changed it in the same moment.`] } })
    expect(stateAt(schedule)).toMatchObject({ name: 'Renamed', priority: '77' })
  })

  it('says nothing of an edit when a schedule only fires', async () => {
    const [one] = await startTwo()
    const schedule = add()
    const seen = await open(one, schedule.id)
    harness.simClock.advance(8 * 24 * 60 * 60_000)
    // The first session has long ended at Tableau.
    const later = await harness.signedIn('ada')
    const now = await open(later, schedule.id)
    expect([now.nextRunAt === seen.nextRunAt, now.updatedAt === seen.updatedAt]).toEqual([false, false])
    expect(outcomeIn(await save(later, seen, { priority: 12 })).result).toEqual({ scheduleId: schedule.id })
    expect(schedule.recurrence.intervals).toEqual([{ weekDay: 'Monday' }, { weekDay: 'Friday' }])
  })

  it('sends nothing when the other has done the same', async () => {
    const [one, two] = await startTwo()
    const schedule = add()
    const [seenByOne, seenByTwo] = [await open(one, schedule.id), await open(two, schedule.id)]
    await save(one, seenByOne, { priority: 9, state: 'Suspended' })
    const outcome = outcomeIn(await save(two, seenByTwo, { priority: 9, state: 'Suspended' }))
    expect([outcome.evidence, outcome.result?.merged?.length, harness.sim.ledger.of('updateServerSchedule').length]).toEqual(['The schedule is already as it was wanted: nothing was sent to Tableau.', 2, 1])
  })
})
