import { createTask, updateTask, type Resource } from '@refreshboard/api-types'
import { useWrite } from '../../lib/writes.ts'

const invalidates: Resource[] = ['tasks']

/** What is written to: one write to it at a time. */
export const formTargets = {
  create: 'tasks.create',
  update: (id: string) => `tasks.update ${id}`,
} as const

export const useCreateTask = () => useWrite(createTask, [...invalidates])
export const useUpdateTask = () => useWrite(updateTask, [...invalidates])
