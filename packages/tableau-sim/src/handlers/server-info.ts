import type { Route } from '../context.ts'
import { productOf } from '../versions.ts'
import { element } from '../xml-out.ts'

/** Server Info: needs no token, since 2.4. */
export const serverInfoRoutes: readonly Route[] = [
  {
    operation: 'serverInfo',
    method: 'GET',
    path: '/serverInfo',
    since: '2.4',
    access: 'anyone',
    handle({ server }) {
      const { productVersion, build } = productOf(server.apiVersion)
      return {
        status: 200,
        content: element(
          'serverInfo',
          {},
          element('productVersion', { build }, productVersion),
          element('restApiVersion', {}, server.apiVersion),
        ),
      }
    },
  },
]
