import type { Task } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { aBareTask, aTask, aWorkbook } from '../../test/a-task.ts'
import { luid } from '../../test/fake-api.ts'
import { arrangeTasks, choicesOf, filterTasks, noneKey, sortTasks, troubleKey, type TaskItem } from './task-list.ts'
import { noFilter } from './tasks.search.ts'

const nightly = { id: luid(52), name: 'Nightly', state: 'Active' }
const tasks: Task[] = [
  aTask({ id: luid(1), content: aWorkbook({ id: luid(21), name: 'Sales' }) }),
  aTask({ id: luid(2), content: aWorkbook({ id: luid(22), name: 'Inventory 10', project: { id: luid(32), name: 'Supply' } }), schedule: { ...nightly, nextRunAt: '2025-11-23T12:00:00Z' } }),
  aTask({ id: luid(3), content: aWorkbook({ id: luid(23), name: 'Inventory 9', owner: { id: luid(42), name: 'Grace Hopper' } }), consecutiveFailedCount: 3 }),
  aTask({ id: luid(4), content: aWorkbook({ id: luid(24), name: 'Churn' }), consecutiveFailedCount: 7 }),
  aBareTask({ id: luid(5) }),
  (({ schedule: _schedule, ...rest }: Task): Task => rest)(aTask({ id: luid(6), content: aWorkbook({ id: luid(26), name: 'Adrift' }) })),
  aTask({ id: luid(7), content: aWorkbook({ id: luid(27), name: 'Asleep' }), schedule: { ...nightly, id: luid(53), name: 'Off', state: 'Suspended', nextRunAt: '2025-11-23T11:00:00Z' } }),
]
const ids = (list: readonly Task[]) => list.map(({ id }) => Number(id.slice(-4)))
const told = (items: readonly TaskItem[]) => items.map((item) => (item.kind === 'group' ? `${item.label} ${item.count}` : Number(item.task.id.slice(-4))))

describe('the filter', () => {
  it.each([
    [{ q: 'INVENTORY' }, [2, 3]],
    [{ q: 'supply' }, [2]],
    [{ q: 'hopper' }, [3]],
    [{ q: 'nightly' }, [2]],
    [{ q: luid(24) }, [4]],
    [{ q: 'virtual' }, [5]],
    [{ project: [luid(32)] }, [2]],
    [{ project: [luid(32)], q: 'sales' }, []],
    [{ owner: [noneKey] }, [5]],
    [{ schedule: [noneKey, luid(52)] }, [2, 6]],
    [{ content: luid(21) }, [1]],
    [{ trouble: true }, [3, 4]],
    [{ trouble: true, owner: [luid(42)] }, [3]],
  ])('%j leaves %j', (patch, left) => {
    expect(ids(filterTasks(tasks, { ...noFilter, ...patch }))).toEqual(left)
  })
})

describe('the choices of a filter', () => {
  it('are counted as the other filters leave them, what has none last', () => {
    expect(choicesOf(tasks, { ...noFilter, q: 'inventory' }, 'project')).toEqual([
      { key: luid(31), label: 'Finance', count: 1 },
      { key: luid(32), label: 'Supply', count: 1 },
    ])
    expect(choicesOf(tasks, noFilter, 'schedule').map(({ label, count }) => `${label} ${count}`)).toEqual(['Nightly 1', 'Off 1', 'Weekday early 4', 'No schedule 1'])
  })

  it('do not count themselves out, and keep what is chosen', () => {
    expect(choicesOf(tasks, { ...noFilter, owner: [luid(42)] }, 'owner')).toHaveLength(3)
    expect(choicesOf(tasks, { ...noFilter, q: 'sales', owner: [luid(42)] }, 'owner')).toContainEqual({ key: luid(42), label: 'Grace Hopper', count: 0 })
  })
})

describe('the order', () => {
  it.each([
    ['name:asc', [6, 7, 4, 3, 2, 1, 5]],
    ['name:desc', [5, 1, 2, 3, 4, 7, 6]],
    // A suspended schedule's next run is none.
    ['nextRun:asc', [2, 4, 3, 1, 5, 6, 7]],
    ['nextRun:desc', [4, 3, 1, 5, 2, 6, 7]],
    ['failures:desc', [4, 3, 6, 7, 2, 1, 5]],
    ['schedule:asc', [2, 7, 4, 3, 1, 5, 6]],
    ['owner:desc', [3, 6, 7, 4, 2, 1, 5]],
  ] as const)('%s', (sort, order) => {
    expect(ids(sortTasks(tasks, sort))).toEqual(order)
  })
})

describe('the rows', () => {
  const arrange = (group: 'schedule' | 'project' | 'owner' | 'none', closed: string[] = []) => arrangeTasks(tasks, { group, sort: 'name:asc', closed: new Set(closed) })

  it('have trouble on top, the worst first, and the rest by schedule', () => {
    expect(told(arrange('schedule'))).toEqual(['Trouble 2', 4, 3, 'Nightly 1', 2, 'Off 1', 7, 'Weekday early 2', 1, 5, 'No schedule 1', 6])
  })

  it('are grouped by project or owner, what has none last', () => {
    expect(told(arrange('project'))).toEqual(['Trouble 2', 4, 3, 'Finance 3', 6, 7, 1, 'Supply 1', 2, 'No project told 1', 5])
    expect(told(arrange('owner'))).toEqual(['Trouble 2', 4, 3, 'Ada Lovelace 4', 6, 7, 2, 1, 'No owner told 1', 5])
  })

  it('are one list where nobody wants groups', () => {
    expect(told(arrange('none'))).toEqual(['Trouble 2', 4, 3, 'Without failures 5', 6, 7, 2, 1, 5])
    expect(told(arrangeTasks([aTask()], { group: 'none', sort: 'name:asc', closed: new Set() }))).toEqual(['All tasks 1', 11])
  })

  it('of a folded group are gone, its head and its count stay', () => {
    const items = arrange('schedule', [troubleKey, `schedule ${luid(52)}`])
    expect(told(items)).toEqual(['Trouble 2', 'Nightly 1', 'Off 1', 7, 'Weekday early 2', 1, 5, 'No schedule 1', 6])
    expect(items[0]).toMatchObject({ kind: 'group', open: false })
  })

  it('hold every task once, however they are grouped', () => {
    for (const group of ['schedule', 'project', 'owner', 'none'] as const) {
      const shown = arrange(group).flatMap((item) => (item.kind === 'task' ? [item.task] : []))
      expect(ids(shown).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7])
    }
  })

  it('of Tableau Cloud are grouped by how often they run, the most often first', () => {
    const own = (id: number, frequency: string, start: string): Task => aTask({ id: luid(id), content: aWorkbook({ id: luid(20 + id), name: `Task ${id}` }), schedule: { frequency, recurrence: { frequency, start, intervals: [{ weekDay: 'Monday' }] } } })
    const cloud = [own(1, 'Monthly', '05:00:00'), own(2, 'Weekly', '18:00:00'), own(3, 'Weekly', '05:00:00'), own(4, 'Hourly', '05:00:00'), own(5, 'Yearly', '05:00:00')]
    expect(told(arrangeTasks(cloud, { group: 'schedule', sort: 'name:asc', closed: new Set() }))).toEqual(['Hourly 1', 4, 'Weekly 2', 2, 3, 'Monthly 1', 1, 'Yearly 1', 5])
    expect(ids(sortTasks(cloud, 'schedule:asc'))).toEqual([4, 3, 2, 1, 5])
    expect(ids(filterTasks(cloud, { ...noFilter, schedule: ['Weekly'] }))).toEqual([2, 3])
  })
})
