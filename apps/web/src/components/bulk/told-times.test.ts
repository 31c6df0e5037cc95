import { expect, it } from 'vitest'
import { inZone } from './told-times.ts'

it('tells the instants of a sentence in the zone of the page, and leaves the rest as it is', () => {
  expect(inZone('It ended at 2025-11-23T10:00:00Z, and began at 2025-11-23T09:30:00.250Z.', 'America/Los_Angeles')).toBe('It ended at Sun 23 Nov 2025, 02:00:00 PST, and began at Sun 23 Nov 2025, 01:30:00 PST.')
  expect(inZone('Batch 2025-11-23 is over.', 'UTC')).toBe('Batch 2025-11-23 is over.')
})
