import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudRules } from './index.ts'
import type { CloudRule, Interval, TableauSim } from './index.ts'
import { weekDays } from './recurrence.ts'
import { all, errorCode, one, send, signInToCloud, sitePath, startStillCloud } from './test-client.ts'
import type { SignedIn } from './test-client.ts'
import { escapeXml } from './xml-out.ts'

let sim: TableauSim
let admin: SignedIn
let workbookId: string

beforeAll(async () => {
  sim = await startStillCloud({ scenario: 'empty' })
  admin = await signInToCloud(sim)
  const project = sim.world.site().addProject({ name: 'Sales', ownerId: admin.userId })
  workbookId = sim.world.site().addContent({ kind: 'workbook', name: 'Sales', ownerId: admin.userId, project }).id
})
afterAll(() => sim.close())

/** `start-end hours=1 weekDay=Sunday monthDay=Third+weekDay=Thursday`; a time or all intervals may be missing. */
const intervalsOf = (text: string): Interval[] =>
  text === '' ? [] : text.split(' ').map((part) => Object.fromEntries(part.split('+').map((attribute) => attribute.split('=')).map(([name = '', value = '']) => [name, value])))

const scheduleXml = (frequency: string, start: string, end: string, intervals: readonly Interval[]): string => {
  const list = intervals.map((interval) => `<interval ${Object.entries(interval).map(([name, value]) => `${name}="${escapeXml(value)}"`).join(' ')}/>`).join('')
  return `<schedule frequency="${frequency}"><frequencyDetails${start && ` start="${start}"`}${end && ` end="${end}"`}><intervals>${list}</intervals></frequencyDetails></schedule>`
}

const create = (schedule: string) =>
  send(sim, sitePath(admin, '/tasks/extractRefreshes'), { method: 'POST', token: admin.token, body: `<tsRequest><extractRefresh type="FullRefresh"><workbook id="${workbookId}"/></extractRefresh>${schedule}</tsRequest>` })

const ruleNames = Object.keys(cloudRules).filter((name): name is CloudRule => name in cloudRules)

/** The rule that a reply names, or `right`. */
const ruleOf = async (schedule: string): Promise<string> => {
  const reply = await create(schedule)
  if (reply.status === 200) return 'right'
  expect([reply.status, errorCode(reply)]).toEqual([409, '409004'])
  const detail = one(reply.text, 'detail').textContent ?? ''
  return ruleNames.find((name) => detail.startsWith(`${cloudRules[name]};`) || detail === `${cloudRules[name]}.`) ?? detail
}

