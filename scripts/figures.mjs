// The benchmarks, one line a figure: figure=<name> value=<n> unit=<u> goal=<n> pass|fail
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureBuilt, ensureInstalled, freePort, root, run, toolEnvironment } from './workspace.mjs'

/** Milliseconds from `npm start` to the first 200 of /api/health, with everything installed and built. */
const warmStart = async () => {
  const port = await freePort()
  const started = performance.now()
  const child = spawn('npm', ['start', '--silent'], { cwd: root, env: { ...toolEnvironment(), PORT: String(port) }, stdio: 'ignore' })
  let ready = false
  while (!ready && performance.now() - started < 60_000) {
    ready = await fetch(`http://127.0.0.1:${port}/api/health`).then((answer) => answer.status === 200, () => false)
  }
  const took = performance.now() - started
  child.kill('SIGTERM')
  await once(child, 'exit')
  console.log(`figure=warm-npm-start value=${Math.round(took)} unit=ms goal=6000 ${ready && took <= 6000 ? 'pass' : 'fail'}`)
  if (!ready || took > 6000) throw new Error('the warm start missed its goal')
}

/** With the room for young objects that `npm start` and `npm run serve` give: a sweep makes 48,999 rows that stay. */
const bench = (folder, file) => () => run(process.execPath, ['--max-semi-space-size=64', '--import', 'tsx', file], { cwd: join(root, folder) })

const figures = {
  parse: bench('packages/tableau-client', 'bench/parse.ts'),
  sweep: bench('packages/tableau-client', 'bench/sweep.ts'),
  window: bench('apps/bff', 'bench/window.ts'),
  'first-rows': async () => {
    const CHROMIUM = await ensureChromium()
    await run(process.execPath, ['--max-semi-space-size=64', '--import', 'tsx', 'bench/first-rows.ts'], { cwd: join(root, 'e2e'), env: { CHROMIUM } })
  },
  'first-load': () => run(process.execPath, ['apps/web/bundle-budget.mjs']),
  'warm-start': warmStart,
}

await ensureInstalled()
await ensureBuilt('bff', 'web', 'tableau-sim')
const missed = []
for (const [name, measure] of Object.entries(figures)) {
  try {
    await measure()
  } catch {
    missed.push(name)
  }
}
if (missed.length > 0) console.log(`Goals missed: ${missed.join(', ')}`)
process.exit(missed.length > 0 ? 1 : 0)
