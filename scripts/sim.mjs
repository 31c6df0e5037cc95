// One simulator alone: npm run sim -- --port 8850 --flavor server --scenario busy
import { ensureBuilt, ensureInstalled } from './workspace.mjs'

await ensureInstalled()
await ensureBuilt('tableau-sim')
await import('../packages/tableau-sim/dist/bin.js')
