import { auditStates, instantSchema, type InputOf, type listAudit } from '@refreshboard/api-types'
import { z } from 'zod'
import { listOf } from '../../lib/search-lists.ts'
import { usualAudit } from './audit.usual.ts'

const seqSchema = z.coerce.number().int().min(1).max(999_999_999).optional().catch(undefined)

/**
 * What the address of the audit holds. Anything that breaks a rule is left out. `before` is the record at which the list stands still
 * while somebody looks at older ones; `offset` how many of those are passed; `record` the open drawer.
 */
const searchSchema = z.object({
  q: z.string().trim().max(200).catch(''),
  operation: listOf(z.string().min(1).max(60)),
  state: listOf(z.enum(auditStates)),
  from: instantSchema.optional().catch(undefined),
  to: instantSchema.optional().catch(undefined),
  bulk: z.uuid().optional().catch(undefined),
  before: seqSchema,
  offset: z.coerce.number().int().min(0).max(999_999_999).catch(Number(usualAudit.offset)),
  record: seqSchema,
})
export type AuditSearch = z.output<typeof searchSchema>

export const parseAuditSearch = (params: URLSearchParams): AuditSearch => searchSchema.parse(Object.fromEntries(params))

/** What decides which records are shown. */
export type AuditFilter = Pick<AuditSearch, 'q' | 'operation' | 'state' | 'from' | 'to' | 'bulk'>

export const noFilter: AuditFilter = { q: '', operation: [], state: [], from: undefined, to: undefined, bulk: undefined }

export const hasFilter = ({ q, operation, state, from, to, bulk }: AuditFilter): boolean =>
  q !== '' || operation.length > 0 || state.length > 0 || from !== undefined || to !== undefined || bulk !== undefined

/** The filter as the contract wants it. */
export const filterQuery = ({ q, operation, state, from, to, bulk }: AuditFilter): NonNullable<InputOf<typeof listAudit>['query']> => ({
  ...(q === '' ? {} : { q }),
  ...(operation.length > 0 ? { operation: operation.toSorted().join(',') } : {}),
  ...(state.length > 0 ? { state: state.toSorted().join(',') } : {}),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(bulk === undefined ? {} : { bulk }),
})
