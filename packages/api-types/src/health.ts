import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** The process answers. Nothing is asked of the caller. */
export const getHealth = endpoint({
  resource: 'health',
  operation: 'get',
  method: 'GET',
  path: '/api/health',
  access: 'open',
  output: z.object({ status: z.literal('ok') }),
})

/** The process can work: its store answers too. 503 `storage_unavailable` otherwise. */
export const getReady = endpoint({
  resource: 'health',
  operation: 'ready',
  method: 'GET',
  path: '/api/ready',
  access: 'open',
  output: z.object({ status: z.literal('ready') }),
})

/** Which build runs, so that an open page can notice a new one. `id` changes with every build of the web app. */
export const getBuild = endpoint({
  resource: 'build',
  operation: 'get',
  method: 'GET',
  path: '/api/build',
  access: 'open',
  output: z.object({ id: z.string(), version: z.string() }),
})
