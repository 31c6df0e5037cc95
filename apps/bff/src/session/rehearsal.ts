import type { TableauRequestLine } from '@refreshboard/tableau-client'
import type { TableauSession } from './tableau-session.ts'

/** Thrown in a rehearsal in place of sending. */
export class WouldSend extends Error {
  override readonly name = 'WouldSend'
  readonly request: TableauRequestLine

  constructor(request: TableauRequestLine) {
    super('this would be sent')
    this.request = request
  }
}

/** Thrown in a rehearsal of a write that has nothing left to send; says why as a sentence. */
export class NothingToSend extends Error {
  override readonly name = 'NothingToSend'
  readonly evidence: string

  constructor(evidence: string) {
    super('nothing would be sent')
    this.evidence = evidence
  }
}

/** A session that reads as the given one and sends nothing: the first call that is no reading throws {@link WouldSend}. */
export const rehearsalOf = (tableau: TableauSession): TableauSession => ({
  ...tableau,
  rehearsal: true,
  call: async (endpoint, input, options) => {
    if (endpoint.operation === 'read') return tableau.call(endpoint, input, options)
    throw new WouldSend(await tableau.requestOf(endpoint, input))
  },
})
