import { scheduleSchema, type Recurrence, type Schedule } from '@refreshboard/api-types'
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router'
import { createElement } from 'react'
import { luid } from './fake-api.ts'
import { show } from './render.tsx'

/** Weekdays at five, in Los Angeles. */
const early: Recurrence = { frequency: 'Weekly', start: '05:00:00', intervals: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((weekDay) => ({ weekDay })) }

/** A schedule as Get Server Schedule tells it. */
export const aSchedule = (more: Partial<Schedule> = {}): Schedule =>
  scheduleSchema.parse({
    id: luid(7),
    name: 'Weekday early',
    state: 'Active',
    type: 'Extract',
    frequency: more.recurrence?.frequency ?? 'Weekly',
    priority: 50,
    createdAt: '2024-03-01T10:00:00Z',
    updatedAt: '2025-11-24T13:00:10Z',
    nextRunAt: '2025-11-25T13:00:00Z',
    executionOrder: 'Parallel',
    recurrence: early,
    ...more,
  })

/** On the 1st and 15th: a shape that REST tells and cannot write. */
export const unwritable: Recurrence = { frequency: 'Monthly', start: '06:00:00', intervals: [{ monthDay: '1' }, { monthDay: '15' }] }

/** Tableau's clock in these tests: Monday evening in Los Angeles. */
export const tableauNow = '2025-11-25T02:00:00Z'

/** The answer that lists schedules. */
export const aList = (schedules: readonly Schedule[], more: Record<string, unknown> = {}): Record<string, unknown> => ({
  schedules,
  details: { known: schedules.length, wanted: schedules.length },
  tasks: { scope: 'site', counts: { [luid(7)]: 38 } },
  timeZone: { name: 'America/Los_Angeles', inferred: false },
  age: { ageMs: 500, tableauNow },
  ...more,
})

/** What a write is answered with. */
export const anOutcome = (key: string | null, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  key,
  operation: 'schedules.update',
  state: 'done',
  startedAt: tableauNow,
  evidence: 'Tableau confirmed it.',
  ...more,
})

/** Shows pages below the routes that they lead to. */
export const visit = (routes: RouteObject[], path: string) => {
  const router = createMemoryRouter(routes, { initialEntries: [path] })
  show(createElement(RouterProvider, { router }))
  return router
}
