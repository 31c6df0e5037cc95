import { z } from 'zod'
import { contentKinds, contentSchema } from './content.ts'
import { dataAgeSchema } from './data-age.ts'
import { endpoint } from './endpoint.ts'
import { luidSchema } from './ids.ts'
import { taskSchema } from './tasks.ts'
import { wholeNumber } from './whole-number.ts'
import { writeOutcomeSchema } from './writes.ts'

const yesOrNo = z.enum(['yes', 'no'])
export const extractSortFields = ['name', 'project', 'owner', 'updatedAt'] as const

/**
 * `q` is found anywhere in name, project or owner without regard to case. `extract`: `yes` for what has one, `no` for what is live.
 * What Tableau does not tell of an item matches neither.
 */
const extractsQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  kind: z.enum(contentKinds).optional(),
  extract: yesOrNo.optional(),
  encrypted: yesOrNo.optional(),
  /** Whether an extract refresh task of which this user knows is on it. */
  scheduled: yesOrNo.optional(),
  sort: z.templateLiteral([z.enum(extractSortFields), ':', z.enum(['asc', 'desc'])]).default('name:asc'),
  offset: wholeNumber(0, 999_999_999).default(0),
  limit: wholeNumber(1, 1000).default(100),
})
export type ExtractsQuery = z.output<typeof extractsQuery>

const yesAndNo = z.object({ yes: z.int().min(0), no: z.int().min(0) })

export const extractRowSchema = z.object({
  content: contentSchema,
  /** The extract refresh tasks on it, as far as this user may see them; without `content`, which stands above. */
  tasks: z.array(taskSchema.omit({ content: true })),
})
export type ExtractRow = z.infer<typeof extractRowSchema>

/** A window of the site's workbooks and published data sources, with the extract refresh tasks on each. */
export const listExtracts = endpoint({
  resource: 'extracts',
  operation: 'list',
  method: 'GET',
  path: '/api/extracts',
  query: extractsQuery,
  output: z.object({
    rows: z.array(extractRowSchema),
    /** How many match, over all windows. */
    total: z.int().min(0),
    /** How many match, were the filter of that name not set. */
    counts: z.object({ kind: z.object({ workbook: z.int().min(0), datasource: z.int().min(0) }), extract: yesAndNo, encrypted: yesAndNo, scheduled: yesAndNo }),
    /** All of the site that this user may see, without any filter. */
    all: z.int().min(0),
    /** Whose tasks are known: the site's, one's own, or none, since they could not be read. */
    tasksOf: z.enum(['site', 'own', 'none']),
    /** False while the first reading is still under way: ask again. */
    complete: z.boolean(),
    age: dataAgeSchema,
  }),
})

const params = z.object({ id: luidSchema })

/**
 * The data sources that a workbook uses, one row for each (Query Workbook Connections): those of which an extract can be made for
 * this workbook alone.
 */
export const listWorkbookDatasources = endpoint({
  resource: 'workbooks',
  operation: 'datasources',
  method: 'GET',
  path: '/api/workbooks/:id/datasources',
  params,
  output: z.object({
    datasources: z.array(
      z.object({
        id: z.string().min(1),
        name: z.string().optional(),
        /** Tableau's `type` of its connections, such as `sqlserver` or `excel-direct`. */
        connectionTypes: z.array(z.string()),
      }),
    ),
  }),
})

const encrypt = z.boolean('Say whether the extract is to be encrypted').optional()

/** Without `datasourceIds` all of the workbook's data sources; without `encrypt` as site and workbook say. */
export const createWorkbookExtractSchema = z
  .strictObject({ datasourceIds: z.array(luidSchema).min(1, 'Choose at least one data source').max(1000).optional(), encrypt })
  .prefault({})
export type CreateWorkbookExtract = z.output<typeof createWorkbookExtractSchema>

/**
 * Makes extracts of a workbook's data sources (extract reference, § Create Extracts for Embedded Data Sources in a Workbook, API
 * 3.5). `result.jobId` names the job, which Tableau lists but does not let anybody query. Refused where run now is switched off or
 * where encryption is asked for and disabled; 409070 where a data source cannot be extracted.
 */
export const createWorkbookExtract = endpoint({
  resource: 'workbooks',
  operation: 'createExtract',
  method: 'POST',
  path: '/api/workbooks/:id/extract',
  effect: 'tableau',
  params,
  body: createWorkbookExtractSchema,
  output: writeOutcomeSchema,
})

/** Deletes all extracts of a workbook's embedded data sources: it asks live from then on (§ Delete Extracts of Embedded Data Sources from a Workbook). */
export const deleteWorkbookExtract = endpoint({
  resource: 'workbooks',
  operation: 'deleteExtract',
  method: 'DELETE',
  path: '/api/workbooks/:id/extract',
  effect: 'tableau',
  params,
  output: writeOutcomeSchema,
})

/** Makes the extract of a published data source (§ Create an Extract for a Data Source); otherwise as {@link createWorkbookExtract}. */
export const createDatasourceExtract = endpoint({
  resource: 'datasources',
  operation: 'createExtract',
  method: 'POST',
  path: '/api/datasources/:id/extract',
  effect: 'tableau',
  params,
  body: z.strictObject({ encrypt }).prefault({}),
  output: writeOutcomeSchema,
})

/** Deletes the extract of a published data source (§ Delete the Extract from a Data Source). */
export const deleteDatasourceExtract = endpoint({
  resource: 'datasources',
  operation: 'deleteExtract',
  method: 'DELETE',
  path: '/api/datasources/:id/extract',
  effect: 'tableau',
  params,
  output: writeOutcomeSchema,
})

/** `seen` is what the person saw: 409 `changed_elsewhere` when it is another now. */
export const contentChangesSchema = z.strictObject({
  encryptExtracts: z.boolean('Say whether its extracts are to be encrypted'),
  seen: z.strictObject({ encryptExtracts: z.boolean().optional() }).optional(),
})
export type ContentChanges = z.output<typeof contentChangesSchema>

/** Says whether a workbook's extracts are encrypted (Update Workbook); it counts where the site's mode is `enabled`. */
export const updateWorkbook = endpoint({
  resource: 'workbooks',
  operation: 'update',
  method: 'PATCH',
  path: '/api/workbooks/:id',
  effect: 'tableau',
  params,
  body: contentChangesSchema,
  output: writeOutcomeSchema,
})

/** Says whether a data source's extract is encrypted (Update Data Source); it counts where the site's mode is `enabled`. */
export const updateDatasource = endpoint({
  resource: 'datasources',
  operation: 'update',
  method: 'PATCH',
  path: '/api/datasources/:id',
  effect: 'tableau',
  params,
  body: contentChangesSchema,
  output: writeOutcomeSchema,
})
