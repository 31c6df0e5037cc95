import { alikeKey } from './alike.ts'

/** A letter in six can be another one, and none in a name so short that any other is as near. */
export const slack = (name: string): number => Math.max(name.length < 4 ? 0 : 1, Math.floor(name.length / 6))

/** So many steps a guard takes, about a second; what is not compared by then counts as near. */
const mostSteps = 60_000_000

/** Whether names are near enough that one may be meant by the other; `tooMany`: not all could be compared. */
type Nearness = 'near' | 'far' | 'tooMany'

/** @returns whether `other` may be meant by `name`. */
export type NearGuard = (name: string, other: string) => Nearness

/**
 * Compares what a text names with what it would take off, by letters that are changed, left out, added or swapped. Other than a
 * suggestion it leaves nothing out: when it has taken its time, everything that is not compared may be meant.
 */
export const nearGuard = (): NearGuard => {
  let left = mostSteps
  const keys = new Map<string, string>()
  const keyOf = (name: string): string => {
    const key = keys.get(name) ?? alikeKey(name)
    keys.set(name, key)
    return key
  }
  /** The last three lines of the table of distances, used again for every pair. */
  let [before, row, next] = [new Uint16Array(0), new Uint16Array(0), new Uint16Array(0)]
  /** Only the places within `most` of the diagonal are looked at: farther off is too far. */
  const isWithin = (a: string, b: string, most: number): boolean => {
    const beyond = most + 1
    if (row.length < b.length + 2) [before, row, next] = [new Uint16Array(b.length + 2), new Uint16Array(b.length + 2), new Uint16Array(b.length + 2)]
    for (let j = 0; j <= Math.min(b.length, beyond); j += 1) row[j] = j
    for (let i = 1; i <= a.length; i += 1) {
      const from = Math.max(1, i - most)
      const to = Math.min(b.length, i + most)
      // Beside the band everything is too far.
      next[from - 1] = from === 1 && i <= most ? i : beyond
      row[to] = i + most <= b.length ? beyond : (row[to] ?? beyond)
      let least = next[from - 1] ?? beyond
      for (let j = from; j <= to; j += 1) {
        const same = a.codePointAt(i - 1) === b.codePointAt(j - 1)
        let off = Math.min((row[j - 1] ?? beyond) + (same ? 0 : 1), (row[j] ?? beyond) + 1, (next[j - 1] ?? beyond) + 1)
        if (!same && i > 1 && j > from && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) off = Math.min(off, (before[j - 2] ?? beyond) + 1)
        next[j] = Math.min(off, beyond)
        least = Math.min(least, off)
      }
      left -= to - from + 2
      if (least > most) return false
      ;[before, row, next] = [row, next, before]
    }
    return (row[b.length] ?? beyond) <= most
  }
  return (name, other) => {
    left -= 1
    if (left < 0) return 'tooMany'
    const [a, b] = [keyOf(name), keyOf(other)]
    if (a === b) return 'near'
    const most = Math.max(slack(a), slack(b))
    return Math.abs(a.length - b.length) <= most && isWithin(a, b, most) ? 'near' : 'far'
  }
}
