// Weighs what the browser loads before /jobs works: the entry, the route's chunk, everything they import statically, and
// their style sheets, gzipped as the BFF sends them. Reads the manifest of the last build; exits 1 over the budget.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const kib = 1024
const budget = { js: 200 * kib, css: 18 * kib }
const dist = path.join(import.meta.dirname, 'dist')
const manifestFile = path.join(dist, '.vite/manifest.json')

if (!existsSync(manifestFile)) {
  process.stderr.write('bundle-budget: there is no build to weigh; run “vite build” first\n')
  process.exit(1)
}

/** @type {Record<string, { file: string, imports?: string[], css?: string[] }>} */
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
const roots = ['index.html', 'src/features/jobs/jobs-page.tsx']
const missing = roots.filter((root) => manifest[root] === undefined)
if (missing.length > 0) {
  process.stderr.write(`bundle-budget: not in the manifest: ${missing.join(', ')}; the route moved, and this check with it\n`)
  process.exit(1)
}

const chunks = new Set()
const files = new Set()
const visit = (key) => {
  if (chunks.has(key)) return
  chunks.add(key)
  const chunk = manifest[key]
  files.add(chunk.file)
  for (const file of chunk.css ?? []) files.add(file)
  for (const imported of chunk.imports ?? []) visit(imported)
}
roots.forEach(visit)
// Scripts and styles that the page names itself, such as the one that sets the colour scheme.
for (const [, file] of readFileSync(path.join(dist, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)) files.add(file)

const weighed = [...files].map((file) => ({ file, bytes: gzipSync(readFileSync(path.join(dist, file)), { level: 6 }).length }))
weighed.sort((a, b) => b.bytes - a.bytes)
const sum = (ending) => weighed.filter(({ file }) => file.endsWith(ending)).reduce((all, { bytes }) => all + bytes, 0)

for (const { file, bytes } of weighed) process.stdout.write(`${(bytes / kib).toFixed(1).padStart(8)} KiB  ${file}\n`)
let over = false
for (const kind of ['js', 'css']) {
  const bytes = sum(`.${kind}`)
  const pass = bytes <= budget[kind]
  over ||= !pass
  process.stdout.write(`figure=first_load_${kind} value=${(bytes / kib).toFixed(1)} unit=KiB goal=${budget[kind] / kib} ${pass ? 'pass' : 'fail'}\n`)
}
process.exit(over ? 1 : 0)
