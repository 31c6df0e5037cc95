import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import { queryClient } from '../lib/query-client.ts'
import { resetSession } from '../lib/session-store.ts'

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
