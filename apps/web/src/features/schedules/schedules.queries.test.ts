import { listSchedules } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { ApiError } from '../../lib/api-error.ts'
import { receiptNow } from '../../lib/live.ts'
import { aList, aSchedule } from '../../test/a-schedule.ts'
import { nextRead, type HeldSchedules } from './schedules.queries.ts'

const held = (details: Record<string, unknown>, still = 0, more: Record<string, unknown> = {}): HeldSchedules => ({
  ...listSchedules.output.parse(aList([aSchedule()], { details, ...more })),
  receipt: receiptNow(),
  still,
})
const now = Date.parse('2025-11-25T02:00:00Z')

describe('when the schedules are read again', () => {
  it('is every second while details are being read, and then as often as lists are', () => {
    expect(nextRead(held({ known: 3, wanted: 40 }), null, now)).toBe(1000)
    expect(nextRead(held({ known: 40, wanted: 40 }), null, now)).toBe(30_000)
  })

  it('is later when no more details come, and not sooner than a list where none can', () => {
    expect(nextRead(held({ known: 3, wanted: 40 }, 14), null, now)).toBe(10_000)
    expect(nextRead(held({ known: 3, wanted: 40 }, 500), null, now)).toBe(30_000)
    expect(nextRead(held({ known: 0, wanted: 40, unavailable: 'An old server.' }), null, now)).toBe(30_000)
  })

  it('waits as long as it is asked to', () => {
    const error = new ApiError({ code: 'throttled', received: 'yes', problem: { code: 'throttled', title: 't', detail: 'd', status: 429, requestId: 'r', retryAt: '2025-11-25T02:01:30Z' } })
    expect(nextRead(held({ known: 3, wanted: 40 }), error, now)).toBe(90_000)
  })

  it('is not while the first answer has not come', () => {
    expect(nextRead(undefined, null, now)).toBe(false)
  })
})
