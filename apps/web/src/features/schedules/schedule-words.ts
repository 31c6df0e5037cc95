import type { Schedule } from '@refreshboard/api-types'
import { describeRecurrence } from '@refreshboard/recurrence'

const own = (words: Readonly<Record<string, string>>, raw: string): string => (Object.hasOwn(words, raw) ? words[raw] : undefined) ?? raw

const types: Readonly<Record<string, string>> = {
  Extract: 'Extract',
  Subscription: 'Subscription',
  Flow: 'Flow',
  DataAcceleration: 'Data acceleration',
  ActiveDirectorySync: 'Directory sync',
  System: 'System',
}

/** What a schedule is for; a type that this version does not know as Tableau tells it. */
export const typeInWords = (type: string): string => own(types, type)

const orders: Readonly<Record<string, string>> = { Parallel: 'in parallel', Serial: 'one after the other' }

/** How the tasks of one run follow each other; an unknown way as Tableau tells it. */
export const orderInWords = (order: string): string => own(orders, order)

/** What runs on a schedule of that type, for a sentence: `extract refreshes`. */
export const workOf = (type: string): string => own({ Extract: 'extract refreshes', Subscription: 'subscriptions', Flow: 'flow runs', DataAcceleration: 'data acceleration' }, type)

/** When it runs, in words: the server's wall clock. Until its details were read only how often. */
export const repeatsInWords = ({ recurrence, frequency }: Pick<Schedule, 'recurrence' | 'frequency'>): string =>
  recurrence === undefined ? `${frequency} …` : describeRecurrence(recurrence)

export { formatCount, plural } from '../../lib/count.ts'