const cases: readonly (readonly [frequency: string, start: string, end: string, intervals: string, rule: CloudRule | 'right'])[] = [
  ['Hourly', '18:30:00', '23:30:00', 'hours=1 weekDay=Sunday weekDay=Wednesday', 'right'],
  ['Hourly', '18:30:00', '23:30:00', 'weekDay=Sunday minutes=60', 'right'],
  ['Hourly', '22:00:00', '03:00:00', 'hours=1 weekDay=Sunday', 'right'],
  ['Hourly', '03:05:00', '03:05:00', 'hours=1 weekDay=Sunday', 'right'],
  ['Hourly', '18:30:00', '23:30:00', 'hours=1', 'weekDayNeeded'],
  ['Hourly', '18:30:00', '', 'hours=1 weekDay=Sunday', 'endNeeded'],
  ['Hourly', '18:30:00', '23:00:00', 'hours=1 weekDay=Sunday', 'wholeHours'],
  ['Hourly', '18:30:00', '18:35:00', 'hours=1 weekDay=Sunday', 'wholeHours'],
  ['Hourly', '18:31:00', '23:31:00', 'hours=1 weekDay=Sunday', 'grid'],
  ['Hourly', '18:30:00', '23:32:00', 'hours=1 weekDay=Sunday', 'grid'],
  ['Hourly', '18:30:30', '23:30:30', 'hours=1 weekDay=Sunday', 'grid'],
  ['Hourly', '', '23:30:00', 'hours=1 weekDay=Sunday', 'start'],
  ['Hourly', '24:00:00', '23:00:00', 'hours=1 weekDay=Sunday', 'start'],
  ['Hourly', '18:30', '23:30:00', 'hours=1 weekDay=Sunday', 'start'],
  ['Hourly', '18:30:00', '24:30:00', 'hours=1 weekDay=Sunday', 'end'],
  ['Hourly', '18:30:00', '23:30:00', 'weekDay=Sunday', 'hourlyStep'],
  ['Hourly', '18:30:00', '22:30:00', 'hours=2 weekDay=Sunday', 'hourlyStep'],
  ['Hourly', '18:30:00', '23:30:00', 'minutes=30 weekDay=Sunday', 'hourlyStep'],
  ['Hourly', '18:30:00', '23:30:00', 'hours=1 minutes=60 weekDay=Sunday', 'hourlyStep'],
  ['Hourly', '18:30:00', '23:30:00', 'hours=1 hours=1 weekDay=Sunday', 'hourlyStep'],
  ['Hourly', '18:30:00', '23:30:00', 'hours=1+weekDay=Sunday', 'interval'],
  ['Hourly', '18:30:00', '23:30:00', 'hours=1 weekDay=Sunday monthDay=1', 'interval'],
  ['Hourly', '18:30:00', '23:30:00', 'hours=1 weekDay=Sun', 'weekDay'],
  ['Hourly', '18:30:00', '23:30:00', 'hours=1 weekDay=Sunday weekDay=Sunday', 'once'],
  ...(['2', '4', '6', '8', '12', '24'] as const).map((hours) => ['Daily', '18:30:00', '23:30:00', `hours=${hours} weekDay=Sunday`, 'right'] as const),
  ['Daily', '05:10:00', '05:10:00', 'hours=24 weekDay=Sunday', 'right'],
  ['Daily', '05:10:00', '', 'hours=24 weekDay=Sunday', 'right'],
  ['Daily', '05:10:00', '', 'hours=12 weekDay=Sunday', 'endNeeded'],
  ['Daily', '05:10:00', '05:40:00', 'hours=24 weekDay=Sunday', 'wholeHours'],
  ['Daily', '05:12:00', '', 'hours=24 weekDay=Sunday', 'grid'],
  ['Daily', '18:30:00', '23:00:00', 'hours=4 weekDay=Sunday weekDay=Wednesday', 'wholeHours'],
  ['Daily', '18:30:00', '23:30:00', 'hours=4', 'weekDayNeeded'],
  ['Daily', '18:30:00', '23:30:00', 'weekDay=Sunday', 'dailyHours'],
  ['Daily', '18:30:00', '', '', 'dailyHours'],
  ['Daily', '18:30:00', '23:30:00', 'hours=4 hours=2 weekDay=Sunday', 'dailyHours'],
  ['Daily', '18:30:00', '23:30:00', 'minutes=60 weekDay=Sunday', 'interval'],
  ...(['0', '1', '3', '5', '10', '16', '04', '4.0'] as const).map((hours) => ['Daily', '18:30:00', '23:30:00', `hours=${hours} weekDay=Sunday`, 'dailyHours'] as const),
  ['Weekly', '21:50:00', '', 'weekDay=Wednesday', 'right'],
  ['Weekly', '21:50:00', '22:20:00', 'weekDay=Wednesday', 'right'],
  ['Weekly', '21:52:00', '', 'weekDay=Wednesday', 'grid'],
  ['Weekly', '21:50:00', '', '', 'oneWeekDay'],
  ['Weekly', '21:50:00', '', 'weekDay=Wednesday weekDay=Friday', 'oneWeekDay'],
  ['Weekly', '21:50:00', '', 'weekDay=wednesday', 'weekDay'],
  ['Weekly', '21:50:00', '', 'hours=24 weekDay=Wednesday', 'interval'],
  ['Monthly', '04:00:00', '', 'monthDay=1', 'right'],
  ['Monthly', '04:00:00', '', 'monthDay=31 monthDay=1 monthDay=15', 'right'],
  ['Monthly', '04:00:00', '', 'monthDay=LastDay', 'right'],
  ...(['First', 'Second', 'Third', 'Fourth', 'Fifth', 'LastDay'] as const).map((occurrence) => ['Monthly', '04:00:00', '', `monthDay=${occurrence}+weekDay=Thursday`, 'right'] as const),
  ['Monthly', '04:00:00', '', '', 'monthDay'],
  ['Monthly', '04:00:00', '', 'monthDay=0', 'monthDay'],
  ['Monthly', '04:00:00', '', 'monthDay=32', 'monthDay'],
  ['Monthly', '04:00:00', '', 'monthDay=lastDay', 'monthDay'],
  ['Monthly', '04:00:00', '', 'monthDay=Third', 'monthDay'],
  ['Monthly', '04:00:00', '', 'weekDay=Thursday', 'monthDay'],
  ['Monthly', '04:00:00', '', 'monthDay=1 monthDay=LastDay', 'lastDayAlone'],
  ['Monthly', '04:00:00', '', 'monthDay=1 monthDay=1', 'once'],
  ['Monthly', '04:00:00', '', 'monthDay=07 monthDay=7', 'once'],
  ['Monthly', '04:00:00', '', 'monthDay=Sixth+weekDay=Thursday', 'occurrence'],
  ['Monthly', '04:00:00', '', 'monthDay=1+weekDay=Thursday', 'occurrence'],
  ['Monthly', '04:00:00', '', 'monthDay=Third+weekDay=Thu', 'weekDay'],
  ['Monthly', '04:00:00', '', 'monthDay=Third+weekDay=Thursday monthDay=1', 'occurrenceAlone'],
  ['Monthly', '04:00:00', '', 'monthDay=Third+weekDay=Thursday monthDay=First+weekDay=Thursday', 'occurrenceAlone'],
  ['Monthly', '04:00:00', '', 'monthDay=1 hours=2', 'interval'],
  ['Monthly', '04:02:00', '', 'monthDay=1', 'grid'],
  ['Yearly', '04:00:00', '', 'monthDay=1', 'frequency'],
  ['daily', '04:00:00', '', 'hours=24 weekDay=Sunday', 'frequency'],
]

