import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { Providers } from './providers.tsx'
import { routes } from './router.tsx'

const router = createBrowserRouter(routes)

export const App = () => (
  <Providers>
    <RouterProvider router={router} />
  </Providers>
)
