import { sessionSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { aJob, aSession } from '../../test/fake-api.ts'
import { canCancel, canListJobs } from './jobs-can.ts'

describe('what this person can do', () => {
  const admin = sessionSchema.parse(aSession())
  const viewer = sessionSchema.parse(aSession({ can: false }))

  it('is said with the reason', () => {
    expect(canListJobs(admin)).toBe(true)
    expect(canListJobs(viewer)).toBe('Only administrators may list jobs.')
    expect(canCancel(aJob.running(), admin)).toBe(true)
    expect(canCancel(aJob.running(), viewer)).toBe('Only administrators may cancel jobs.')
    expect(canCancel(aJob.failed(), admin)).toMatch(/over \(failed\)/)
    expect(canCancel(aJob.running({ id: 'not-a-luid' }), admin)).toMatch(/id/)
  })
})
