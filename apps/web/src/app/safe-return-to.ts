import { paths } from './paths.ts'

const pages: readonly RegExp[] = [/^\/jobs$/, /^\/extracts$/, /^\/audit$/, /^\/bulk(\/[0-9a-f-]{36})?$/, /^\/tasks(\/add|\/new|\/data-acceleration|\/[0-9a-f-]{36}\/edit)?$/, /^\/schedules(\/new|\/code|\/[0-9a-f-]{36}(\/edit)?)?$/]

/** Where to go after signing in: a page of ours, whatever the address says. */
export const safeReturnTo = (returnTo: string | null): string => {
  if (returnTo === null || !returnTo.startsWith('/')) return paths.root()
  try {
    const url = new URL(returnTo, window.location.origin)
    if (url.origin === window.location.origin && pages.some((page) => page.test(url.pathname))) return `${url.pathname}${url.search}`
  } catch {
    // Not an address.
  }
  return paths.root()
}
