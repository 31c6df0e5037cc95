import { recurrenceSchema, serverRecurrenceSchema } from '@refreshboard/api-types'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAll } from '../testing/read-all.ts'
import { asRead, everyShape, serverRecurrence } from '../testing/recurrences.ts'
import type { XmlElement } from './element.ts'
import { decodeRecurrence, encodeRecurrence } from './recurrence.ts'
import { writeRequest } from './writer.ts'

const reply = (schedule: string): XmlElement => {
  const root = readAll(Buffer.from(`<tsResponse xmlns="http://tableau.com/api" xmlns:x="urn:x">${schedule}</tsResponse>`))
  const [found] = root?.children ?? []
  if (found === undefined) throw new Error('no schedule')
  return found
}

const written = (recurrence: Parameters<typeof encodeRecurrence>[0]): string => {
  const { frequency, details } = encodeRecurrence(recurrence)
  return writeRequest({ name: 'schedule', attributes: { frequency }, children: [details] }).replace(/^<tsRequest>(.*)<\/tsRequest>$/, '$1')
}

describe('a recurrence', () => {
  it.each([
    [
      { frequency: 'Hourly', start: '18:30:00', end: '23:00:00', every: { hours: 2 } } as const,
      '<schedule frequency="Hourly"><frequencyDetails start="18:30:00" end="23:00:00"><intervals><interval hours="2"/></intervals></frequencyDetails></schedule>',
    ],
    [
      { frequency: 'Hourly', start: '00:00:00', end: '00:00:00', every: { minutes: 15 } } as const,
      '<schedule frequency="Hourly"><frequencyDetails start="00:00:00" end="00:00:00"><intervals><interval minutes="15"/></intervals></frequencyDetails></schedule>',
    ],
    [{ frequency: 'Daily', start: '02:15:00' } as const, '<schedule frequency="Daily"><frequencyDetails start="02:15:00"/></schedule>'],
    [
      { frequency: 'Weekly', start: '18:30:00', weekDays: ['Saturday', 'Wednesday', 'Sunday', 'Wednesday'] } as const,
      '<schedule frequency="Weekly"><frequencyDetails start="18:30:00"><intervals><interval weekDay="Sunday"/><interval weekDay="Wednesday"/><interval weekDay="Saturday"/></intervals></frequencyDetails></schedule>',
    ],
    [
      { frequency: 'Monthly', start: '06:00:00', monthDay: 15 } as const,
      '<schedule frequency="Monthly"><frequencyDetails start="06:00:00"><intervals><interval monthDay="15"/></intervals></frequencyDetails></schedule>',
    ],
    [
      { frequency: 'Monthly', start: '06:00:00', monthDay: 'LastDay' } as const,
      '<schedule frequency="Monthly"><frequencyDetails start="06:00:00"><intervals><interval monthDay="LastDay"/></intervals></frequencyDetails></schedule>',
    ],
  ])('%# is written as the reference has it', (recurrence, xml) => {
    expect(written(recurrence)).toBe(xml)
  })

  it('is read as it was written, whatever Server can be asked to write', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(serverRecurrence, (recurrence) => {
        expect(serverRecurrenceSchema.parse(recurrence)).toStrictEqual(recurrence)
        expect(decodeRecurrence(reply(written(recurrence)))).toStrictEqual(asRead(recurrence))
        seen.set(recurrence.frequency, (seen.get(recurrence.frequency) ?? 0) + 1)
      }),
      { numRuns: 2000 },
    )
    expect([...seen.keys()].toSorted()).toStrictEqual(['Daily', 'Hourly', 'Monthly', 'Weekly'])
    for (const recurrence of everyShape) expect(decodeRecurrence(reply(written(recurrence)))).toStrictEqual(asRead(recurrence))
  })

  it('has every interval attribute as printed, in document order, whatever its name', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/).filter((text) => !/^xml/i.test(text))
    // A string that an attribute can hold as it is.
    const value = fc.stringMatching(/^[A-Za-z0-9 :.-]{0,12}$/)
    fc.assert(
      fc.property(fc.array(fc.dictionary(name, value, { noNullPrototype: true }), { maxLength: 6 }), fc.nat(6), (intervals, cut) => {
        const xml = intervals.map((interval) => `<interval ${Object.entries(interval).map(([key, text]) => `${key}="${text}"`).join(' ')}/>`)
        const blocks = [xml.slice(0, cut), xml.slice(cut)].map((block) => `<intervals>${block.join('')}</intervals>`).join('')
        expect(decodeRecurrence(reply(`<schedule frequency="Daily"><frequencyDetails start="02:15:00">${blocks}</frequencyDetails></schedule>`))).toStrictEqual({
          frequency: 'Daily',
          start: '02:15:00',
          intervals,
        })
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['nothing at all', '<schedule frequency="Weekly"/>', undefined],
    ['no frequency', '<schedule><frequencyDetails/></schedule>', { frequency: '', intervals: [] }],
    ['empty times', '<schedule frequency="Daily"><frequencyDetails start="" end=""/></schedule>', { frequency: 'Daily', intervals: [] }],
    ['an empty <intervals>', '<schedule frequency="Daily"><frequencyDetails start="02:15:00"><intervals/></frequencyDetails></schedule>', { frequency: 'Daily', start: '02:15:00', intervals: [] }],
    ['times that are none', '<schedule frequency="Daily"><frequencyDetails start="noon" end="25:00"/></schedule>', { frequency: 'Daily', start: 'noon', end: '25:00', intervals: [] }],
    ['the element in the singular', '<schedule frequency="Weekly"><frequencyDetail start="18:30:00"><intervals><interval weekDay="Sunday"/></intervals></frequencyDetail></schedule>', { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Sunday' }] }],
    ['no <intervals> around them', '<schedule frequency="Weekly"><frequencyDetails start="18:30:00"><interval weekDay="Sunday"/></frequencyDetails></schedule>', { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Sunday' }] }],
    ['a foreign element and attribute', '<schedule frequency="Weekly"><frequencyDetails start="18:30:00" x:end="19:00:00"><intervals><x:interval weekDay="Monday"/><interval weekDay="Sunday" x:hours="1"/></intervals></frequencyDetails></schedule>', { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Sunday' }] }],
    // Both may decide when it runs, so neither may get lost.
    ['an attribute that nobody knows', '<schedule frequency="Weekly"><frequencyDetails start="18:30:00" everyOther="week"><intervals><interval weekDay="Sunday"/></intervals></frequencyDetails></schedule>', { frequency: 'Weekly', start: '18:30:00', intervals: [{ everyOther: 'week' }, { weekDay: 'Sunday' }] }],
    ['elements that nobody knows', '<schedule frequency="Weekly"><frequencyDetails start="18:30:00"><intervals><interval weekDay="Sunday"/><pause from="12-24"/></intervals><holidays/></frequencyDetails></schedule>', { frequency: 'Weekly', start: '18:30:00', intervals: [{ weekDay: 'Sunday' }, { element: 'pause', from: '12-24' }, { element: 'holidays' }] }],
  ])('is read with %s', (_what, xml, recurrence) => {
    const read = decodeRecurrence(reply(xml))
    expect(read).toStrictEqual(recurrence)
    expect(recurrenceSchema.optional().parse(read)).toStrictEqual(read)
  })
})
