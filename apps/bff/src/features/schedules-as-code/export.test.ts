import type { Schedule } from '@refreshboard/api-types'
import { planOf, readSchedules, type CurrentTask, type NamedContent } from '@refreshboard/schedules-as-code'
import { describe, expect, it } from 'vitest'
import { containing } from '../../testing/matchers.ts'
import { exportOf } from './export.ts'
import type { Seen } from './read-current.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const schedule = (n: number, more: Partial<Schedule> = {}): Schedule => ({
  id: id(n),
  name: `Schedule ${n}`,
  type: 'Extract',
  state: 'Active',
  priority: 50,
  executionOrder: 'Parallel',
  frequency: 'Daily',
  recurrence: { frequency: 'Daily', start: '05:00:00', intervals: [] },
  ...more,
})
const seen = (schedules: readonly Schedule[], more: Partial<Seen> = {}): Seen => ({ now: Date.parse('2026-06-01T00:00:00Z'), schedules, timesAreTold: true, tasks: [], contents: [], notes: [], ...more })

describe('the notes of an export', () => {
  it('tell the ends that REST cannot write, and that a plan of the text finds nothing to do', () => {
    const all = seen([schedule(1, { endScheduleAt: '2026-05-01T00:00:00Z' }), schedule(2, { endScheduleAt: '2026-07-01T00:00:00Z' }), schedule(3)])
    const { yaml, notes } = exportOf(all)
    expect(notes).toEqual([
      '“Schedule 1”, “Schedule 2”: REST cannot write when a schedule ends. The text shows it under “ends”; it is never applied.',
      '“Schedule 1”: it has ended already. Where it is gone it is not made again, since it would fire again.',
    ])
    const reading = readSchedules(yaml)
    expect(reading.ok && planOf(all, reading.document, { prune: true }).steps.map(({ step }) => step)).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  it('tell tasks with a priority of their own, and that those for data acceleration are not in the text', () => {
    const sales: NamedContent = { kind: 'workbook', id: id(101), name: 'Sales' }
    const task = (n: number, priority?: number): CurrentTask => ({ id: id(200 + n), scheduleId: id(1), kind: 'workbook', contentId: sales.id, ...(priority === undefined ? {} : { priority }) })
    const { notes } = exportOf(seen([schedule(1), schedule(2, { type: 'DataAcceleration' })], { contents: [sales], tasks: [task(1, 50), task(2, 10), task(3)] }))
    expect(notes).toEqual([
      containing('“Schedule 1”: 2 of its tasks are of content that is on it already'),
      '1 of the tasks have a priority of their own, which REST cannot write. The text leaves it out, and a task that is added again has its schedule’s.',
      '“Schedule 2”: the text does not hold what is on a schedule for data acceleration. Where it is made again, its tasks are added by hand.',
    ])
  })

  it('tell that the text is more than is read again', () => {
    const many = Array.from({ length: 5001 }, (_, n) => schedule(n, { name: `${n} ${'x'.repeat(200)}` }))
    const { yaml, notes } = exportOf(seen(many))
    expect(notes).toEqual([
      `This text can be kept and compared, but not planned as it is: it has ${yaml.length.toLocaleString('en-US')} characters, and at most 1,000,000 are read; it has 5,001 schedules, and at most 5,000 are read. Give it in parts, each with fewer schedules, and without deleting what it does not name (without --prune).`,
    ])
    expect(readSchedules(yaml).ok).toBe(false)
  })
})
