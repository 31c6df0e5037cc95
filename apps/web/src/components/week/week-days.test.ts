import * as time from '../../lib/time-fields.ts'
import { describe, expect, it } from 'vitest'
import { addDays, changeInWords, clockOfMinute, dayOf, isSecondTime, minuteOf, weekOf } from './week-days.ts'

describe('a week', () => {
  it.each([
    ['2026-11-23', '2026-11-23', '2026-11-29'],
    ['2026-11-25', '2026-11-23', '2026-11-29'],
    ['2026-11-29', '2026-11-23', '2026-11-29'],
    ['2027-01-01', '2026-12-28', '2027-01-03'],
  ])('with %s goes from Monday %s to Sunday %s', (date, monday, sunday) => {
    const week = weekOf(date)
    expect([week[0], week[6]]).toEqual([monday, sunday])
    expect(week).toHaveLength(7)
    expect(addDays(sunday, -6)).toBe(monday)
  })
})

describe('a day without a change of the clock', () => {
  it('has 24 hours of its zone', () => {
    const day = dayOf('2026-11-23', 'America/Los_Angeles')
    expect(day).toEqual({ date: '2026-11-23', from: Date.parse('2026-11-23T08:00:00Z'), to: Date.parse('2026-11-24T08:00:00Z'), change: undefined })
    expect(minuteOf(Date.parse('2026-11-23T13:00:30Z'), day)).toBe(300)
  })
})

describe('the day on which the clock goes forward', () => {
  const day = dayOf('2026-03-08', 'America/Los_Angeles')

  it('has 23 hours and leaves out two to three', () => {
    expect(day.to - day.from).toBe(23 * 3_600_000)
    expect(day.change).toEqual({ kind: 'skipped', fromMinute: 120, toMinute: 180, at: Date.parse('2026-03-08T10:00:00Z') })
    expect(changeInWords(day.change ?? { kind: 'skipped', fromMinute: 0, toMinute: 0, at: 0 })).toMatch(/from 02:00 to 03:00/)
  })

  it('keeps every instant on the row of its wall clock', () => {
    expect(minuteOf(Date.parse('2026-03-08T09:59:00Z'), day)).toBe(119)
    expect(minuteOf(Date.parse('2026-03-08T10:00:00Z'), day)).toBe(180)
    expect(minuteOf(Date.parse('2026-03-09T06:59:00Z'), day)).toBe(1439)
  })
})

describe('the day on which the clock goes back', () => {
  const day = dayOf('2026-11-01', 'America/Los_Angeles')

  it('has 25 hours, of which one to two comes twice', () => {
    expect(day.to - day.from).toBe(25 * 3_600_000)
    expect(day.change).toMatchObject({ kind: 'repeated', fromMinute: 60, toMinute: 120 })
  })

  it('shows both times on the same row, and tells them apart', () => {
    const [first, second] = [Date.parse('2026-11-01T08:30:00Z'), Date.parse('2026-11-01T09:30:00Z')]
    expect([minuteOf(first, day), minuteOf(second, day)]).toEqual([90, 90])
    expect([isSecondTime(first, day, 90), isSecondTime(second, day, 90)]).toEqual([false, true])
    expect(isSecondTime(Date.parse('2026-11-01T12:00:00Z'), day, 240)).toBe(false)
  })
})

describe('clocks that jump elsewhere', () => {
  it('by half an hour', () => {
    expect(dayOf('2026-04-05', 'Australia/Lord_Howe').change).toMatchObject({ kind: 'repeated', fromMinute: 90, toMinute: 120 })
  })

  it('at midnight, which leaves out the first hour', () => {
    const day = dayOf('2026-04-24', 'Africa/Cairo')
    expect(day.change).toMatchObject({ kind: 'skipped', fromMinute: 0, toMinute: 60, at: day.from })
    expect(minuteOf(day.from, day)).toBe(60)
  })
})

describe('every minute of a year', () => {
  it.each(['America/Los_Angeles', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kolkata', 'America/Sao_Paulo'])('stands where a clock in %s shows it', (zone) => {
    for (let day = 0; day < 365; day += 1) {
      const calendar = dayOf(addDays('2026-01-01', day), zone)
      for (let at = calendar.from; at < calendar.to; at += 97 * 60_000) {
        const [date, clock] = time.toFieldValue(at, zone).split('T')
        expect(`${calendar.date} ${clockOfMinute(minuteOf(at, calendar))}`).toBe(`${date} ${clock}`)
      }
    }
  })
})
