import type { Schedule } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import type { DocumentSchedule } from './document.ts'
import { planOf } from './plan.ts'
import { stepInputSchema, type Current, type NamedContent } from './steps.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const daily = { frequency: 'Daily' as const, start: '05:00:00' }
const schedule = (n: number, name: string, more: Partial<Schedule> = {}): Schedule => ({
  id: id(n),
  name,
  type: 'Extract',
  state: 'Active',
  priority: 50,
  executionOrder: 'Parallel',
  frequency: 'Daily',
  recurrence: { frequency: 'Daily', start: '05:00:00', intervals: [] },
  ...more,
})
const sales: NamedContent = { kind: 'workbook', id: id(101), name: 'Sales', project: 'Finance/EMEA' }
const otherSales: NamedContent = { kind: 'workbook', id: id(102), name: 'Sales', project: 'Finance/APAC' }
const orders: NamedContent = { kind: 'datasource', id: id(103), name: 'Orders', project: 'Finance' }
const now = (schedules: Schedule[], more: Partial<Current> = {}): Current => ({ now: Date.parse('2026-06-01T00:00:00Z'), schedules, timesAreTold: true, tasks: [], contents: [sales, otherSales, orders], ...more })
const task = (n: number, on: number, content: NamedContent, refresh?: 'full' | 'incremental') => ({ id: id(n), scheduleId: id(on), kind: content.kind, contentId: content.id, ...(refresh === undefined ? {} : { refresh }) })
const wanted = (name: string, more: Partial<DocumentSchedule> = {}): DocumentSchedule => ({ name, type: 'Extract', ...more })

const stepsOf = (current: Current, schedules: DocumentSchedule[], prune = false) => planOf(current, { refreshboard: 1, schedules }, { prune }).steps
const told = (...given: Parameters<typeof stepsOf>): string[] => stepsOf(...given).map(({ step, name, will, reason }) => `${step} ${name}: ${reason ?? will}`)

