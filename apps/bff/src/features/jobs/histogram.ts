import type { JobIndex, JobFilter } from '../../live/job-index.ts'
import { instant } from '../../clock.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Widths of a slot that people can read off an axis. */
const widths = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 7 * day]
const mostSlots = 100

const widthFor = (range: number): number => widths.find((width) => range / width <= mostSlots) ?? Math.ceil(range / mostSlots / (7 * day)) * 7 * day

/** Slots begin between 1970 and 9990: outside it there are no jobs, and no four-digit years for the rounding. */
const latest = Date.parse('9990-01-01T00:00:00Z')

interface Histogram {
  slotMs: number
  slots: { at: string; failed: number; other: number }[]
}

/** Jobs by creation, in slots of equal width; the last 24 hours before `now` unless the filter is bounded. Slots begin on round UTC times. */
export const histogramOf = (index: JobIndex, filter: JobFilter, now: number): Histogram => {
  const to = Math.min(Number.isFinite(filter.to) ? filter.to : now, latest)
  const from = Math.max(Number.isFinite(filter.from) ? filter.from : to - day, 0)
  const slotMs = widthFor(Math.max(0, to - from))
  const first = Math.floor(from / slotMs) * slotMs
  const slots = Array.from({ length: Math.max(0, Math.ceil((to - first) / slotMs)) }, (_slot, at) => ({ at: instant(first + at * slotMs), failed: 0, other: 0 }))
  index.forEachMatch({ ...filter, from, to: Number.isFinite(filter.to) ? to : Number.POSITIVE_INFINITY }, (createdAt, group) => {
    // A job that was created after `now` was looked at belongs to the last slot, not to none.
    const slot = slots[Math.min(slots.length - 1, Math.floor((createdAt - first) / slotMs))]
    if (!slot) return
    if (group === 'Failed') slot.failed += 1
    else slot.other += 1
  })
  return { slotMs, slots }
}
