import { describe, expect, it } from 'vitest'
import type { DocumentSchedule } from './document.ts'
import { crowd, lintOf } from './lint.ts'
import { readSchedules } from './read.ts'

const doubts = (...schedules: DocumentSchedule[]): string[] => lintOf({ refreshboard: 1, schedules }).map(({ rule, message }) => `${rule}: ${message}`)
const one = (name: string, more: Partial<DocumentSchedule> = {}): DocumentSchedule => ({ name, type: 'Extract', state: 'Active', ...more })
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, at) => ({ workbook: `${prefix} ${at}` }))
const at5 = (frequency: 'Daily' | 'Monday' | 'Friday' | 'Monthly'): DocumentSchedule['repeats'] => {
  if (frequency === 'Daily') return { frequency, start: '05:00:00' }
  return frequency === 'Monthly' ? { frequency, start: '05:00:00', monthDay: 1 } : { frequency: 'Weekly', start: '05:00:30', weekDays: [frequency] }
}

describe('what is doubtful', () => {
  it('is an Active schedule without content', () => {
    expect(doubts(one('A', { content: [] }), one('B'), one('C', { state: 'Suspended', content: [] }), one('D', { type: 'Flow' }))).toEqual(['active-without-content: “A” is Active and has no content of this site: it runs for nothing here.'])
  })

  it('is a Suspended schedule with content', () => {
    expect(doubts(one('A', { state: 'Suspended', content: [{ workbook: 'X' }] }))).toEqual(['suspended-with-content: “A” is Suspended: its content (1) is not refreshed by it.'])
  })

  it('is a name that looks like another, which a server may have all the same', () => {
    const names = ['Café'.normalize('NFC'), 'Café'.normalize('NFD'), 'A', 'a', 'B']
    const flows = names.map((name) => one(name, { type: 'Flow' }))
    expect(doubts(...flows)).toEqual([
      `names-look-alike: “${names[1]}” and “${names[0]}” differ in capitals, blanks or the form of their letters alone.`,
      'names-look-alike: “a” and “A” differ in capitals, blanks or the form of their letters alone.',
    ])
    const reading = readSchedules(`refreshboard: 1\nschedules:\n${names.map((name) => `  - { name: ${JSON.stringify(name)}, type: Flow }\n`).join('')}`)
    expect(reading.ok && reading.lint.map(({ line, column }) => `${line}:${column}`)).toEqual(['4:13', '6:13'])
  })

  it('is content on two schedules, unless one is suspended or the other one incremental', () => {
    expect(doubts(one('A', { content: [{ workbook: 'X' }] }), one('B', { content: [{ workbook: 'X', refresh: 'full' }] }), one('C', { content: [{ workbook: 'X', refresh: 'incremental' }] }))).toEqual([
      'content-on-two-schedules: The workbook “X” is refreshed by 2 schedules: “A”, “B”.',
    ])
  })

  it('is a minute at which many tasks of several schedules begin', () => {
    const half = crowd / 2
    expect(doubts(one('A', { repeats: at5('Daily'), content: many(half, 'a') }), one('B', { repeats: at5('Monday'), content: many(half + 1, 'b') }))).toEqual([
      'crowded-minute: 21 tasks begin at 05:00 on a Monday, from 2 schedules: “A”, “B”. What does not fit at once waits.',
    ])
    expect(doubts(one('A', { repeats: at5('Daily'), content: many(half, 'a') }), one('B', { repeats: at5('Monday'), content: many(half, 'b') }))).toEqual([])
    expect(doubts(one('A', { repeats: at5('Friday'), content: many(half, 'a') }), one('B', { repeats: at5('Monday'), content: many(half + 1, 'b') }))).toEqual([])
    expect(doubts(one('A', { repeats: at5('Monthly'), content: many(half, 'a') }), one('B', { repeats: at5('Monday'), content: many(half + 1, 'b') }))).toEqual([])
    expect(doubts(one('A', { repeats: at5('Daily'), content: many(crowd + 1, 'a') }))).toEqual([])
  })

  it('stands where it is in the text', () => {
    const reading = readSchedules('refreshboard: 1\nschedules:\n  - name: A\n    type: Extract\n    state: Active\n    content: []\n')
    expect(reading.ok && reading.lint).toEqual([{ line: 6, column: 14, path: 'schedules[0].content', rule: 'active-without-content', message: '“A” is Active and has no content of this site: it runs for nothing here.' }])
  })
})
