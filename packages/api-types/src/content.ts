import { z } from 'zod'
import { dataAgeSchema } from './data-age.ts'
import { endpoint } from './endpoint.ts'
import { instantSchema, luidSchema } from './ids.ts'
import { permissionSchema } from './session.ts'
import { wholeNumber } from './whole-number.ts'

export const contentKinds = ['workbook', 'datasource'] as const

/** A workbook or a published data source. Everything but kind and id is absent where Tableau does not tell it to this user. */
export const contentSchema = z.object({
  kind: z.enum(contentKinds),
  id: z.string().min(1),
  name: z.string().optional(),
  project: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
  owner: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
  /** Whether an extract stands behind it; otherwise it asks its data live. */
  hasExtracts: z.boolean().optional(),
  /** Whether its extracts are to be encrypted at rest; the site's mode can decide it for all. */
  encryptExtracts: z.boolean().optional(),
  updatedAt: instantSchema.optional(),
  /** Its page in Tableau; http or https. */
  webpageUrl: z.url({ protocol: /^https?$/ }).optional(),
})
export type Content = z.infer<typeof contentSchema>

/** `q` is found anywhere in name, project or owner without regard to case. Sorted by name. */
const contentQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  offset: wholeNumber(0, 999_999_999).default(0),
  limit: wholeNumber(1, 1000).default(100),
})

const contentWindow = z.object({
  rows: z.array(contentSchema),
  /** How many match, over all windows. */
  total: z.int().min(0),
  /** False while the first reading is still under way: ask again. */
  complete: z.boolean(),
  age: dataAgeSchema,
})

/** A window of the site's workbooks (Query Workbooks for Site, all pages). */
export const listWorkbooks = endpoint({
  resource: 'workbooks',
  operation: 'list',
  method: 'GET',
  path: '/api/workbooks',
  query: contentQuery,
  output: contentWindow,
})

/**
 * One item as it is now, and what this user may do with it. `manage`: create and delete its extracts, as its owner, an owner or leader
 * of its project, or an administrator (extract reference, § Create an Extract for a Data Source). `setEncryption`: say whether its
 * extracts are encrypted, as its owner or an administrator (§ About Extract Encryption).
 */
export const contentDetailSchema = contentSchema.extend({ manage: permissionSchema, setEncryption: permissionSchema })
export type ContentDetail = z.infer<typeof contentDetailSchema>

/** One workbook as it is now (Query Workbook). Its picture: `GET /api/workbooks/:id/preview.png`. */
export const getWorkbook = endpoint({
  resource: 'workbooks',
  operation: 'get',
  method: 'GET',
  path: '/api/workbooks/:id',
  params: z.object({ id: luidSchema }),
  output: contentDetailSchema,
})

/** One published data source as it is now (Query Data Source). */
export const getDatasource = endpoint({
  resource: 'datasources',
  operation: 'get',
  method: 'GET',
  path: '/api/datasources/:id',
  params: z.object({ id: luidSchema }),
  output: contentDetailSchema,
})

/** A window of the site's published data sources (Query Data Sources, all pages). */
export const listDatasources = endpoint({
  resource: 'datasources',
  operation: 'list',
  method: 'GET',
  path: '/api/datasources',
  query: contentQuery,
  output: contentWindow,
})
