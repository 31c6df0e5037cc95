// Watch mode: the simulators and the BFF restart on a change, Vite reloads the page.
import { join } from 'node:path'
import { ensureInstalled, root, run } from './workspace.mjs'

await ensureInstalled()
await Promise.all([
  run('tsx', ['watch', '--clear-screen=false', 'src/demo.ts'], { cwd: join(root, 'apps/bff') }),
  run('vite', ['--clearScreen', 'false'], { cwd: join(root, 'apps/web') }),
])
