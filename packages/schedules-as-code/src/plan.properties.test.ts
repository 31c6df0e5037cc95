import { scheduleSchema, type Schedule, type ServerRecurrence } from '@refreshboard/api-types'
import { fromServerRecurrence } from '@refreshboard/recurrence'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentKey, type DocumentContent, type DocumentSchedule } from './document.ts'
import { planOf } from './plan.ts'
import { stepInputSchema, type Current, type CurrentTask, type NamedContent, type Step } from './steps.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Two of a name in two projects, one whose name cannot be seen, and one that is not there. */
const contents: NamedContent[] = [
  { kind: 'workbook', id: id(1), name: 'A', project: 'P' },
  { kind: 'workbook', id: id(2), name: 'A', project: 'Q' },
  { kind: 'datasource', id: id(3), name: 'A', project: 'P' },
  { kind: 'workbook', id: id(4), name: 'B' },
]
const nameArb = fc.constantFrom('One', 'Two', 'Three', 'Four', ' Five')
const timesArb: fc.Arbitrary<ServerRecurrence> = fc.constantFrom<ServerRecurrence>(
  { frequency: 'Daily', start: '05:00:00' },
  { frequency: 'Weekly', start: '05:00:00', weekDays: ['Friday', 'Monday'] },
  { frequency: 'Hourly', start: '05:00:00', end: '09:00:00', every: { hours: 1 } },
  { frequency: 'Monthly', start: '05:00:00', monthDay: 'LastDay' },
)
const odd = { frequency: 'Monthly', start: '05:00:00', intervals: [{ monthDay: '1' }, { monthDay: '2' }] }
const readOf = (times: ServerRecurrence) => {
  const { intervals, ...rest } = fromServerRecurrence(times)
  return { ...rest, intervals: intervals.map((interval) => ({ ...interval })) }
}
/** None, one that has passed, and one to come. */
const present = Date.parse('2026-06-01T00:00:00Z')
const endsArb = fc.constantFrom(undefined, '2026-05-01T00:00:00Z', '2026-07-01T00:00:00Z')
const scheduleArb: fc.Arbitrary<Omit<Schedule, 'id'>> = fc
  .record({
    name: nameArb,
    type: fc.constantFrom('Extract', 'Extract', 'Flow', 'System', 'DataAcceleration'),
    state: fc.constantFrom('Active', 'Suspended'),
    priority: fc.integer({ min: 0, max: 3 }),
    executionOrder: fc.constantFrom('Parallel', 'Serial'),
    recurrence: fc.oneof(timesArb.map(readOf), fc.constant(odd)),
    ends: endsArb,
  })
  .map(({ ends, ...schedule }) => ({ ...schedule, frequency: schedule.recurrence.frequency, ...(ends === undefined ? {} : { endScheduleAt: ends }) }))
const refreshArb = fc.constantFrom<CurrentTask['refresh']>('full', 'incremental', undefined)
const currentArb: fc.Arbitrary<Current> = fc
  .record({
    schedules: fc.uniqueArray(scheduleArb, { maxLength: 4, selector: ({ name }) => name }),
    tasks: fc.array(fc.record({ on: fc.nat({ max: 3 }), content: fc.constantFrom(...contents, { kind: 'workbook' as const, id: id(5) }), refresh: refreshArb }), { maxLength: 6 }),
  })
  .map(({ schedules, tasks }) => ({
    now: present,
    schedules: schedules.map((schedule, at) => ({ ...schedule, id: id(100 + at) })),
    timesAreTold: true,
    tasks: tasks.flatMap(({ on, content, refresh }, at) => {
      const task = { id: id(200 + at), scheduleId: id(100 + on), kind: content.kind, contentId: content.id, ...(refresh === undefined ? {} : { refresh }) }
      return schedules[on]?.type === 'Extract' ? [task] : []
    }),
    contents,
  }))
const contentArb: fc.Arbitrary<DocumentContent> = fc
  .record({ kind: fc.constantFrom('workbook', 'datasource'), name: fc.constantFrom('A', 'B', 'C'), project: fc.constantFrom('P', 'Q', undefined), refresh: refreshArb })
  .map(({ kind, name, project, refresh }) => ({ [kind]: name, ...(project === undefined ? {} : { project }), ...(refresh === undefined ? {} : { refresh }) }))
const wantedArb: fc.Arbitrary<DocumentSchedule> = fc.record(
  {
    name: nameArb,
    type: fc.constantFrom('Extract' as const),
    state: fc.constantFrom('Active' as const, 'Suspended' as const),
    priority: fc.integer({ min: 1, max: 3 }),
    order: fc.constantFrom('Parallel' as const, 'Serial' as const),
    repeats: fc.oneof(timesArb, fc.constant({ 'as-read': odd })) as fc.Arbitrary<NonNullable<DocumentSchedule['repeats']>>,
    ends: fc.constantFrom('2026-05-01T00:00:00Z', '2026-07-01T00:00:00Z'),
    content: fc.uniqueArray(contentArb, { maxLength: 4, selector: contentKey }),
  },
  { requiredKeys: ['name', 'type'] },
)
const documentArb = fc.uniqueArray(wantedArb, { maxLength: 4, selector: ({ name }) => name }).map((schedules) => ({ refreshboard: 1 as const, schedules }))

