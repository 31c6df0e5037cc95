import { contract, tableauRequestSchema, type Contract, type Endpoint, type EndpointName, type ParsedInputOf, type TableauRequest } from '@refreshboard/api-types'
import { parseInput } from '../../http/input.ts'
import type { Context, Handlers, SignedIn } from '../../http/mount.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { rehearsalOf, WouldSend } from '../../session/rehearsal.ts'
import { isWriteName, operationOf, type WriteName } from '../../writes/write-laws.ts'

/** Who asks, whatever else was asked of it. */
type Call = Omit<Context<Contract['wouldSend']>, 'input'> & SignedIn

interface Meant {
  readonly operation: string
  readonly params: Record<string, string>
  readonly body?: unknown
}

// The contract's keys are the endpoint names, which Object.keys does not know.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const names = Object.keys(contract) as EndpointName[]
const byOperation = new Map(names.filter(isWriteName).map((name) => [operationOf(name), name]))

/** The handler of the write itself, with nobody to send through. */
// Name ties the handler to the endpoint whose input it is given.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
const rehearse = async <Name extends WriteName>(name: Name, handlers: Handlers, context: Call, given: Meant): Promise<void> => {
  const endpoint: Endpoint = contract[name]
  const handler: Handlers[Name] = handlers[name]
  // parseInput has just parsed it by this endpoint's own schemas, which is what ParsedInputOf says of it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const input = parseInput(endpoint, { params: given.params, query: {}, body: given.body }) as ParsedInputOf<Contract[Name]>
  const { session, tableau } = context
  await handler({ ...context, input, key: undefined, signedIn: { session, tableau: rehearsalOf(tableau) } })
}

/**
 * What a write of the contract would send: its own handler runs with a session that reads and sends nothing, so that what is shown
 * comes from the same rules and the same encoder as what is sent.
 */
export const wouldSendOf = async (handlers: Handlers, context: Call, given: Meant): Promise<TableauRequest> => {
  const name = byOperation.get(given.operation)
  if (name === undefined) throw new ProblemError('validation', `operation: “${given.operation}” writes nothing to Tableau.`, { fields: { operation: `is one of ${[...byOperation.keys()].join(', ')}` } })
  try {
    await rehearse(name, handlers, context, given)
  } catch (error) {
    if (!(error instanceof WouldSend)) throw error
    const { method, path, body } = error.request
    return tableauRequestSchema.parse({ method, path, xml: body })
  }
  throw new Error(`${given.operation} sends nothing`)
}
