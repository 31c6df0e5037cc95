import { formatJobsSearch, type JobsSearch } from '../features/jobs/jobs.search.ts'

const withSearch = (path: string, search: string): string => (search === '' ? path : `${path}?${search}`)

/** The address of every page, built, never written by hand. */
export const paths = {
  root: () => '/',
  jobs: (search: Partial<JobsSearch> = {}) => withSearch('/jobs', formatJobsSearch(search)),
  signIn: ({ returnTo, another }: { returnTo?: string; another?: boolean } = {}) => {
    const params = new URLSearchParams()
    if (returnTo !== undefined && returnTo !== '/jobs' && returnTo !== '/') params.set('returnTo', returnTo)
    if (another === true) params.set('another', '1')
    return withSearch('/sign-in', params.toString())
  },
} as const

const pages: readonly string[] = [paths.jobs()]

/** Where to go after signing in: a page of ours, whatever the address says. */
export const safeReturnTo = (returnTo: string | null): string => {
  if (returnTo === null || !returnTo.startsWith('/')) return paths.jobs()
  try {
    const url = new URL(returnTo, window.location.origin)
    if (url.origin === window.location.origin && pages.includes(url.pathname)) return `${url.pathname}${url.search}`
  } catch {
    // Not an address.
  }
  return paths.jobs()
}
