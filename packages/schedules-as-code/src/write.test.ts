import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weekDays, type ServerRecurrence } from '@refreshboard/api-types'
import type { DocumentContent, DocumentSchedule, ScheduleDocument } from './document.ts'
import { contentKey } from './document.ts'
import { projectPath } from './project-path.ts'
import { readSchedules } from './read.ts'
import { sortedDocument, writeSchedules } from './write.ts'

const hostile = fc.constantFrom('yes', 'No', 'null', '~', '05:00', '05:00:00', '1e3', '0x1F', '.inf', ' ', ' leading', 'trailing ', 'a: b', 'a #b', '#', '- x', '---', '...', '? x', '! x', '&a', '*a', '"', "'", '\\', '\\n', '\n', 'a\n\n b', '\t', '%', '@', '`', '|', '>', '{', ']', ',', '<<', '📊 Zahlen', 'Ünïcödé', '\u2028', '\u0085', '\uFEFF', '\u200Bx', 'שלום', '名前', '2026-11-28', '__proto__', 'toString')
const sendable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text) && text.length <= 255)
const nameArb = fc.oneof(hostile, sendable, fc.tuple(hostile, sendable).map((pair) => pair.join('')))

const timeArb = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 })).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
const everyArb = fc.oneof(fc.constantFrom(1, 2, 4, 6, 8, 12).map((hours) => ({ hours })), fc.constantFrom(15, 30).map((minutes) => ({ minutes }))) as fc.Arbitrary<Extract<ServerRecurrence, { frequency: 'Hourly' }>['every']>
const recurrenceArb: fc.Arbitrary<ServerRecurrence> = fc.oneof(
  fc.record({ frequency: fc.constant('Hourly' as const), start: timeArb, end: timeArb, every: everyArb }),
  fc.record({ frequency: fc.constant('Daily' as const), start: timeArb }),
  fc.record({ frequency: fc.constant('Weekly' as const), start: timeArb, weekDays: fc.subarray([...weekDays], { minLength: 1 }) }),
  fc.record({ frequency: fc.constant('Monthly' as const), start: timeArb, monthDay: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('LastDay' as const)) }),
)
const asReadArb = fc.record({ 'as-read': fc.record({ frequency: nameArb, start: nameArb, intervals: fc.array(fc.dictionary(fc.constantFrom('hours', 'weekDay', 'no', 'a: b'), nameArb), { maxLength: 3 }) }) })
const pathArb = fc.array(nameArb, { minLength: 1, maxLength: 3 }).map(projectPath)
const contentArb: fc.Arbitrary<DocumentContent> = fc
  .record({ kind: fc.constantFrom('workbook' as const, 'datasource' as const), name: nameArb, project: fc.option(pathArb, { nil: undefined }), refresh: fc.constantFrom('full' as const, 'incremental' as const, undefined) })
  .map(({ kind, name, project, refresh }) => ({ [kind]: name, ...(project === undefined ? {} : { project }), ...(refresh === undefined ? {} : { refresh }) }))
const withoutContent = {
  name: nameArb,
  state: fc.constantFrom('Active' as const, 'Suspended' as const),
  priority: fc.integer({ min: 1, max: 100 }),
  order: fc.constantFrom('Parallel' as const, 'Serial' as const),
  repeats: fc.oneof(recurrenceArb, asReadArb),
  ends: fc.constantFrom('2027-01-31T00:00:00Z', '2025-12-01T08:30:15.5Z'),
}
const scheduleArb: fc.Arbitrary<DocumentSchedule> = fc.oneof(
  fc.record({ ...withoutContent, type: fc.constant('Extract' as const), content: fc.uniqueArray(contentArb, { maxLength: 4, selector: contentKey }) }, { requiredKeys: ['name', 'type'] }),
  fc.record({ ...withoutContent, type: fc.constantFrom('Flow' as const, 'Subscription' as const, 'DataAcceleration' as const) }, { requiredKeys: ['name', 'type'] }),
)
const documentArb: fc.Arbitrary<ScheduleDocument> = fc.uniqueArray(scheduleArb, { maxLength: 6, selector: ({ name }) => name }).map((schedules) => ({ refreshboard: 1, schedules }))

describe('a text of schedules', () => {
  it('is read back as it was written, whatever the names', () => {
    fc.assert(
      fc.property(documentArb, (document) => {
        const reading = readSchedules(writeSchedules(document))
        expect(reading.ok ? reading.document : reading.faults).toEqual(sortedDocument(document))
      }),
      { numRuns: 150 },
    )
  })

  it('is the same text for the same schedules, in whatever order', () => {
    fc.assert(
      fc.property(documentArb, (document) => {
        const text = writeSchedules(document)
        const turned = { ...document, schedules: document.schedules.toReversed().map((one) => ({ ...one, ...(one.content === undefined ? {} : { content: one.content.toReversed() }) })) }
        expect(writeSchedules(turned)).toBe(text)
        const reading = readSchedules(text)
        expect(reading.ok && writeSchedules(reading.document)).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same text for the same times under as-read, in whatever order Tableau tells them', () => {
    const textOf = (intervals: Record<string, string>[]) => writeSchedules({ refreshboard: 1, schedules: [{ name: 'One', type: 'Flow', repeats: { 'as-read': { frequency: 'Monthly', start: '05:00:00', intervals } } }] })
    const text = textOf([{ monthDay: '25' }, { monthDay: '3' }, { weekDay: 'Monday', monthDay: '10' }])
    expect(text).toContain('intervals: [{ monthDay: "3" }, { monthDay: "10", weekDay: Monday }, { monthDay: "25" }]')
    expect(textOf([{ monthDay: '10', weekDay: 'Monday' }, { monthDay: '25' }, { monthDay: '3' }])).toBe(text)
  })

  it('looks as the manual shows it', () => {
    const text = writeSchedules({
      refreshboard: 1,
      schedules: [
        { name: 'no', type: 'Flow' },
        {
          name: 'Weekday early',
          type: 'Extract',
          state: 'Active',
          priority: 50,
          order: 'Parallel',
          repeats: { frequency: 'Weekly', start: '05:00:00', weekDays: ['Friday', 'Monday'] },
          ends: '2027-01-31T00:00:00Z',
          content: [{ workbook: 'Sales: by region', project: projectPath(['Finance', 'A/B']), refresh: 'full' }],
        },
      ],
    })
    expect(text).toBe(String.raw`refreshboard: 1
schedules:
  - name: Weekday early
    type: Extract
    state: Active
    priority: 50
    order: Parallel
    repeats: { frequency: Weekly, start: "05:00:00", weekDays: [Monday, Friday] }
    ends: "2027-01-31T00:00:00Z"
    content:
      - workbook: "Sales: by region"
        project: "Finance/A\\/B"
        refresh: full
  - name: "no"
    type: Flow
`)
  })
})
