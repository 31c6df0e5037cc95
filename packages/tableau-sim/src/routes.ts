import type { Route } from './context.ts'
import { refusals } from './errors.ts'
import type { Flavor } from './flavor.ts'
import { authRoutes } from './handlers/auth.ts'
import { cloudRefusalRoutes } from './handlers/cloud-refusals.ts'
import { cloudTaskRoutes } from './handlers/cloud-tasks.ts'
import { dataAccelerationRoutes } from './handlers/data-acceleration.ts'
import { datasourceRoutes } from './handlers/datasources.ts'
import { extractRoutes } from './handlers/extracts.ts'
import { jobRoutes } from './handlers/jobs.ts'
import { projectRoutes } from './handlers/projects.ts'
import { scheduleExtractRoutes } from './handlers/schedule-extracts.ts'
import { scheduleRoutes } from './handlers/schedules.ts'
import { serverInfoRoutes } from './handlers/server-info.ts'
import { siteEncryptionRoutes } from './handlers/site-encryption.ts'
import { siteRoutes } from './handlers/sites.ts'
import { taskRoutes } from './handlers/tasks.ts'
import { userRoutes } from './handlers/users.ts'
import { workbookRoutes } from './handlers/workbooks.ts'
import { isAtLeast, isServed } from './versions.ts'

/** Every simulated method. */
const routes: readonly Route[] = [
  ...serverInfoRoutes,
  ...authRoutes,
  ...siteRoutes,
  ...userRoutes,
  ...projectRoutes,
  ...workbookRoutes,
  ...datasourceRoutes,
  ...jobRoutes,
  ...scheduleRoutes,
  ...scheduleExtractRoutes,
  ...taskRoutes,
  ...cloudTaskRoutes,
  ...dataAccelerationRoutes,
  ...extractRoutes,
  ...siteEncryptionRoutes,
  ...cloudRefusalRoutes,
]

export type RouteMatch =
  | { readonly kind: 'route'; readonly route: Route; readonly version: string; readonly params: Readonly<Record<string, string>> }
  /** Right path, wrong verb. */
  | { readonly kind: 'wrong verb'; readonly version: string; readonly allowed: readonly string[]; readonly code: '405000' | '40500' }
  /** Below /api, but no method of this version. */
  | { readonly kind: 'unknown'; readonly version: string | undefined }
  /** Not the API at all: Tableau's own pages. */
  | { readonly kind: 'page' }

const templates = routes.map((route) => ({ route, segments: route.path.slice(1).split('/') }))

/** Finds the method for a path as received. Fixed segments are compared without regard to case; one trailing slash is fine. */
export const matchRoute = (method: string, path: string, { apiVersion, flavor }: { readonly apiVersion: string; readonly flavor: Flavor }): RouteMatch => {
  const [first = '', version, ...encoded] = path.replace(/\/$/, '').slice(1).split('/')
  if (first.toLowerCase() !== 'api') return { kind: 'page' }
  if (version === undefined || !isServed(version, apiVersion)) return { kind: 'unknown', version: undefined }
  const segments = encoded.map(decodeSegment)
  const candidates = templates.flatMap(({ route, segments: template }) => {
    const params = isAtLeast(version, route.since) && (route.on ?? flavor) === flavor ? bind(template, segments) : undefined
    return params === undefined ? [] : [{ route, params }]
  })
  const found = candidates.find(({ route }) => route.method === method)
  if (found !== undefined) return { kind: 'route', route: found.route, version, params: found.params }
  if (candidates.length === 0) return { kind: 'unknown', version }
  return { kind: 'wrong verb', version, allowed: candidates.map(({ route }) => route.method), code: wrongVerbCode(candidates.map(({ route }) => route), method) }
}

/**
 * A path with methods of both kinds, which is that of a single task: § Get Extract Refresh Task prints 40500, § Delete Extract
 * Refresh Task 405000. A PUT there was seen to get 405000.
 */
const wrongVerbCode = (candidates: readonly Route[], method: string): '405000' | '40500' => {
  const short = candidates.filter((route) => route.wrongVerb === '40500')
  return short.length === 0 || (short.length < candidates.length && method === 'PUT') ? '405000' : '40500'
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
