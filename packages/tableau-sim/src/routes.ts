import type { Route } from './context.ts'
import { refusals } from './errors.ts'
import { authRoutes } from './handlers/auth.ts'
import { jobRoutes } from './handlers/jobs.ts'
import { serverInfoRoutes } from './handlers/server-info.ts'
import { siteRoutes } from './handlers/sites.ts'
import { userRoutes } from './handlers/users.ts'
import { isAtLeast, isServed } from './versions.ts'

/** Every simulated method. */
const routes: readonly Route[] = [...serverInfoRoutes, ...authRoutes, ...siteRoutes, ...userRoutes, ...jobRoutes]

export type RouteMatch =
  | { readonly kind: 'route'; readonly route: Route; readonly version: string; readonly params: Readonly<Record<string, string>> }
  /** Right path, wrong verb. */
  | { readonly kind: 'wrong verb'; readonly version: string; readonly allowed: readonly string[] }
  /** Below /api, but no method of this version. */
  | { readonly kind: 'unknown'; readonly version: string | undefined }
  /** Not the API at all: Tableau's own pages. */
  | { readonly kind: 'page' }

const templates = routes.map((route) => ({ route, segments: route.path.slice(1).split('/') }))

/** Finds the method for a path as received. Fixed segments are compared without regard to case; one trailing slash is fine. */
export const matchRoute = (method: string, path: string, serverVersion: string): RouteMatch => {
  const [first = '', version, ...encoded] = path.replace(/\/$/, '').slice(1).split('/')
  if (first.toLowerCase() !== 'api') return { kind: 'page' }
  if (version === undefined || !isServed(version, serverVersion)) return { kind: 'unknown', version: undefined }
  const segments = encoded.map(decodeSegment)
  const candidates = templates.flatMap(({ route, segments: template }) => {
    const params = isAtLeast(version, route.since) ? bind(template, segments) : undefined
    return params === undefined ? [] : [{ route, params }]
  })
  const found = candidates.find(({ route }) => route.method === method)
  if (found !== undefined) return { kind: 'route', route: found.route, version, params: found.params }
  if (candidates.length === 0) return { kind: 'unknown', version }
  return { kind: 'wrong verb', version, allowed: candidates.map(({ route }) => route.method) }
}

const bind = (template: readonly string[], segments: readonly string[]): Record<string, string> | undefined => {
  if (template.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, expected] of template.entries()) {
    const actual = segments[index] ?? ''
    if (expected.startsWith(':')) {
      if (actual === '') return undefined
      params[expected.slice(1)] = actual
    } else if (expected.toLowerCase() !== actual.toLowerCase()) return undefined
  }
  return params
}

const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw refusals.badRequest('The path of the address is not encoded properly.')
  }
}
