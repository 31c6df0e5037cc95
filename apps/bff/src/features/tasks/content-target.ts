import type { Content, Luid } from '@refreshboard/api-types'
import { ProblemError } from '../../http/problem-error.ts'

/** Whose extract is refreshed. */
export interface ContentTarget {
  readonly kind: Content['kind']
  readonly id: Luid
}

interface Chosen {
  readonly workbookId?: Luid | undefined
  readonly datasourceId?: Luid | undefined
}

/** The one workbook or data source of a body; undefined when there is none. */
export const contentTargetOf = ({ workbookId, datasourceId }: Chosen): ContentTarget | undefined => {
  if (workbookId !== undefined) return { kind: 'workbook', id: workbookId }
  return datasourceId === undefined ? undefined : { kind: 'datasource', id: datasourceId }
}

/** The contract lets no body without one pass; the compiler does not know. */
export const requiredContent = (chosen: Chosen): ContentTarget => {
  const target = contentTargetOf(chosen)
  if (target === undefined) throw new ProblemError('validation', 'Choose one workbook or one data source. Nothing was sent to Tableau.', { fields: { workbookId: 'Choose one workbook or one data source' } })
  return target
}
