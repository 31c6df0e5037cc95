import { refusals } from './errors.ts'

/** A query parameter, raw and decoded. */
export interface QueryParameter {
  readonly raw: string
  readonly value: string
}

/**
 * Reads a query as a servlet does: `+` is a blank, percent-encoding of any part is undone, names are case-sensitive.
 * Broken percent-encoding, or a parameter given twice, is refused.
 */
export const parseQuery = (query: string): ReadonlyMap<string, QueryParameter> => {
  const parameters = new Map<string, QueryParameter>()
  for (const part of query.split('&')) {
    if (part === '') continue
    const split = part.indexOf('=')
    const raw = split < 0 ? '' : part.slice(split + 1)
    const name = decode(split < 0 ? part : part.slice(0, split))
    if (parameters.has(name)) throw refusals.badRequest(`The parameter '${name}' is given twice.`)
    parameters.set(name, { raw, value: decode(raw) })
  }
  return parameters
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refusals.badRequest('The query of the address is not encoded properly.')
  }
}
