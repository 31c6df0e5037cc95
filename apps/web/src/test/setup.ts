import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { queryClient } from '../lib/query-client.ts'
import { resetSession } from '../lib/session-store.ts'

// A page's chunk is transformed when a test first goes there, which takes seconds on a busy machine.
configure({ asyncUtilTimeout: 8000 })

// What jsdom leaves out of a browser.
Object.assign(window, {
  matchMedia: (media: string) => ({ matches: false, media, addEventListener: () => undefined, removeEventListener: () => undefined }),
  ResizeObserver: class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  },
})

afterEach(() => {
  cleanup()
  queryClient.clear()
  resetSession()
  localStorage.clear()
})
