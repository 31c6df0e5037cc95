import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'tableau-client', include: ['src/**/*.test.ts'], isolate: false, setupFiles: ['src/testing/seed.ts'], testTimeout: 60_000 },
})
