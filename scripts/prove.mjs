// The long versions of the safety proofs, one line a figure:
// figure=<name> value=<failed tests> unit=failures goal=0 pass|fail runs=<n> seed=<n> s=<seconds it took>
// A proof that measures more prints lines of its own in the same form. `npm run prove -- name …` runs those alone.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proofs } from './proofs.mjs'
import { ensureInstalled, root, run } from './workspace.mjs'

const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31))
const folder = mkdtempSync(join(tmpdir(), 'refreshboard-prove-'))
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !proofs.some((proof) => proof.name === name))
if (unknown.length > 0) {
  console.error(`No such proof: ${unknown.join(', ')}. There are: ${proofs.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

const figuresIn = (output) => output.split('\n').filter((line) => line.startsWith('figure='))

/** Runs the tests of one file in their long version; resolves with how many failed and what they printed. */
const inVitest = async ({ name, file, env }) => {
  const report = join(folder, `${name}.json`)
  const args = ['run', file, '--reporter=json', `--outputFile=${report}`, '--disable-console-intercept', '--testTimeout=900000']
  let ended = true
  const output = await run('vitest', args, { quiet: true, env: { ...env, FC_SEED: String(seed) } }).catch((error) => {
    ended = false
    return error.message
  })
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
  return { failures: numFailedTests, passed: ended && numPassedTests > 0 && numFailedTests === 0, output }
}

const inNode = async ({ script }) => {
  let passed = true
  const output = await run(process.execPath, [join(root, script)], { quiet: true }).catch((error) => {
    passed = false
    return error.message
  })
  return { output, passed }
}

await ensureInstalled()
let isProven = true
for (const proof of proofs.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  const started = performance.now()
  const result = proof.script === undefined ? await inVitest(proof) : await inNode(proof)
  const figures = figuresIn(result.output)
  const passed = result.passed && figures.every((line) => / pass(\s|$)/.test(line))
  const own = result.failures === undefined ? [] : [`figure=${proof.name} value=${result.failures} unit=failures goal=0 ${result.passed ? 'pass' : 'fail'} runs=${proof.runs}`]
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  for (const line of [...own, ...figures]) console.log(`${line} seed=${seed} s=${seconds}`)
  if (!passed) {
    isProven = false
    console.log(result.output)
  }
}
rmSync(folder, { recursive: true, force: true })
process.exit(isProven ? 0 : 1)
