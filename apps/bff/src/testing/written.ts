import { getWrite, writeOutcomeSchema, type WriteOutcome } from '@refreshboard/api-types'
import { outputOf, type Browser, type Reply } from './browser.ts'
import { eventually } from './harness.ts'
import type { TestClock } from './test-clock.ts'

/** The outcome in the answer to a write; fails when it is a problem. */
export const outcomeIn = (reply: Reply): WriteOutcome => {
  if (reply.status >= 300) throw new Error(`answered ${reply.status} ${reply.text}`)
  return writeOutcomeSchema.parse(reply.json)
}

export const outcomeOf = async (browser: Browser, key: string): Promise<WriteOutcome> => outputOf(getWrite, await browser.get(`/api/writes/${key}`))

/** Lets the BFF read back until the outcome is known, turning its clock (and the simulator's) whenever it waits for that. */
export const settledOutcome = async (browser: Browser, key: string, clock: TestClock, onTurn: (ms: number) => void = () => undefined): Promise<WriteOutcome> => {
  let outcome = await outcomeOf(browser, key)
  await eventually(async () => {
    if (clock.waiting > 0) {
      clock.advance(500)
      onTurn(500)
    }
    outcome = await outcomeOf(browser, key)
    return outcome.state !== 'checking'
  }, 'the outcome')
  return outcome
}
