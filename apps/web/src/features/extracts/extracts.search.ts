import { contentKinds, extractSortFields, type Content, type InputOf, type listExtracts } from '@refreshboard/api-types'
import { z } from 'zod'
import { usualExtracts } from './extracts.usual.ts'

const sortSchema = z.templateLiteral([z.enum(extractSortFields), ':', z.enum(['asc', 'desc'])])
export type ExtractsSort = z.infer<typeof sortSchema>

const yesOrNo = z.enum(['yes', 'no']).optional().catch(undefined)
const id = z.string().min(1).max(100).optional().catch(undefined)

/**
 * What the address of the extracts page holds. Anything that breaks a rule is left out, so an old or mangled link still opens the
 * page. `workbook` or `datasource` is the open drawer.
 */
const searchSchema = z.object({
  q: z.string().trim().max(200).catch(''),
  kind: z.enum(contentKinds).optional().catch(undefined),
  extract: yesOrNo,
  encrypted: yesOrNo,
  scheduled: yesOrNo,
  sort: sortSchema.catch(usualExtracts.sort),
  workbook: id,
  datasource: id,
})
export type ExtractsSearch = z.output<typeof searchSchema>

export const parseExtractsSearch = (params: URLSearchParams): ExtractsSearch => searchSchema.parse(Object.fromEntries(params))

/** A workbook or a data source, by its id. */
export type ContentRef = Pick<Content, 'kind' | 'id'>

/** The open one. */
export const openIn = ({ workbook, datasource }: Pick<ExtractsSearch, 'workbook' | 'datasource'>): ContentRef | undefined =>
  workbook !== undefined ? { kind: 'workbook', id: workbook } : datasource !== undefined ? { kind: 'datasource', id: datasource } : undefined

/** The address of the open one, or of none. */
export const opening = (content: ContentRef | undefined): Pick<ExtractsSearch, 'workbook' | 'datasource'> => ({
  workbook: content?.kind === 'workbook' ? content.id : undefined,
  datasource: content?.kind === 'datasource' ? content.id : undefined,
})

/** What decides which are shown. */
export type ExtractsFilter = Pick<ExtractsSearch, 'q' | 'kind' | 'extract' | 'encrypted' | 'scheduled'>

export const noFilter: ExtractsFilter = { q: '', kind: undefined, extract: undefined, encrypted: undefined, scheduled: undefined }

export const hasFilter = ({ q, kind, extract, encrypted, scheduled }: ExtractsFilter): boolean =>
  q !== '' || [kind, extract, encrypted, scheduled].some((value) => value !== undefined)

type ListQuery = NonNullable<InputOf<typeof listExtracts>['query']>

/** The filter as the contract wants it. */
export const filterQuery = ({ q, kind, extract, encrypted, scheduled }: ExtractsFilter): ListQuery => ({
  ...(q === '' ? {} : { q }),
  ...(kind === undefined ? {} : { kind }),
  ...(extract === undefined ? {} : { extract }),
  ...(encrypted === undefined ? {} : { encrypted }),
  ...(scheduled === undefined ? {} : { scheduled }),
})
