import type { TableauRequestLine } from '@refreshboard/tableau-client'
import { WouldSend } from '../session/rehearsal.ts'
import type { Intention } from '../writes/intention.ts'
import type { BulkAction, BulkContext, BulkWork, Carry } from './bulk-action.ts'

/** What an intention would send, or undefined where there is nothing left to send. */
const requestOf = async ({ tableau }: BulkContext, intention: Intention): Promise<TableauRequestLine | undefined> => {
  try {
    await intention.send(tableau, () => Promise.resolve())
    return undefined
  } catch (error) {
    if (error instanceof WouldSend) return error.request
    throw error
  }
}

/** What an action that does not tell its intentions would send first. */
const firstOf = async (action: BulkAction<unknown>, context: BulkContext, work: BulkWork): Promise<TableauRequestLine[]> => {
  const isEnough = new Error('what is sent first is known')
  const requests: TableauRequestLine[] = []
  const carry: Carry = async (_context, intention) => {
    const request = await requestOf(context, intention)
    if (request !== undefined) requests.push(request)
    throw isEnough
  }
  try {
    await action.perform(context, work, carry)
  } catch (error) {
    if (error !== isEnough) throw error
  }
  return requests
}

/** What would be sent for one item, in order; `context` has the session of a rehearsal. */
export const requestsOf = async (action: BulkAction<unknown>, context: BulkContext, work: BulkWork): Promise<readonly TableauRequestLine[]> => {
  const intentions = action.intentionsOf?.(context, work)
  if (intentions === undefined) return firstOf(action, context, work)
  const requests: TableauRequestLine[] = []
  for (const intention of intentions) {
    const request = await requestOf(context, intention)
    if (request !== undefined) requests.push(request)
  }
  return requests
}