/** What Tableau has after one step; `base`: the ids of what is made. */
const after = (base: number) => (current: Current, step: Step, n: number): Current => {
  const input = stepInputSchema.parse(step.input)
  switch (input.do) {
    case 'createSchedule': {
      const { recurrence, ...rest } = input.schedule
      const made: Schedule = { ...rest, id: id(base + n), state: input.suspended ? 'Suspended' : 'Active', frequency: recurrence.frequency, recurrence: readOf(recurrence) }
      return { ...current, schedules: [...current.schedules, made] }
    }
    case 'changeSchedule': {
      const { recurrence, ...rest } = input.changes
      const times = recurrence === undefined ? {} : { frequency: recurrence.frequency, recurrence: readOf(recurrence) }
      return { ...current, schedules: current.schedules.map((schedule) => (schedule.id === input.id ? scheduleSchema.parse({ ...schedule, ...rest, ...times }) : schedule)) }
    }
    case 'addContent': {
      const scheduleId = 'id' in input.schedule ? input.schedule.id : id(base + input.schedule.madeBy)
      return { ...current, tasks: [...current.tasks, { id: id(base + 500 + n), scheduleId, kind: input.kind, contentId: input.contentId, refresh: 'full' }] }
    }
    case 'deleteTask':
      return { ...current, tasks: current.tasks.filter((task) => task.id !== input.id) }
    case 'deleteSchedule':
      return { ...current, schedules: current.schedules.filter((schedule) => schedule.id !== input.id), tasks: current.tasks.filter(({ scheduleId }) => scheduleId !== input.id) }
    case 'nothing':
    default:
      return current
  }
}

const order = ['createSchedule', 'changeSchedule', 'addContent', 'deleteTask', 'deleteSchedule', 'nothing']
const isDone = ({ step }: Step): boolean => step !== 'unchanged' && step !== 'cannot'

describe('any plan', () => {
  it('leaves nothing to do once it was carried out, wherever it was cut off before', () => {
    fc.assert(
      fc.property(currentArb, documentArb, fc.boolean(), fc.nat({ max: 8 }), (current, document, prune, cut) => {
        const whole = planOf(current, document, { prune }).steps
        const half = whole.slice(0, cut).reduce(after(1000), current)
        const rest = planOf(half, document, { prune }).steps
        expect(rest.filter(isDone).length).toBe(whole.slice(cut).filter(isDone).length)
        const end = rest.reduce(after(2000), half)
        expect(planOf(end, document, { prune }).steps.filter(isDone)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('makes nothing that had ended, changes no end, and names every end that it does not write', () => {
    fc.assert(
      fc.property(currentArb, documentArb, fc.boolean(), (current, document, prune) => {
        const { steps } = planOf(current, document, { prune })
        const end = steps.reduce(after(1000), current)
        for (const { name, ends } of document.schedules) {
          const before = current.schedules.find((schedule) => schedule.name === name)
          const then = end.schedules.find((schedule) => schedule.name === name)
          expect(ends === undefined || Date.parse(ends) > present || then?.id === before?.id).toBe(true)
          expect(before === undefined || then === undefined || then.endScheduleAt === before.endScheduleAt).toBe(true)
          const isNamed = steps.some((step) => step.step === 'cannot' && step.name === name)
          expect(ends === undefined || then?.endScheduleAt === ends || isNamed).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('takes no task off whose content the text may mean', () => {
    fc.assert(
      fc.property(currentArb, documentArb, (current, document) => {
        const { steps } = planOf(current, document, { prune: true })
        const gone = new Set(steps.flatMap(({ input }) => (input.do === 'deleteTask' ? [input.id] : [])))
        for (const { name, content = [] } of document.schedules) {
          const on = current.schedules.find((schedule) => schedule.name === name)
          for (const row of content) {
            const called = contents.filter(({ kind, name: of }) => of === (kind === 'workbook' ? row.workbook : row.datasource))
            if (called.filter(({ project }) => row.project === undefined || project === row.project).length === 1) continue
            const meant = current.tasks.filter((task) => task.scheduleId === on?.id && called.some(({ kind, id: of }) => kind === task.kind && of === task.contentId))
            expect(meant.filter((task) => gone.has(task.id))).toEqual([])
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('keeps its order, and deletes only when told to', () => {
    fc.assert(
      fc.property(currentArb, documentArb, fc.boolean(), (current, document, prune) => {
        const { steps } = planOf(current, document, { prune })
        const places = steps.map(({ input }) => order.indexOf(input.do))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(prune || steps.every(({ step }) => step !== 'delete')).toBe(true)
        const deleted = steps.flatMap(({ input }) => (input.do === 'deleteSchedule' ? [input.id] : []))
        expect(current.schedules.filter((schedule) => deleted.includes(schedule.id) && ['System', 'DataAcceleration'].includes(schedule.type))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
