import { contract, tableauRequestSchema, type Contract, type Endpoint, type EndpointName, type ParsedInputOf, type TableauRequest } from '@refreshboard/api-types'
import type { TableauRequestLine } from '@refreshboard/tableau-client'
import { z } from 'zod'
import { parseInput } from '../../http/input.ts'
import type { Context, Handlers, SignedIn } from '../../http/handler.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { NothingToSend, rehearsalOf, WouldSend } from '../../session/rehearsal.ts'
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
/** One item of a bulk run, by the id of the run and its number. */
const bulkItem = 'bulk.item'

const byOperation = new Map(names.filter(isWriteName).map((name) => [operationOf(name), name]))

/** What an item of a bulk run would send, in order; none when nothing is left to send for it. */
export type RehearseItem = (context: Call, id: string, n: number) => Promise<readonly TableauRequestLine[]>

const itemParams = z.strictObject({ id: z.uuid('must be a UUID'), n: z.string().regex(/^\d{1,4}$/, 'must be the number of an item') })

const nothingOfItem = 'Everything is already as this item is to make it: nothing would be sent to Tableau.'

const rehearseItem = async (rehearseOne: RehearseItem, context: Call, given: Meant): Promise<readonly TableauRequestLine[]> => {
  const params = itemParams.safeParse(given.params)
  if (!params.success) throw new ProblemError('validation', 'params: an item of a run is named by the id of the run and its number.', { fields: { params: 'must be the id of a run and the number of an item' } })
  const tableau = rehearsalOf(context.tableau)
  const requests = await rehearseOne({ ...context, tableau }, params.data.id, Number(params.data.n))
  if (requests.length === 0) throw new NothingToSend(nothingOfItem)
  return requests
}

/** The handler of the write itself, with nobody to send through. */
// Name ties the handler to the endpoint whose input it is given.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
const rehearse = async <Name extends WriteName>(name: Name, handlers: Handlers, context: Call, given: Meant): Promise<never> => {
  const endpoint: Endpoint = contract[name]
  const handler: Handlers[Name] = handlers[name]
  // parseInput has just parsed it by this endpoint's own schemas, which is what ParsedInputOf says of it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const input = parseInput(endpoint, { params: given.params, query: {}, body: given.body }) as ParsedInputOf<Contract[Name]>
  const { session, tableau } = context
  await handler({ ...context, input, key: undefined, signedIn: { session, tableau: rehearsalOf(tableau) } })
  throw new Error(`${given.operation} was not rehearsed`)
}

const shown = ({ method, path, body }: TableauRequestLine): TableauRequest => tableauRequestSchema.parse({ method, path, xml: body })

/** In the order in which they go out; `nothing`: why there is none, as a sentence. */
interface Told {
  readonly requests: readonly TableauRequest[]
  readonly nothing?: string
}

/**
 * What a write of the contract would send: its own handler runs with a session that reads and sends nothing, so that what is shown
 * comes from the same rules and the same encoder as what is sent. One request for a single write; as many as it takes for an item of a
 * bulk run; none where everything is already as it was wanted.
 */
export const wouldSendOf = async (deps: { handlers: Handlers; rehearseItem: RehearseItem }, context: Call, given: Meant): Promise<Told> => {
  const name = byOperation.get(given.operation)
  if (name === undefined && given.operation !== bulkItem) {
    throw new ProblemError('validation', `operation: “${given.operation}” writes nothing to Tableau.`, { fields: { operation: `is one of ${[...byOperation.keys(), bulkItem].join(', ')}` } })
  }
  try {
    const requests = await (name === undefined ? rehearseItem(deps.rehearseItem, context, given) : rehearse(name, deps.handlers, context, given))
    return { requests: requests.map(shown) }
  } catch (error) {
    if (error instanceof WouldSend) return { requests: [shown(error.request)] }
    if (error instanceof NothingToSend) return { requests: [], nothing: error.evidence }
    throw error
  }
}
