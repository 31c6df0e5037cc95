import type { PlannedItem } from './bulk-action.ts'

/** “12 jobs”: how many of a plan are not left out. */
export const countOf = (items: readonly PlannedItem[], what: string): string => {
  const count = items.filter(({ reason }) => reason === undefined).length
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`
}
