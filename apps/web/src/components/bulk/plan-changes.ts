import type { BulkItem } from '@refreshboard/api-types'
import { withoutTimes } from './told-times.ts'

const isLeftOut = ({ state }: BulkItem): boolean => state === 'left_out'

const changeOf = (before: BulkItem | undefined, now: BulkItem): string | undefined => {
  const name = `“${now.name}”`
  if (before === undefined) return isLeftOut(now) ? undefined : `${name} was not among them before: ${now.will}`
  if (isLeftOut(now)) return isLeftOut(before) ? undefined : `${name} is left out now: ${now.reason ?? 'nothing can be done to it.'}`
  if (isLeftOut(before)) return `${name} is no longer left out: ${now.will}`
  return before.will === now.will ? undefined : `${name}: it was “${before.will}”, it is “${now.will}” now.`
}

/** What another plan does otherwise than the one that a person has seen, a sentence for each. */
export const planChanges = (before: readonly BulkItem[], now: readonly BulkItem[]): string[] => {
  const old = new Map(before.map((item) => [item.id, item]))
  const kept = new Set(now.map(({ id }) => id))
  const changed = now.map((item) => changeOf(old.get(item.id), item)).filter((words) => words !== undefined)
  const gone = before.filter((item) => !kept.has(item.id) && !isLeftOut(item)).map(({ name }) => `“${name}” is not among them any more.`)
  return [...changed, ...gone]
}

/** Those that are left out, by the reason; the most first. */
export const leftOutByReason = (items: readonly BulkItem[]): { reason: string; items: BulkItem[] }[] => {
  const groups = new Map<string, BulkItem[]>()
  for (const item of items.filter(isLeftOut)) {
    const reason = withoutTimes(item.reason ?? 'No reason was told.')
    groups.set(reason, [...(groups.get(reason) ?? []), item])
  }
  return [...groups].map(([reason, members]) => ({ reason, items: members })).toSorted((a, b) => b.items.length - a.items.length)
}
