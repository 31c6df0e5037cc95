import { describe, expect, it } from 'vitest'
import { formatAge, formatDuration, formatFull, formatInstant, isKnownZone, zoneAbbreviation, zoneCity } from './time.ts'

const at = (text: string) => Date.parse(text)
const angeles = 'America/Los_Angeles'

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [45_000, '45 s'],
    [252_000, '4 m 12 s'],
    [60_000, '1 m 00 s'],
    [7_500_000, '2 h 05 m'],
    [90_000_000, '1 d 01 h'],
    [-5000, '0 s'],
  ])('%d ms is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words)
  })
})

describe('ages', () => {
  it.each([
    [0, 'just now'],
    [4000, '4 s ago'],
    [200_000, '3 min ago'],
    [7_300_000, '2 h ago'],
    [30 * 3_600_000, '30 h ago'],
    [50 * 3_600_000, '2 d ago'],
  ])('%d ms is %s', (ms, words) => {
    expect(formatAge(ms)).toBe(words)
  })
})

describe('instants in a zone', () => {
  const now = at('2025-11-23T20:00:00Z')

  it('tells the time alone on the day of the zone, not of UTC', () => {
    expect(formatInstant(at('2025-11-23T10:14:05Z'), angeles, now)).toBe('02:14:05')
    expect(formatInstant(at('2025-11-23T07:59:59Z'), angeles, now)).toBe('22 Nov 23:59')
    expect(formatInstant(at('2025-11-23T07:59:59Z'), 'UTC', now)).toBe('07:59:59')
  })

  it('tells the year when it is another one', () => {
    expect(formatInstant(at('2024-11-23T10:14:05Z'), 'UTC', now)).toBe('23 Nov 2024')
  })

  it('names the zone in full, as it is called at that instant', () => {
    expect(formatFull(at('2025-11-23T10:14:05Z'), angeles)).toBe('Sun 23 Nov 2025, 02:14:05 PST')
    expect(formatFull(at('2025-07-23T10:14:05Z'), angeles)).toBe('Wed 23 Jul 2025, 03:14:05 PDT')
    expect(zoneAbbreviation(now, 'UTC')).toBe('UTC')
    expect(zoneCity(angeles)).toBe('Los Angeles')
  })

  it('tells midnight as 00, never as 24', () => {
    expect(formatInstant(at('2025-11-23T00:00:00Z'), 'UTC', now)).toBe('00:00:00')
  })

  it('knows which zones it can tell', () => {
    expect(isKnownZone(angeles)).toBe(true)
    expect(isKnownZone('Mars/Olympus_Mons')).toBe(false)
  })
})
