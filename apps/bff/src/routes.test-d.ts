/** Type tests: `tsc` is the runner; a line that compiles after all fails the build. */
import type { contract } from '@refreshboard/api-types'
import type { Handler, Handlers } from './http/handler.ts'
import type { createHandlers } from './routes.ts'

const all = (made: ReturnType<typeof createHandlers>): Handlers => made

const without = ({ cancelJob: _left, ...others }: Handlers): Handlers =>
  // @ts-expect-error a contract endpoint without a handler
  others

// @ts-expect-error a handler that answers with something else than the contract says
const wrong: Handler<typeof contract.getHealth> = () => Promise.resolve({ body: { status: 'fine' } })

export const checked = [all, without, wrong]