describe('the rules of a schedule on Cloud', () => {
  it.each(cases)('%s from %s to %s, %s: %s', async (frequency, start, end, intervals, rule) => {
    expect(await ruleOf(scheduleXml(frequency, start, end, intervalsOf(intervals)))).toBe(rule)
  })

  it('each have a case that breaks them', () => {
    expect(ruleNames.filter((name) => name !== 'schedule' && !cases.some(([, , , , rule]) => rule === name))).toEqual([])
  })

  it.each(['', '<schedule frequency="Daily"/>'])('want a schedule with details, not “%s”', async (schedule) => {
    expect(await ruleOf(schedule)).toBe('schedule')
  })

  it('name the value that breaks them', async () => {
    const reply = await create(scheduleXml('Hourly', '18:30:00', '23:00:00', intervalsOf('hours=1 weekDay=Sunday')))
    expect(one(reply.text, 'detail').textContent).toBe('The difference between start and end times must be in increments of 60 minutes; given: 270 minutes.')
  })

  it('drop an end that Weekly and Monthly do not take', async () => {
    const { text } = await create(scheduleXml('Weekly', '21:50:00', '22:20:00', [{ weekDay: 'Wednesday' }]))
    expect(one(text, 'frequencyDetails').hasAttribute('end')).toBe(false)
  })
})

describe('whatever the rules allow', () => {
  const day = fc.constantFrom(...weekDays)
  const days = fc.uniqueArray(day, { minLength: 1 })
  const at = fc.integer({ min: 0, max: 287 }).map((step) => step * 5)
  const time = (minutes: number): string => `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`
  const window = fc.record({ from: at, hours: fc.integer({ min: 0, max: 23 }) }).map(({ from, hours }) => ({ start: time(from), end: time(from + hours * 60) }))
  const weekly = (chosen: readonly string[]): Interval[] => chosen.map((weekDay) => ({ weekDay }))
  const allowed = fc.oneof(
    fc.tuple(window, fc.constantFrom<Interval>({ hours: '1' }, { minutes: '60' }), days).map(([times, step, on]) => ({ frequency: 'Hourly', ...times, intervals: [step, ...weekly(on)] })),
    fc.tuple(window, fc.constantFrom('2', '4', '6', '8', '12', '24'), days).map(([times, hours, on]) => ({ frequency: 'Daily', ...times, intervals: [{ hours }, ...weekly(on)] })),
    fc.tuple(at, day).map(([from, on]) => ({ frequency: 'Weekly', start: time(from), end: '', intervals: weekly([on]) })),
    fc.tuple(at, fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1 })).map(([from, on]) => ({ frequency: 'Monthly', start: time(from), end: '', intervals: on.map((monthDay): Interval => ({ monthDay: String(monthDay) })) })),
    at.map((from) => ({ frequency: 'Monthly', start: time(from), end: '', intervals: [{ monthDay: 'LastDay' }] })),
    fc.tuple(at, fc.constantFrom('First', 'Second', 'Third', 'Fourth', 'Fifth', 'LastDay'), day).map(([from, monthDay, weekDay]) => ({ frequency: 'Monthly', start: time(from), end: '', intervals: [{ monthDay, weekDay }] })),
  )

  it('comes back as it was sent, with a next run', async () => {
    await fc.assert(
      fc.asyncProperty(allowed, async ({ frequency, start, end, intervals }) => {
        const { status, text } = await create(scheduleXml(frequency, start, end, intervals))
        expect(status).toBe(200)
        const details = one(text, 'frequencyDetails')
        const shown = all(text, 'interval').map((interval) => Object.fromEntries([...interval.attributes].map(({ name, value }) => [name, value])))
        expect([one(text, 'schedule').getAttribute('frequency'), details.getAttribute('start'), details.getAttribute('end') ?? '', shown]).toEqual([frequency, start, end, intervals])
        expect(Date.parse(one(text, 'schedule').getAttribute('nextRunAt') ?? '')).toBeGreaterThan(sim.clock.now())
      }),
      { numRuns: 150 },
    )
  })
})
