import { Navigate, redirect, type LoaderFunctionArgs, type RouteObject } from 'react-router'
import { loadSession } from '../lib/load-session.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { paths } from './paths.ts'
import { FirstPaint, RouteFailure } from './route-failure.tsx'
import { Shell } from './shell.tsx'

const needSession = async ({ request }: LoaderFunctionArgs) => {
  const state = await loadSession()
  const { pathname, search } = new URL(request.url)
  // The loader speaks to the router by throwing, which is its way.
  // oxlint-disable-next-line typescript/only-throw-error
  if (state.status === 'signed-out') throw redirect(paths.signIn({ returnTo: pathname + search }))
  return null
}

/** Every page; each is a chunk of its own. */
export const routes: RouteObject[] = [
  {
    HydrateFallback: FirstPaint,
    errorElement: <RouteFailure />,
    children: [
      {
        path: '/sign-in',
        lazy: async () => ({ Component: (await import('../features/session/sign-in-page.tsx')).SignInPage }),
      },
      {
        path: '/',
        loader: needSession,
        // Filters live in the address: changing them is no reason to ask who is signed in.
        shouldRevalidate: () => false,
        Component: Shell,
        children: [
          { index: true, element: <Navigate to={paths.jobs()} replace /> },
          {
            path: 'jobs',
            errorElement: <RouteFailure />,
            lazy: async () => ({ Component: (await import('../features/jobs/jobs-page.tsx')).JobsPage }),
          },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
]
