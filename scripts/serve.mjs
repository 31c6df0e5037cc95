// The BFF for production, configured by the environment alone.
import { ensureBuilt, ensureInstalled } from './workspace.mjs'

await ensureInstalled()
await ensureBuilt('bff', 'web')
await import('../apps/bff/dist/main.js')
