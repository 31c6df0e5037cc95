import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { TableauServerConfig } from './config.ts'
import { assertPrivate } from './session/secret-key.ts'
import { StartFault } from './start-fault.ts'

const credentialsSchema = z.record(
  z.string(),
  z.strictObject({ site: z.string(), personalAccessTokenName: z.string().min(1), personalAccessTokenSecret: z.string().min(1) }),
)

const shape = '{ "main": { "site": "", "personalAccessTokenName": "…", "personalAccessTokenSecret": "…" } }'

/** Nothing of what it holds may stand in the reason. */
const read = (file: string): unknown => {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return parsed
  } catch {
    throw new StartFault(`WALL_CREDENTIALS_FILE: ${file} is not JSON: write ${shape}`)
  }
}

/** Refuses a file of wall credentials that is missing, that others can read, or that does not fit the servers. */
export const assertWallCredentials = (file: string, servers: readonly TableauServerConfig[]): void => {
  if (!existsSync(file)) throw new StartFault(`WALL_CREDENTIALS_FILE: ${file} does not exist`)
  assertPrivate('WALL_CREDENTIALS_FILE', file)
  const { data } = credentialsSchema.safeParse(read(file))
  if (data === undefined) throw new StartFault(`WALL_CREDENTIALS_FILE: ${file} must be of the form ${shape}`)
  const unknown = Object.keys(data).find((id) => !servers.some((server) => server.id === id))
  if (unknown !== undefined) throw new StartFault(`WALL_CREDENTIALS_FILE: there is no server “${unknown}” in TABLEAU_SERVERS`)
}
