import { cloudRecurrenceSchema, weekDays } from '@refreshboard/api-types'
import { cloudFaults, describeRecurrence, fromCloudRecurrence, nextRuns, toCloudRecurrence, type CloudRecurrence, type Recurrence } from '@refreshboard/recurrence'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDay, anyTime, asSent, draft, span, valid } from '../../testing/cloud-drafts.ts'

// The contract's schema, which forms and the BFF use, and the package's rules are two descriptions of what Cloud takes.

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
