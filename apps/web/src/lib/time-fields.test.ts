import { describe, expect, it } from 'vitest'
import { fromFieldValue, toFieldValue } from './time-fields.ts'

const at = (text: string) => Date.parse(text)
const angeles = 'America/Los_Angeles'

describe('date-time fields', () => {
  it('go there and back', () => {
    expect(toFieldValue(at('2025-11-23T10:14:00Z'), angeles)).toBe('2025-11-23T02:14')
    expect(fromFieldValue('2025-11-23T02:14', angeles)).toBe(at('2025-11-23T10:14:00Z'))
    expect(fromFieldValue('2025-07-01T02:14', 'Australia/Lord_Howe')).toBe(at('2025-06-30T15:44:00Z'))
  })

  it('take the first of two equal times, and the one after a gap', () => {
    expect(fromFieldValue('2025-11-02T01:30', angeles)).toBe(at('2025-11-02T08:30:00Z'))
    expect(fromFieldValue('2025-03-09T02:30', angeles)).toBe(at('2025-03-09T10:30:00Z'))
  })

  it('refuse what is no date', () => {
    expect(fromFieldValue('', angeles)).toBeUndefined()
    expect(fromFieldValue('2025-13-01T00:00', angeles)).toBeUndefined()
  })
})
