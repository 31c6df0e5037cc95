// The demo: a simulated Tableau Server and the BFF with the built web app, in this one process.
import { ensureBuilt, ensureInstalled } from './workspace.mjs'

await ensureInstalled()
await ensureBuilt('bff', 'web')
await import('../apps/bff/dist/demo.js')
