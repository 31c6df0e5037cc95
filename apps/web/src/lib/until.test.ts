import { describe, expect, it } from 'vitest'
import { formatComing, formatUntil } from './until.ts'

const minute = 60_000
const hour = 60 * minute

describe('how long until something', () => {
  it.each([
    [-5, 'due'],
    [0, 'due'],
    [1, 'in 1 s'],
    [59_001, 'in 60 s'],
    [minute, 'in 1 min'],
    [2 * hour - 1, 'in 119 min'],
    [6.9 * hour, 'in 6 h'],
    [47.9 * hour, 'in 47 h'],
    [50 * hour, 'in 2 d'],
  ])('%d ms is %s', (ms, words) => {
    expect(formatUntil(ms)).toBe(words)
  })
})

describe('an instant to come', () => {
  const now = Date.parse('2025-11-25T02:00:00Z')
  it.each([
    ['2025-11-25T07:30:00Z', 'America/Los_Angeles', '23:30'],
    ['2025-11-25T13:00:00Z', 'America/Los_Angeles', 'Tue 05:00'],
    ['2025-11-25T13:00:00Z', 'Europe/Berlin', '14:00'],
    ['2025-12-01T07:59:00Z', 'America/Los_Angeles', 'Sun 23:59'],
    ['2025-12-01T08:00:00Z', 'America/Los_Angeles', '01 Dec 00:00'],
    ['2026-01-01T08:00:00Z', 'America/Los_Angeles', '01 Jan 2026 00:00'],
    ['2025-11-24T07:00:00Z', 'America/Los_Angeles', '23 Nov 23:00'],
  ])('%s in %s is %s', (at, zone, words) => {
    expect(formatComing(Date.parse(at), zone, now)).toBe(words)
  })
})
