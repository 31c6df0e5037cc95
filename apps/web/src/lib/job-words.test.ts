import { describe, expect, it } from 'vitest'
import { aJob } from '../test/fake-api.ts'
import { jobName, spansOf, statusInWords, typeInWords } from './job-words.ts'

describe('words', () => {
  it.each([
    ['refresh_extracts', 'Full refresh'],
    ['run_flow', 'Flow run'],
    ['brand_new_kind', 'Brand new kind'],
    ['BrandNewKind', 'Brand new kind'],
    ['constructor', 'Constructor'],
    ['__', '__'],
  ])('%s is %s', (raw, words) => {
    expect(typeInWords(raw)).toBe(words)
  })

  it('tell an unknown state as Tableau does', () => {
    expect(statusInWords('InProgress')).toBe('Running')
    expect(statusInWords('SentToBridge')).toBe('Sent to bridge')
  })

  it('name a job without a title by its type', () => {
    expect(jobName({ jobType: 'purge_expired_wgsessions' })).toBe('Session clean-up')
  })
})

describe('waiting and running', () => {
  const now = Date.parse('2025-11-23T10:10:00Z')

  it('go on for a job that is not over', () => {
    expect(spansOf(aJob.pending(), now)).toEqual({ waited: 600_000, waiting: true, ran: undefined, running: false })
    expect(spansOf(aJob.running(), now)).toEqual({ waited: 12_000, waiting: false, ran: 588_000, running: true })
  })

  it('stand still for one that is', () => {
    expect(spansOf(aJob.failed(), now)).toEqual({ waited: 12_000, waiting: false, ran: 252_000, running: false })
    expect(spansOf(aJob.pending({ status: 'Cancelled', endedAt: '2025-11-23T10:01:00Z' }), now)).toMatchObject({ waited: 60_000, ran: undefined })
  })

  it('are never negative', () => {
    expect(spansOf(aJob.failed({ startedAt: '2025-11-23T09:00:00Z', endedAt: '2025-11-23T08:00:00Z' }), now)).toMatchObject({ waited: 0, ran: 0 })
  })
})
