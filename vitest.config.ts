import { defineConfig } from 'vitest/config'

/**
 * Every package's unit and integration tests in one run; a package's own vitest.config.ts says what is special about it. Where
 * no test changes a module's state, its files share the modules they import (`isolate: false`): loading them took a third of the time.
 */
export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'scripts'],
    // By itself it leaves one processor free, which here is half of them.
    maxWorkers: '100%',
    reporters: ['default'],
  },
})
