import { z } from 'zod'
import { dataAgeSchema } from './data-age.ts'
import { endpoint } from './endpoint.ts'
import { luidSchema } from './ids.ts'
import { taskSchema } from './tasks.ts'
import { writeOutcomeSchema } from './writes.ts'

/**
 * The data acceleration tasks of the site (Get Data Acceleration Tasks in a Site): administrators of a Tableau Server with API 3.8
 * to 3.15. 409 `unsupported_here` with the reason anywhere else: later servers answer and do nothing.
 */
export const listDataAccelerationTasks = endpoint({
  resource: 'tasks',
  operation: 'listDataAcceleration',
  method: 'GET',
  path: '/api/data-acceleration-tasks',
  output: z.object({
    tasks: z.array(taskSchema),
    /** False while names of content are still being read: ask again. */
    named: z.boolean(),
    age: dataAgeSchema,
  }),
})

/** Deletes a data acceleration task; the workbook stays (Delete Data Acceleration Task, API 3.8 to 3.15). */
export const deleteDataAccelerationTask = endpoint({
  resource: 'tasks',
  operation: 'deleteDataAcceleration',
  method: 'DELETE',
  path: '/api/data-acceleration-tasks/:id',
  effect: 'tableau',
  params: z.object({ id: luidSchema }),
  output: writeOutcomeSchema,
})
