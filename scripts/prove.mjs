// The long versions of the safety proofs, one line each:
// figure=<name> value=<failed tests> unit=failures goal=0 pass|fail runs=<n> seed=<n>
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, run } from './workspace.mjs'

/** Which tests, and how often they run instead of the short version in `npm test`. */
const proofs = [
  { name: 'xml-writer-strings', file: 'packages/tableau-client/src/xml/writer.test.ts', variable: 'XML_RUNS', runs: 200_000 },
  { name: 'ids-in-paths', file: 'packages/tableau-client/src/simulator.test.ts', variable: 'ID_RUNS', runs: 100_000 },
  { name: 'schedules-round-trip', file: 'packages/tableau-client/src/simulator-schedules.test.ts', variable: 'SCHEDULE_RUNS', runs: 3_000 },
  { name: 'fire-times', file: 'apps/bff/src/features/schedules/fire-times.test.ts', variable: 'FIRE_RUNS', runs: 5_000 },
  { name: 'filter-triples', file: 'packages/tableau-client/src/resources/jobs-filter.test.ts', variable: 'FILTER_RUNS', runs: 50_000 },
]

const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31))
const folder = mkdtempSync(join(tmpdir(), 'refreshboard-prove-'))

await ensureInstalled()
let failures = 0
for (const { name, file, variable, runs } of proofs) {
  const report = join(folder, `${name}.json`)
  const env = { [variable]: String(runs), FC_SEED: String(seed) }
  let output = ''
  await run('vitest', ['run', file, '--reporter=json', `--outputFile=${report}`], { quiet: true, env }).catch((error) => {
    output = error.message
  })
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
  const passed = numPassedTests > 0 && numFailedTests === 0 && output === ''
  console.log(`figure=${name} value=${numFailedTests} unit=failures goal=0 ${passed ? 'pass' : 'fail'} runs=${runs} seed=${seed}`)
  if (!passed) {
    failures += 1
    console.log(output)
  }
}
rmSync(folder, { recursive: true, force: true })
process.exit(failures === 0 ? 0 : 1)
