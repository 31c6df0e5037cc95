import type { Schedule } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { listEveryMs } from '../../components/data-age.tsx'
import { ApiError, failureOf, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { scheduleOf, schedulesList, type HeldSchedule, type HeldSchedules } from './schedules.queries.ts'

const missing = (error: unknown): boolean => error instanceof ApiError && (error.code === 'not_found' || error.code === 'bad_id')

/** For so long Tableau may take to show what it has made. */
const settlingMs = 60_000
const lookAgainMs = 2000

interface Followed {
  /** As it was read last; its row of the list until then. */
  schedule: Schedule | undefined
  /** Its own reading; absent while only its row is known. */
  held: HeldSchedule | undefined
  list: HeldSchedules | undefined
  /** It is not there: when that was first noticed and when it was seen last, milliseconds since 1970. */
  gone: { missedAt: number; seenAt: number | undefined; failure: Failure } | undefined
  /** It was made a moment ago and Tableau does not show it yet. */
  settling: boolean
  failure: Failure | undefined
  fetching: boolean
  retry: () => void
}

/** One schedule, read again by itself until it is gone. `made`: somebody has just made it. */
export const useSchedule = (id: string, made: boolean): Followed => {
  const live = useIsLive()
  const [settled, setSettled] = useState(!made)
  const [missed, setMissed] = useState<{ at: number }>()
  const [seen, setSeen] = useState<{ schedule: Schedule; at: number }>()
  const list = useQuery({ ...schedulesList(), enabled: live })
  useEffect(() => {
    if (settled) return undefined
    const timer = setTimeout(() => setSettled(true), settlingMs)
    return () => clearTimeout(timer)
  }, [settled])
  const one = useQuery({
    ...scheduleOf(id),
    enabled: live,
    refetchInterval: ({ state }) => (state.status === 'error' && missing(state.error) ? (settled ? false : lookAgainMs) : listEveryMs),
  })
  const row = list.data?.schedules.find((schedule) => schedule.id === id)
  const isMissing = missing(one.error)
  // The list is read again when it is missed, and forgets that it was ever there.
  if (row !== undefined && list.data !== undefined && !isMissing && seen?.at !== list.data.receipt.wall) setSeen({ schedule: row, at: list.data.receipt.wall })
  if (isMissing && missed === undefined) setMissed({ at: one.errorUpdatedAt })
  if (!isMissing && missed !== undefined && one.error === null) setMissed(undefined)
  const failure = one.error === null || isSessionEnd(one.error) ? undefined : failureOf(one.error)
  return {
    schedule: one.data?.schedule ?? row ?? seen?.schedule,
    held: one.data,
    list: list.data,
    gone: isMissing && failure !== undefined ? { missedAt: missed?.at ?? one.errorUpdatedAt, seenAt: one.data?.receipt.wall ?? seen?.at, failure } : undefined,
    settling: isMissing && one.data === undefined && !settled,
    failure,
    fetching: one.isFetching,
    retry: () => void one.refetch(),
  }
}
