import { z } from 'zod'
import type { Endpoint } from '@refreshboard/api-types'
import { ProblemError } from './problem-error.ts'

const nothing = z.strictObject({})
const noParams = z.object({})

type Issue = z.core.$ZodIssue

const fieldsOf = (issues: readonly Issue[], name: (path: readonly PropertyKey[]) => string): Record<string, string> => {
  const fields: [string, string][] = []
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) fields.push([name([...issue.path, key]), 'is not known here'])
    } else {
      // zod's own words for a value of another type, absent included, are for programmers.
      const text = issue.code === 'invalid_type' && issue.message.startsWith('Invalid input') ? `is missing, or is not a ${issue.expected}` : issue.message
      fields.push([name(issue.path), text])
    }
  }
  // A name such as __proto__ becomes a plain entry and not a prototype.
  return Object.fromEntries(fields.toReversed())
}

const inBody = (path: readonly PropertyKey[]): string => (path.length === 0 ? 'body' : path.map(String).join('.'))
const inQuery = (path: readonly PropertyKey[]): string => String(path[0] ?? 'query')

const sentence = (fields: Record<string, string>): string =>
  `${Object.entries(fields)
    .map(([name, message]) => `${name}: ${message}`)
    .join('; ')}. Nothing was sent to Tableau.`

const refuse = (fields: Record<string, string>): never => {
  throw new ProblemError('validation', sentence(fields), { fields })
}

/** A query whose percent-encoding is none would otherwise be read as something nobody wrote. */
export const assertReadableQuery = (url: string): void => {
  const at = url.indexOf('?')
  if (at < 0) return
  try {
    decodeURIComponent(url.slice(at + 1))
  } catch {
    throw new ProblemError('bad_request', 'The query string is not percent-encoded UTF-8.')
  }
}

/** `{ params, query, body }` as the contract has them, or a problem: 400 for an id that is none, 422 for the rest. */
export const parseInput = (endpoint: Endpoint, given: { params: unknown; query: unknown; body: unknown }): unknown => {
  const params = (endpoint.params ?? noParams).safeParse(given.params)
  if (!params.success) {
    const fields = fieldsOf(params.error.issues, inQuery)
    throw new ProblemError('bad_id', sentence(fields), { fields })
  }
  const query = (endpoint.query ?? nothing).safeParse(given.query)
  if (!query.success) return refuse(fieldsOf(query.error.issues, inQuery))
  const body = endpoint.body === undefined ? nothing.safeParse(given.body ?? {}) : endpoint.body.safeParse(given.body)
  if (!body.success) return refuse(fieldsOf(body.error.issues, inBody))
  return { params: params.data, query: query.data, body: body.data }
}
