import type { ComponentType } from 'react'
import { Navigate, redirect, type LoaderFunctionArgs, type RouteObject } from 'react-router'
import { loadSession } from '../lib/load-session.ts'
import { useSession } from '../lib/session-store.ts'
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

/** The first page that has something to show: who may not list jobs has nothing to do on theirs. */
const Landing = () => {
  const { listJobs, listTasks, readSchedules } = useSession().can
  const to = listJobs.allowed ? paths.jobs() : listTasks.allowed ? paths.tasks() : readSchedules.allowed ? paths.schedules() : paths.extracts()
  return <Navigate to={to} replace />
}

/** Pages that are loaded when they are gone to, and whose failure stays in their own room. */
const lazyPages = (pages: Record<string, () => Promise<ComponentType>>): RouteObject[] =>
  Object.entries(pages).map(([path, load]) => ({ path, errorElement: <RouteFailure />, lazy: async () => ({ Component: await load() }) }))

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
          { index: true, Component: Landing },
          ...lazyPages({
            jobs: async () => (await import('../features/jobs/jobs-page.tsx')).JobsPage,
            tasks: async () => (await import('../features/tasks/tasks-page.tsx')).TasksPage,
            'tasks/add': async () => (await import('../features/tasks/add-task-page.tsx')).AddTaskPage,
            'tasks/new': async () => (await import('../features/tasks/task-form-page.tsx')).NewTaskPage,
            'tasks/:id/edit': async () => (await import('../features/tasks/task-form-page.tsx')).EditTaskPage,
            'tasks/data-acceleration': async () => (await import('../features/tasks/data-acceleration-page.tsx')).DataAccelerationPage,
            extracts: async () => (await import('../features/extracts/extracts-page.tsx')).ExtractsPage,
            schedules: async () => (await import('../features/schedules/schedules-page.tsx')).SchedulesPage,
            'schedules/new': async () => (await import('../features/schedules/schedule-form-page.tsx')).NewSchedulePage,
            'schedules/code': async () => (await import('../features/schedules-as-code/as-code-page.tsx')).AsCodePage,
            'schedules/:id': async () => (await import('../features/schedules/schedule-page.tsx')).SchedulePage,
            'schedules/:id/edit': async () => (await import('../features/schedules/schedule-form-page.tsx')).EditSchedulePage,
            bulk: async () => (await import('../features/bulk/runs-page.tsx')).RunsPage,
            'bulk/:id': async () => (await import('../features/bulk/run-page.tsx')).RunPage,
            audit: async () => (await import('../features/audit/audit-page.tsx')).AuditPage,
            '*': async () => (await import('./not-found-page.tsx')).NotFoundPage,
          }),
        ],
      },
    ],
  },
]
