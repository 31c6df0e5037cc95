// Takes each guard away in a copy of the checkout and runs its test, which must fail by an assertion.
// `npm run guards -- [area …] [--untried] [--write]`: --untried leaves out those that were seen to fail before, --write puts
// what was printed into docs/security.md.
// figure=guards-taken-away value=<guards whose loss no test saw> unit=guards goal=0 pass|fail guards=<n>
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { documentFile, guardsOf, printedFile } from './guard-list.mjs'
import { ensureChromium } from './chromium.mjs'
import { keyOf, withTable } from './guard-table.mjs'
import { ensureBuilt, ensureInstalled, root, run } from './workspace.mjs'

const lanes = 2
const kept = (source) => !/^(node_modules|\.git|\.turbo|test-results)(\/|$)/.test(relative(root, source))

/** A copy of the sources that shares what was installed. */
const makeCopy = () => {
  const copy = mkdtempSync(join(tmpdir(), 'refreshboard-guards-'))
  cpSync(root, copy, { recursive: true, filter: kept, verbatimSymlinks: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

const firstLine = (text) =>
  stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? ''

const inVitest = async (copy, { test, only }) => {
  const report = join(copy, 'guard-report.json')
  rmSync(report, { force: true })
  const args = ['run', test, '--reporter=json', `--outputFile=${report}`, '--bail=3', ...(only === undefined ? [] : ['-t', only])]
  await run('vitest', args, { cwd: copy, quiet: true }).catch(() => undefined)
  if (!existsSync(report)) return []
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  return testResults.flatMap((file) => file.assertionResults).flatMap((result) => (result.status === 'failed' ? [firstLine(result.failureMessages[0] ?? '')] : []))
}

const inPlaywright = async (copy, { test, only }, chromium) => {
  const report = join(copy, 'guard-report.json')
  rmSync(report, { force: true })
  const args = ['test', test.replace(/^e2e\//, ''), '--workers=1', '--max-failures=1', '--reporter=json', ...(only === undefined ? [] : ['-g', only])]
  await run('playwright', args, { cwd: join(copy, 'e2e'), quiet: true, env: { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report } }).catch(() => undefined)
  if (!existsSync(report)) return []
  const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
  const results = JSON.parse(readFileSync(report, 'utf8')).suites.flatMap(specsOf).flatMap((spec) => spec.tests).flatMap((one) => one.results)
  return results.flatMap((result) => (result.status === 'failed' || result.status === 'timedOut' ? [firstLine(result.error?.message ?? '')] : []))
}

/** What failed without the guard: the first line of each failure. */
const withoutGuard = async (copy, guard, chromium) => {
  const file = join(copy, guard.file)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(guard.find, () => guard.replace))
  try {
    return guard.test.startsWith('e2e/') ? await inPlaywright(copy, guard, chromium) : await inVitest(copy, guard)
  } finally {
    writeFileSync(file, text)
  }
}

const options = process.argv.slice(2)
const areas = options.filter((option) => !option.startsWith('--'))
await ensureInstalled()
const before = JSON.parse(readFileSync(printedFile, 'utf8'))
const wasSeen = (guard) => /^[1-9]/.test(before[keyOf(guard)] ?? '')
const guards = (await guardsOf()).filter((guard) => (areas.length === 0 || areas.includes(guard.area)) && !(options.includes('--untried') && wasSeen(guard)))
const needsBrowser = guards.some((guard) => guard.test.startsWith('e2e/'))
if (needsBrowser) await ensureBuilt('web')
const chromium = needsBrowser ? await ensureChromium() : ''

const printed = new Map()
const waiting = [...guards]
const workThrough = async () => {
  const copy = makeCopy()
  try {
    for (let guard = waiting.shift(); guard !== undefined; guard = waiting.shift()) {
      const failures = await withoutGuard(copy, guard, chromium)
      printed.set(guard, failures)
      console.log(`${failures.length === 0 ? 'NOT SEEN' : 'seen'} · ${guard.area} · ${guard.guard} · ${guard.test} · ${failures.length} failed: ${failures[0] ?? ''}`)
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
await Promise.all(Array.from({ length: lanes }, workThrough))

const notSeen = guards.filter((guard) => printed.get(guard)?.length === 0)
if (options.includes('--write')) {
  const all = await guardsOf()
  const known = { ...before }
  for (const [guard, failures] of printed) known[keyOf(guard)] = `${failures.length} failed: ${failures[0] ?? ''}`
  const texts = Object.fromEntries(all.map((guard) => [keyOf(guard), known[keyOf(guard)] ?? '']))
  writeFileSync(printedFile, `${JSON.stringify(texts, undefined, 2)}\n`)
  writeFileSync(documentFile, withTable(readFileSync(documentFile, 'utf8'), all, texts))
}
console.log(`figure=guards-taken-away value=${notSeen.length} unit=guards goal=0 ${notSeen.length === 0 && guards.length > 0 ? 'pass' : 'fail'} guards=${guards.length}`)
process.exit(notSeen.length === 0 && guards.length > 0 ? 0 : 1)
