import { problemMediaType } from '@refreshboard/api-types'

/** The protection on a problem that is answered without the application, which says more of it on all else. */
export const bareHeaders = {
  'Content-Type': problemMediaType,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
} as const
