import { serverRecurrenceSchema, weekDays } from '@refreshboard/api-types'
import { fromServerRecurrence, serverFaults, toServerRecurrence, type Recurrence } from '@refreshboard/recurrence'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

// The contract's schema, which forms and the BFF use, and the package's rules are two descriptions of what REST can write.

const two = (n: number): string => String(n).padStart(2, '0')
const time = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map(([h, m, s]) => `${two(h)}:${two(m)}:${two(s)}`)
const writable = fc.oneof(
  fc.record({ frequency: fc.constant('Hourly'), start: time, end: time, every: fc.oneof(fc.constantFrom(1, 2, 4, 6, 8, 12).map((hours) => ({ hours })), fc.constantFrom(15, 30).map((minutes) => ({ minutes }))) }),
  fc.record({ frequency: fc.constant('Daily'), start: time }),
  fc.record({ frequency: fc.constant('Weekly'), start: time, weekDays: fc.uniqueArray(fc.constantFrom(...weekDays), { minLength: 1, maxLength: 7 }) }),
  fc.record({ frequency: fc.constant('Monthly'), start: time, monthDay: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('LastDay')) }),
)

/** Now and then something that a rule forbids. */
const anyTime = fc.oneof({ weight: 4, arbitrary: time }, { weight: 1, arbitrary: fc.constantFrom('24:00:00', '9:00:00', '12:60:00', '12:00', '', '12:00:00Z', ' 12:00:00') })
const anyDay = fc.oneof({ weight: 6, arbitrary: fc.constantFrom<string>(...weekDays) }, { weight: 1, arbitrary: fc.constantFrom('monday', 'Mon', '', 'Funday') })
const draft = fc.oneof(
  fc.record({ frequency: fc.constant('Hourly'), start: anyTime, end: anyTime, every: fc.oneof(fc.integer({ min: 0, max: 25 }).map((hours) => ({ hours })), fc.constantFrom(0, 5, 10, 15, 20, 30, 45, 60).map((minutes) => ({ minutes }))) }),
  fc.record({ frequency: fc.constant('Daily'), start: anyTime }),
  fc.record({ frequency: fc.constant('Weekly'), start: anyTime, weekDays: fc.array(anyDay, { maxLength: 8 }) }),
  fc.record({ frequency: fc.constant('Monthly'), start: anyTime, monthDay: fc.oneof(fc.integer({ min: -1, max: 40 }), fc.constantFrom('LastDay', 'lastDay', 'First')) }),
  fc.record({ frequency: fc.constantFrom('hourly', 'Yearly', ''), start: anyTime }),
)
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never

/** The same as a reply of Tableau's would print it. */
const asRead = (given: Draft): Recurrence => {
  const { frequency, start } = given
  if ('every' in given) return { frequency, start, end: given.end, intervals: Object.entries(given.every).map(([unit, count]) => ({ [unit]: String(count) })) }
  if ('weekDays' in given) return { frequency, start, intervals: given.weekDays.map((weekDay) => ({ weekDay })) }
  if ('monthDay' in given) return { frequency, start, intervals: [{ monthDay: String(given.monthDay) }] }
  return { frequency, start, intervals: [] }
}

const interval = fc.oneof(
  fc.constantFrom('1', '2', '3', '24', '').map((hours) => ({ hours })),
  fc.constantFrom('15', '60', '7').map((minutes) => ({ minutes })),
  anyDay.map((weekDay) => ({ weekDay })),
  fc.constantFrom('1', '15', '31', '32', 'LastDay', 'Customized Monthly').map((monthDay) => ({ monthDay })),
  fc.tuple(fc.constantFrom('First', 'LastDay'), anyDay).map(([monthDay, weekDay]) => ({ monthDay, weekDay })),
  fc.constantFrom({}, { fortnight: '1' }),
)
const madeInTableau: fc.Arbitrary<Recurrence> = fc.record(
  { frequency: fc.constantFrom('Hourly', 'Daily', 'Weekly', 'Monthly', 'Yearly'), start: anyTime, end: anyTime, intervals: fc.array(interval, { maxLength: 4 }) },
  { requiredKeys: ['frequency', 'intervals'] },
)
const anyRead = fc.oneof({ weight: 3, arbitrary: madeInTableau }, { weight: 1, arbitrary: draft.map(asRead) })

describe('the contract and the rules of the recurrence package', () => {
  it('both take whatever REST can write, and read it back as it was written', () => {
    fc.assert(
      fc.property(writable, (given) => {
        const parsed = serverRecurrenceSchema.parse(given)
        const read = fromServerRecurrence(parsed)
        expect(serverFaults(read)).toEqual([])
        const again = toServerRecurrence(read)
        // Days come back from Sunday to Saturday.
        const inOrder = 'weekDays' in parsed ? { ...parsed, weekDays: weekDays.filter((day) => parsed.weekDays.includes(day)) } : parsed
        expect(again.writable ? again.value : again.reason).toEqual(inOrder)
      }),
    )
  })

  it('agree on every draft, right or wrong', () => {
    let refused = 0
    let taken = 0
    fc.assert(
      fc.property(draft, (given) => {
        const byContract = serverRecurrenceSchema.safeParse(given).success
        const faults = serverFaults(asRead(given))
        expect({ given, byContract }).toEqual({ given, byContract: faults.length === 0 })
        if (byContract) taken += 1
        else refused += 1
      }),
      { numRuns: 2000 },
    )
    expect([refused > 200, taken > 200]).toEqual([true, true])
  })

  it('what is read is writable exactly when the contract takes what would be written', () => {
    let writableOnes = 0
    fc.assert(
      fc.property(anyRead, (read) => {
        const parsed = toServerRecurrence(read)
        const taken = parsed.writable ? serverRecurrenceSchema.safeParse(parsed.value).data : undefined
        expect({ read, taken }).toEqual({ read, taken: parsed.writable ? parsed.value : undefined })
        expect(parsed.writable ? serverFaults(fromServerRecurrence(parsed.value)) : []).toEqual([])
        expect(parsed.writable ? '' : parsed.reason).toMatch(/^$|\S.*\.$/)
        writableOnes += parsed.writable ? 1 : 0
      }),
      { numRuns: 3000 },
    )
    expect(writableOnes).toBeGreaterThan(200)
  })
})
