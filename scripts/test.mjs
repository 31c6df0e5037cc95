// Everything that must hold, in the order in which a fault is cheapest to find. `npm test -- lint types` runs those alone.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureBuilt, ensureInstalled, root, run } from './workspace.mjs'

const reports = mkdtempSync(join(tmpdir(), 'refreshboard-test-'))
const report = (name) => join(reports, `${name}.json`)

const steps = {
  types: () => run('turbo', ['run', 'types', '--output-logs=errors-only', '--log-order=grouped']),
  lint: () => run('oxlint', ['--type-aware', '--deny-warnings']),
  boundaries: () => run(process.execPath, ['scripts/boundaries.mjs']),
  unused: () => run('knip', ['--no-progress']),
  units: () =>
    run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report('units')}`], {
      env: { CI: 'true' },
    }),
  build: () => ensureBuilt('bff', 'web', 'tableau-sim'),
  budget: () => run(process.execPath, ['apps/web/bundle-budget.mjs']),
  e2e: async () => {
    const executable = await ensureChromium()
    await run('playwright', ['test', '--reporter=list,json'], {
      cwd: join(root, 'e2e'),
      env: { CHROMIUM: executable, PLAYWRIGHT_JSON_OUTPUT_FILE: report('e2e') },
    })
  },
}

const read = (name) => {
  try {
    return JSON.parse(readFileSync(report(name), 'utf8'))
  } catch {
    return undefined
  }
}

/** The counts of both runners together; a run that left no report counted nothing. */
const counted = () => {
  const units = read('units')
  const e2e = read('e2e')?.stats
  return {
    passed: (units?.numPassedTests ?? 0) + (e2e?.expected ?? 0),
    failed: (units?.numFailedTests ?? 0) + (e2e?.unexpected ?? 0) + (e2e?.flaky ?? 0),
  }
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in steps))
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}`)
  process.exit(2)
}

await ensureInstalled()
const failedSteps = []
for (const [name, step] of Object.entries(steps)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const started = performance.now()
  console.log(`\n── ${name}`)
  try {
    await step()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    failedSteps.push(name)
  }
  console.log(`── ${name}: ${failedSteps.includes(name) ? 'FAILED' : 'ok'} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

const { passed, failed } = counted()
rmSync(reports, { recursive: true, force: true })
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`)
console.log(`\n${passed} passed, ${Math.max(failed, failedSteps.length)} failed`)
process.exit(failedSteps.length > 0 ? 1 : 0)
