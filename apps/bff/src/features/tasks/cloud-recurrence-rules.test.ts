import { cloudDailyHours, cloudRecurrenceSchema, weekDayOccurrences, weekDays } from '@refreshboard/api-types'
import { cloudFaults, describeRecurrence, fromCloudRecurrence, nextRuns, toCloudRecurrence, type CloudRecurrence, type Interval, type Recurrence } from '@refreshboard/recurrence'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

// The contract's schema, which forms and the BFF use, and the package's rules are two descriptions of what Cloud takes.

const two = (n: number): string => String(n).padStart(2, '0')
const clock = (minute: number): string => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}:00`
const onGrid = fc.nat(287).map((step) => clock(step * 5))
const span = fc.tuple(fc.nat(287), fc.nat(23)).map(([step, hours]) => ({ start: clock(step * 5), end: clock(step * 5 + hours * 60) }))
const someDays = fc.uniqueArray(fc.constantFrom(...weekDays), { minLength: 1, maxLength: 7 })
const valid = fc.oneof(
  fc.tuple(span, someDays).map(([times, on]) => ({ frequency: 'Hourly' as const, ...times, weekDays: on })),
  fc.tuple(span, someDays, fc.constantFrom(...cloudDailyHours)).map(([times, on, hours]) => ({ frequency: 'Daily' as const, ...times, hours, weekDays: on })),
  fc.record({ frequency: fc.constant('Daily' as const), start: onGrid, hours: fc.constant(24 as const), weekDays: someDays }),
  fc.record({ frequency: fc.constant('Weekly' as const), start: onGrid, weekDay: fc.constantFrom(...weekDays) }),
  fc.record({
    frequency: fc.constant('Monthly' as const),
    start: onGrid,
    on: fc.oneof(
      fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1 }) }),
      fc.constant({ lastDay: true as const }),
      fc.record({ occurrence: fc.constantFrom(...weekDayOccurrences), weekDay: fc.constantFrom(...weekDays) }),
    ),
  }),
)

/** Its days in order, and no end where it has no meaning. */
const inOrder = (value: CloudRecurrence): CloudRecurrence => {
  switch (value.frequency) {
    case 'Hourly':
      return { ...value, weekDays: weekDays.filter((day) => value.weekDays.includes(day)) }
    case 'Daily': {
      const { end, ...rest } = { ...value, weekDays: weekDays.filter((day) => value.weekDays.includes(day)) }
      return rest.hours === 24 ? rest : { ...rest, end }
    }
    case 'Monthly':
      return 'days' in value.on ? { ...value, on: { days: value.on.days.toSorted((a, b) => a - b) } } : value
    case 'Weekly':
    default:
      return value
  }
}

/** Mostly right, now and then something that a rule forbids: several at once as well. */
const anyTime = fc.oneof({ weight: 6, arbitrary: onGrid }, { weight: 1, arbitrary: fc.constantFrom('24:00:00', '9:00:00', '12:60:00', '12:00', '12:02:00', '12:00:30', '12:00:00Z', ' 12:00:00', '') })
const anyDay = fc.oneof({ weight: 8, arbitrary: fc.constantFrom<string>(...weekDays) }, { weight: 1, arbitrary: fc.constantFrom('monday', 'Mon', 'Funday', 'LastDay') })
const anyDays = fc.array(anyDay, { maxLength: 4 })
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 8 })
const draft = fc.oneof(
  fc.record({ frequency: fc.constant('Hourly'), start: optional(anyTime), end: optional(anyTime), weekDays: anyDays }),
  fc.tuple(span, anyDays).map(([times, on]) => ({ frequency: 'Hourly', ...times, weekDays: on })),
  fc.record({ frequency: fc.constant('Daily'), start: optional(anyTime), end: optional(anyTime), hours: fc.integer({ min: 0, max: 25 }), weekDays: anyDays }),
  fc.tuple(span, fc.integer({ min: 0, max: 25 }), anyDays).map(([times, hours, on]) => ({ frequency: 'Daily', ...times, hours, weekDays: on })),
  fc.record({ frequency: fc.constant('Weekly'), start: optional(anyTime), weekDay: optional(anyDay) }),
  fc.record({
    frequency: fc.constant('Monthly'),
    start: optional(anyTime),
    on: fc.oneof(
      fc.record({ days: fc.array(fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 31 }) }, { weight: 1, arbitrary: fc.constantFrom(0, 32, -1, 1.5, 99_999) }), { maxLength: 4 }) }),
      fc.record({ days: fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 2 }), lastDay: fc.constant(true) }),
      fc.record({ lastDay: fc.constant(true) }),
      fc.record({ occurrence: fc.constantFrom<string>(...weekDayOccurrences, 'Sixth', 'first', '1'), weekDay: anyDay }),
    ),
  }),
  fc.record({ frequency: fc.constantFrom('hourly', 'Yearly', 'Fortnightly'), start: anyTime }),
)
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never

const dayIntervals = (days: readonly string[]): Interval[] => days.map((weekDay) => ({ weekDay }))

/** The same as it would be sent, broken rules and all. */
const asSent = (given: Draft): Recurrence => {
  const { frequency, start } = given
  if ('hours' in given) return { frequency, start, end: given.end, intervals: [{ hours: String(given.hours) }, ...dayIntervals(given.weekDays)] }
  if ('weekDays' in given) return { frequency, start, end: given.end, intervals: [{ hours: '1' }, ...dayIntervals(given.weekDays)] }
  if ('weekDay' in given) return { frequency, start, intervals: dayIntervals(given.weekDay === undefined ? [] : [given.weekDay]) }
  if (!('on' in given)) return { frequency, start, intervals: [] }
  const { on } = given
  if ('occurrence' in on) return { frequency, start, intervals: [{ monthDay: on.occurrence, weekDay: on.weekDay }] }
  const days = 'days' in on ? on.days.map((day) => ({ monthDay: String(day) })) : []
  return { frequency, start, intervals: [...days, ...('lastDay' in on ? [{ monthDay: 'LastDay' }] : [])] }
}

/** Where the form has a field for what a sent recurrence calls `intervals`. */
const fieldOf = (path: readonly PropertyKey[]): string => {
  const [first] = path
  return first === 'start' || first === 'end' || first === 'frequency' ? first : 'intervals'
}

const interval = fc.oneof(
  fc.constantFrom('1', '2', '3', '4', '24', '').map((hours) => ({ hours })),
  fc.constantFrom('60', '15').map((minutes) => ({ minutes })),
  anyDay.map((weekDay) => ({ weekDay })),
  fc.constantFrom('1', '15', '31', '32', 'LastDay', 'Customized Monthly').map((monthDay) => ({ monthDay })),
  fc.tuple(fc.constantFrom('First', 'LastDay'), anyDay).map(([monthDay, weekDay]) => ({ monthDay, weekDay })),
  fc.constantFrom({}, { fortnight: '1' }),
)
const anyRead: fc.Arbitrary<Recurrence> = fc
  .tuple(fc.record({ frequency: fc.constantFrom('Hourly', 'Daily', 'Weekly', 'Monthly', 'Yearly'), intervals: fc.array(interval, { maxLength: 4 }) }), fc.oneof(span, fc.record({ start: anyTime, end: anyTime }, { requiredKeys: [] })))
  .map(([rest, times]) => ({ ...rest, ...times }))

describe('the contract and the rules of the recurrence package, for Cloud', () => {
  it('both take whatever the rules allow, which is read back as it was sent, in words and with next runs', () => {
    fc.assert(
      fc.property(valid, (given) => {
        const parsed = cloudRecurrenceSchema.parse(given)
        const sent = fromCloudRecurrence(parsed)
        expect(cloudFaults(sent)).toEqual([])
        expect(toCloudRecurrence(sent)).toEqual({ writable: true, value: inOrder(parsed) })
        expect(fromCloudRecurrence(inOrder(parsed))).toEqual(sent)
        expect(describeRecurrence(sent)).not.toMatch(/unknown/)
        expect(nextRuns(sent, 'America/Los_Angeles', { after: Date.UTC(2026, 0, 15), count: 3 })).toHaveLength(3)
      }),
      { numRuns: 1000 },
    )
  })

  it('refuse every draft that breaks a rule, with the same sentence in the same field, and take all others', () => {
    let refused = 0
    let taken = 0
    fc.assert(
      fc.property(draft, (given) => {
        const issues = cloudRecurrenceSchema.safeParse(given).error?.issues ?? []
        const byContract = new Set(issues.map(({ path, message }) => `${fieldOf(path)}: ${message}`))
        const byRules = new Set(cloudFaults(asSent(given)).map(({ field, message }) => `${field}: ${message}`))
        // The contract tells the wrong days of a list one by one, the rules the first alone.
        const listed = [...byContract].filter((fault) => byRules.has(fault) || !fault.includes('A day of the week is Sunday to Saturday'))
        expect({ given, faults: new Set(listed) }).toEqual({ given, faults: byRules })
        if (issues.length === 0) taken += 1
        else refused += 1
      }),
      { numRuns: 20_000 },
    )
    expect([refused > 10_000, taken > 1000]).toEqual([true, true])
  }, 60_000)

  it('what is read can be taken over exactly when the rules find nothing wrong with it', () => {
    let writable = 0
    fc.assert(
      fc.property(fc.oneof(anyRead, draft.map(asSent)), (read) => {
        const parsed = toCloudRecurrence(read)
        expect({ read, writable: parsed.writable }).toEqual({ read, writable: cloudFaults(read).length === 0 })
        const taken = parsed.writable ? cloudRecurrenceSchema.safeParse(parsed.value).data : undefined
        expect({ read, taken }).toEqual({ read, taken: parsed.writable ? parsed.value : undefined })
        expect(parsed.writable ? '' : parsed.reason).toMatch(/^$|\S.*\.$/)
        writable += parsed.writable ? 1 : 0
      }),
      { numRuns: 3000 },
    )
    expect(writable).toBeGreaterThan(200)
  })
})
