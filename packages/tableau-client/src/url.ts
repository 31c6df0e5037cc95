import { luidSchema, type Luid } from '@refreshboard/api-types'
import { TableauInputError } from './errors.ts'
import type { ApiVersion } from './version.ts'

const placeholder = /\{([A-Za-z]+)\}/g
/** What an address may look like: no empty segment, no dots alone, nothing encoded. */
const plainPath = /^(?:\/[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)?)+$/

/**
 * `/api/3.24/sites/{siteId}/jobs/{jobId}` with its parameters filled in. Each must be a LUID, checked again here because
 * a type cannot stop a cast: `encodeURIComponent('..')` is `..`, and an address with it would be folded into another
 * method's.
 *
 * @throws {TableauInputError} naming the placeholder.
 */
export const buildPath = (
  operation: string,
  version: ApiVersion,
  template: string,
  params: Readonly<Record<string, Luid | undefined>>,
): string => {
  const filled = template.replace(placeholder, (whole, name: string) => {
    const id = luidSchema.safeParse(params[name])
    if (!id.success) throw new TableauInputError(operation, whole, 'is not a Tableau id')
    return id.data
  })
  const path = `/api/${version}${filled}`
  if (!plainPath.test(filled) || new URL(path, 'http://tableau.invalid').pathname !== path) {
    throw new TableauInputError(operation, template, 'does not give a plain address')
  }
  return path
}
