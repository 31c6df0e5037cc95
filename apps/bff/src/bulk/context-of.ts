import type { SignedIn } from '../http/handler.ts'
import type { BulkContext } from './bulk-action.ts'

/** Who asks, for the runs. */
export const contextOf = ({ session, tableau, requestId }: SignedIn & { readonly requestId: string }): BulkContext => ({ principal: session.principal, facts: session.facts, tableau, requestId })