describe('a plan', () => {
  it('adds content once where two rows mean the same', () => {
    const current = now([schedule(1, 'Same')])
    expect(told(current, [wanted('Same', { content: [{ datasource: 'Orders', refresh: 'full' }, { datasource: 'Orders' }, { datasource: 'Orders', project: 'Finance' }] })])).toEqual(['create Orders: Is added to “Same” as a full refresh'])
  })

  it('makes what is missing, changes what differs, adds, takes off, deletes, in this order; and leaves the rest', () => {
    const current = now([schedule(1, 'Same'), schedule(2, 'Later'), schedule(3, 'Gone'), schedule(4, 'Housekeeping', { type: 'System' })], { tasks: [task(201, 1, orders, 'full'), task(202, 2, orders, 'full')] })
    const document: DocumentSchedule[] = [
      wanted('Same', { repeats: daily, content: [{ datasource: 'Orders', refresh: 'full' }] }),
      wanted('Later', { priority: 10, repeats: { frequency: 'Weekly', start: '06:00:00', weekDays: ['Friday', 'Monday'] }, content: [{ workbook: 'Sales', project: 'Finance/EMEA' }] }),
      wanted('New', { state: 'Suspended', order: 'Serial', repeats: daily, content: [{ datasource: 'Orders' }] }),
    ]
    expect(told(current, document, true)).toEqual([
      'create New: Is made for Extract: Daily at 05:00, priority 50, one task after the other; then suspended',
      'change Later: Is changed: priority, timing',
      'create Sales: Is added to “Later” as a full refresh',
      'create Orders: Is added to “New” as a full refresh',
      'delete Orders: Is taken off “Later”. The data source stays',
      'delete Gone: Is deleted for all sites, with 0 tasks of this site on it',
      'unchanged Same: It is as the text says.',
    ])
    const steps = stepsOf(current, document, true)
    expect(steps.map(({ input }) => stepInputSchema.parse(input))).toMatchObject([
      { do: 'createSchedule', schedule: { name: 'New', priority: 50, executionOrder: 'Serial' }, suspended: true },
      { do: 'changeSchedule', id: id(2), changes: { priority: 10 }, seen: { name: 'Later', priority: 50, recurrence: { frequency: 'Daily' } } },
      { do: 'addContent', schedule: { id: id(2) }, kind: 'workbook', contentId: sales.id },
      { do: 'addContent', schedule: { madeBy: 0 }, kind: 'datasource', contentId: orders.id },
      { do: 'deleteTask', id: id(202) },
      { do: 'deleteSchedule', id: id(3), seen: { taskIds: [] } },
      { do: 'nothing' },
    ])
    expect(steps[1]?.changes).toEqual([
      { field: 'priority', before: '50', after: '10' },
      { field: 'timing', before: 'Daily at 05:00', after: 'Mon, Fri at 06:00' },
    ])
  })

  it('deletes a schedule as it was seen: whatever is changed of it in the meantime makes another plan', () => {
    const on = [task(202, 1, orders), task(201, 1, sales)]
    const old = schedule(1, 'Old', { recurrence: { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Friday' }] } })
    const inputOf = (then: Schedule, tasks = on) => JSON.stringify(stepsOf(now([then], { tasks }), [], true).map(({ input }) => stepInputSchema.parse(input)))
    const planned = inputOf(old)
    expect(JSON.parse(planned)).toEqual([
      { do: 'deleteSchedule', id: id(1), seen: { state: 'Active', priority: 50, executionOrder: 'Parallel', frequency: 'Daily', recurrence: { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Friday' }, { weekDay: 'Monday' }] }, taskIds: [id(201), id(202)] } },
    ])
    const changed: Partial<Schedule>[] = [{ state: 'Suspended' }, { priority: 3 }, { executionOrder: 'Serial' }, { recurrence: { frequency: 'Daily', start: '06:00:00', intervals: [] } }, { endScheduleAt: '2027-01-31T00:00:00Z' }]
    expect(changed.filter((more) => inputOf({ ...old, ...more }) === planned)).toEqual([])
    expect(inputOf(old, [task(202, 1, orders), task(203, 1, sales)])).not.toBe(planned)
    const turned = { ...old, updatedAt: '2026-05-31T00:00:00Z', recurrence: { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Friday' }, { weekDay: 'Monday' }] } }
    expect(inputOf(turned, on.toReversed())).toBe(planned)
  })

  it('names as impossible what its server cannot do', () => {
    const current = now([schedule(1, 'One')], { tasks: [task(201, 1, sales)], noAdds: 'Adding came later.', noTaskDeletes: 'Deleting came later.' })
    const steps = stepsOf(current, [wanted('One', { content: [{ datasource: 'Orders' }] }), wanted('New', { repeats: daily, content: [{ datasource: 'Orders' }] })], true)
    expect(steps.map(({ step, name, about, reason }) => [step, name, about, reason])).toEqual([
      ['create', 'New', 'Extract', undefined],
      ['cannot', 'Orders', 'Finance · One', 'It is not added to “One”. Adding came later.'],
      ['cannot', 'Sales', 'Finance/EMEA · One', 'It stays on “One”. Deleting came later.'],
      ['cannot', 'Orders', 'Finance · New', 'It is not added to “New”. Adding came later.'],
    ])
  })

  it('deletes nothing without being told to', () => {
    const current = now([schedule(1, 'Kept'), schedule(2, 'Also')], { tasks: [task(201, 1, orders)] })
    expect(told(current, [wanted('Kept', { content: [] })])).toEqual(['unchanged Kept: It is as the text says.'])
  })

  it('leaves what the text leaves open, also when it deletes', () => {
    const current = now([schedule(1, 'Open', { priority: 3, state: 'Suspended' })], { tasks: [task(201, 1, orders)] })
    expect(told(current, [wanted('Open')], true)).toEqual(['unchanged Open: It is as the text says.'])
  })

  it('never deletes what Tableau keeps for itself, nor what cannot be made again', () => {
    const current = now(['System', 'ActiveDirectorySync', 'DataAcceleration', 'Later'].map((type, n) => schedule(n, `One for ${type}`, { type })))
    expect(told(current, [], true)).toEqual([])
    const three = now(['Extract', 'Subscription', 'Flow'].map((type, n) => schedule(n, type, { type })))
    expect(stepsOf(three, [], true).map(({ step, name }) => `${step} ${name}`)).toEqual(['delete Extract', 'delete Subscription', 'delete Flow'])
  })

  it('keeps tasks of content that it cannot name, or that may be meant', () => {
    const hidden: NamedContent = { kind: 'workbook', id: id(109), name: 'Hidden' }
    const current = now([schedule(1, 'One')], { tasks: [task(201, 1, hidden), task(202, 1, sales, 'full'), task(203, 1, otherSales, 'incremental')] })
    expect(told(current, [wanted('One', { content: [{ workbook: 'Sales', refresh: 'full' }] })], true)).toEqual(['cannot Sales: This site has 2 of this name: in Finance/EMEA, Finance/APAC. Name its project from the top.'])
  })

  it('tells full from incremental, and what REST cannot make', () => {
    const current = now([schedule(1, 'One')], { tasks: [task(201, 1, sales, 'incremental'), task(202, 1, orders, 'full')] })
    const content = [
      { workbook: 'Sales', project: 'Finance/EMEA', refresh: 'full' as const },
      { datasource: 'Orders', refresh: 'incremental' as const },
    ]
    expect(told(current, [wanted('One', { content })], true)).toEqual([
      'create Sales: Is added to “One” as a full refresh',
      'delete Sales: Is taken off “One”; REST cannot make an incremental refresh again. The workbook stays',
      'delete Orders: Is taken off “One”. The data source stays',
      'cannot Orders: REST adds content as a full refresh alone; an incremental one is made in Tableau’s own pages.',
    ])
  })

  it('takes a refresh whose type Tableau does not tell for the one that is wanted', () => {
    const current = now([schedule(1, 'One')], { tasks: [task(201, 1, orders)] })
    expect(told(current, [wanted('One', { content: [{ datasource: 'Orders', refresh: 'incremental' }] })], true)).toEqual(['unchanged One: It is as the text says.'])
  })

  const oddTimes = { frequency: 'Monthly', start: '05:00:00', intervals: [{ monthDay: '1' }, { monthDay: '15' }] }
  const oddDays = { frequency: 'Weekly', start: '05:00:00', intervals: [{ hours: '2' }] }
  it.each<[string, Current, DocumentSchedule, string[]]>([
    ['another type', now([schedule(1, 'One')]), wanted('One', { type: 'Flow', priority: 1 }), ['cannot One: It is for Extract at Tableau and for Flow in the text. REST cannot change what a schedule is for, so nothing of it is changed.']],
    ['new times for odd ones', now([schedule(1, 'One', { frequency: 'Monthly', recurrence: oddTimes })]), wanted('One', { priority: 1, repeats: daily }), [
      'change One: Is changed: priority',
      'cannot One: It runs on several days of the month, which can be set in Tableau’s own pages only. Its times are not replaced from here.',
    ]],
    ['other times under as-read', now([schedule(1, 'One')]), wanted('One', { repeats: { 'as-read': oddTimes } }), ['cannot One: Its times are “Daily at 05:00” and “On the 1st and 15th of the month at 05:00” in the text. Times under “as-read” are shown and never applied.']],
    ['anything of a Weekly with odd days', now([schedule(1, 'One', { frequency: 'Weekly', recurrence: oddDays })]), wanted('One', { state: 'Suspended' }), [
      'cannot One: Weekly has the interval “hours=2”, which Refreshboard does not know. What Refreshboard does not understand it does not change. In the text: state Suspended.',
    ]],
    ['anything of an unknown frequency', now([schedule(1, 'One', { frequency: 'Lunar' })]), wanted('One', { priority: 2 }), ['cannot One: Its frequency is “Lunar”, which Refreshboard does not know. What it does not understand it does not change. In the text: priority 2.']],
    ['a new one without times', now([]), wanted('One', { content: [{ datasource: 'Orders' }] }), ['cannot One: It cannot be made. The text does not say when it repeats, and a new schedule needs that. What the text puts on it (1) is left out, too.']],
    ['a new one with odd times', now([]), wanted('One', { repeats: { 'as-read': oddTimes } }), [
      'cannot One: It cannot be made. It runs on several days of the month, which can be set in Tableau’s own pages only. Times under “as-read” are shown and never applied: make the schedule in Tableau’s own pages, or give times that can be written.',
    ]],
    ['a new one whose name ends with a blank', now([]), wanted('One ', { repeats: daily }), ['cannot One : It cannot be made. A name that begins or ends with a blank cannot be sent to Tableau.']],
    ['data acceleration where there is none', now([], { noDataAcceleration: 'There is none.' }), wanted('One', { type: 'DataAcceleration', repeats: daily }), ['cannot One: It cannot be made. There is none.']],
    ['a new one whose end has passed: it would fire again', now([]), wanted('One', { repeats: daily, ends: '2026-06-01T00:00:00Z', content: [{ datasource: 'Orders' }] }), [
      'cannot One: It cannot be made. It ended at 2026-06-01T00:00:00Z, and Tableau’s REST API cannot write an end: made anew, it would fire again. What the text puts on it (1) is left out, too.',
    ]],
    ['the end of a new one', now([]), wanted('One', { repeats: daily, ends: '2026-06-01T00:00:01Z' }), [
      'create One: Is made for Extract: Daily at 05:00, priority 50, tasks in parallel, without its end',
      'cannot One: Tableau’s REST API cannot write an end: it is made without its end, 2026-06-01T00:00:01Z, and fires on after that. Set the end in Tableau’s own pages.',
    ]],
    ['an end where there is none', now([schedule(1, 'One')]), wanted('One', { priority: 2, ends: '2026-07-01T00:00:00Z' }), [
      'change One: Is changed: priority',
      'cannot One: It has no end at Tableau and ends at 2026-07-01T00:00:00Z in the text. Tableau’s REST API cannot write an end: set it in Tableau’s own pages.',
    ]],
    ['another end', now([schedule(1, 'One', { endScheduleAt: '2026-05-01T00:00:00Z' })]), wanted('One', { ends: '2026-07-01T00:00:00Z' }), [
      'cannot One: It ends at 2026-05-01T00:00:00Z at Tableau and at 2026-07-01T00:00:00Z in the text. Tableau’s REST API cannot write an end: set it in Tableau’s own pages.',
    ]],
    ['the tasks of a new one for data acceleration', now([]), wanted('One', { type: 'DataAcceleration', repeats: daily }), ['create One: Is made for DataAcceleration: Daily at 05:00, priority 50, tasks in parallel. Its tasks are added by hand']],
    ['content that is not there', now([schedule(1, 'One')]), wanted('One', { content: [{ workbook: 'Nope', project: 'Finance' }] }), ['cannot Nope: The workbook “Nope” (Finance) is not on this site, or you may not see it. Content of other sites is not seen from here.']],
  ])('cannot do %s, and says so', (_what, current, document, lines) => {
    expect(told(current, [document])).toEqual(lines)
  })

  it('finds times that mean the same the same', () => {
    const current = now([
      schedule(1, 'Hourly', { frequency: 'Hourly', recurrence: { frequency: 'Hourly', start: '05:00:00', end: '09:00:00', intervals: [{ minutes: '60' }] } }),
      schedule(2, 'Weekly', { frequency: 'Weekly', recurrence: { frequency: 'Weekly', start: '05:00:00', end: '23:00:00', intervals: [{ weekDay: 'Friday' }, { weekDay: 'Monday' }] } }),
      schedule(3, 'Odd', { frequency: 'Monthly', recurrence: oddTimes }),
    ])
    const document = [
      wanted('Hourly', { repeats: { frequency: 'Hourly', start: '05:00:00', end: '09:00:00', every: { hours: 1 } } }),
      wanted('Weekly', { repeats: { frequency: 'Weekly', start: '05:00:00', weekDays: ['Monday', 'Friday'] } }),
      wanted('Odd', { repeats: { 'as-read': { ...oddTimes, intervals: oddTimes.intervals.toReversed() } } }),
    ]
    expect(stepsOf(current, document).map(({ step }) => step)).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  it('compares neither times nor order where a server tells none', () => {
    const current = now([{ id: id(1), name: 'Old server', type: 'Extract', state: 'Active', priority: 50, frequency: 'Daily' }], { timesAreTold: false })
    expect(told(current, [wanted('Old server', { order: 'Serial', repeats: { ...daily, start: '06:00:00' }, priority: 50 })])).toEqual(['unchanged Old server: It is as the text says.'])
  })

  it('finds the same end the same, however it is written, and leaves an end that the text leaves open', () => {
    const current = now([schedule(1, 'One', { endScheduleAt: '2026-05-01T00:00:00Z' }), schedule(2, 'Two', { endScheduleAt: '2026-05-01T00:00:00Z' })])
    expect(stepsOf(current, [wanted('One', { ends: '2026-05-01T00:00:00.000Z' }), wanted('Two')]).map(({ step }) => step)).toEqual(['unchanged', 'unchanged'])
  })

  const moved: NamedContent = { ...sales, project: 'People & Culture' }
  it.each<[string, NamedContent, NonNullable<DocumentSchedule['content']>, string]>([
    ['in a project that was renamed', moved, [{ workbook: 'Sales', project: 'People' }], 'cannot Sales: The workbook “Sales” is there in “People & Culture”, not in “People”.'],
    ['of nearly its name', { ...sales, name: 'Sales by region' }, [{ workbook: 'Slaes by region', project: 'Finance/EMEA' }], 'cannot Slaes by region: The workbook “Slaes by region” (Finance/EMEA) is not on this site, or you may not see it. Is “Sales by region” meant?'],
    ['of its name in other letters', { ...sales, name: 'S' }, [{ workbook: 's' }], 'cannot s: The workbook “s” is not on this site, or you may not see it. Is “S” meant?'],
  ])('takes nothing off that may be meant: content %s', (_what, content, rows, words) => {
    const current = now([schedule(1, 'One')], { contents: [content, orders], tasks: [task(201, 1, content, 'full'), task(202, 1, orders, 'full')] })
    expect(told(current, [wanted('One', { content: rows })], true)).toEqual(['delete Orders: Is taken off “One”. The data source stays', words])
  })

  it('takes off what is of another name, and suggests none that is far', () => {
    const contents = [sales, { ...otherSales, name: 'Costs' }]
    const current = now([schedule(1, 'One')], { contents, tasks: [task(201, 1, sales, 'full')] })
    expect(told(current, [wanted('One', { content: [{ workbook: 'Coal' }, { datasource: 'Sales' }] })], true)).toEqual([
      'delete Sales: Is taken off “One”. The workbook stays',
      'cannot Coal: The workbook “Coal” is not on this site, or you may not see it. Content of other sites is not seen from here.',
      'cannot Sales: The data source “Sales” is not on this site, or you may not see it. Content of other sites is not seen from here.',
    ])
  })

  it('looks for names that are nearly the same for no longer than it may', () => {
    const contents = Array.from({ length: 50_000 }, (_, n): NamedContent => ({ kind: 'workbook', id: id(1000 + n), name: `Report of the region ${n}` }))
    const begun = performance.now()
    expect(stepsOf(now([schedule(1, 'One')], { contents }), [wanted('One', { content: Array.from({ length: 3000 }, (_, n) => ({ workbook: `Report on the region ${n}` })) })])).toHaveLength(3000)
    expect(performance.now() - begun).toBeLessThan(5000)
  })

  it('warns of what cannot be undone', () => {
    const current = now([schedule(1, 'One'), schedule(2, 'Two')], { tasks: [task(201, 1, orders)] })
    const { warnings } = planOf(current, { refreshboard: 1, schedules: [wanted('One', { content: [] }), wanted('Three', { state: 'Suspended', repeats: daily })] }, { prune: true })
    expect(warnings).toEqual([
      '1 schedule will be deleted for all sites of the server, with the tasks, subscriptions and flows on them. This cannot be undone.',
      '1 task will be deleted. One that is added again is a new task, and always a full refresh.',
      'Tableau makes every schedule Active: one that shall be Suspended is suspended right after, before anything is put on it.',
    ])
  })
})
