/** Type tests: `tsc` is the runner. */
import type { WriteName } from './write-laws.ts'

// @ts-expect-error a write of the contract has no law
const laws: Record<WriteName, string> = { cancelJob: 'sent once', createSchedule: 'sent once' }

// @ts-expect-error a read is no write
const name: WriteName = 'listJobs'

export const checked = [laws, name]
