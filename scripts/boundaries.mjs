// Import rules (.dependency-cruiser.cjs). A tool that cannot read a file finds nothing wrong with it, so the number of
// modules looked at is asserted for every room.
import { createRequire } from 'node:module'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { root } from './workspace.mjs'

const rooms = ['packages/api-types', 'packages/recurrence', 'packages/schedules-as-code', 'packages/tableau-client', 'packages/tableau-sim', 'apps/bff', 'apps/web', 'e2e']
const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs')

process.chdir(root)
const { output } = await cruise(
  rooms,
  { ...config.options, validate: true, ruleSet: { forbidden: config.forbidden } },
  config.options.enhancedResolveOptions,
  { tsConfig: extractTSConfig(config.options.tsConfig.fileName) },
)

const ours = output.modules.filter((module) => rooms.some((room) => module.source.startsWith(`${room}/`)) && /\.tsx?$/.test(module.source))
const counts = Object.fromEntries(rooms.map((room) => [room, ours.filter((module) => module.source.startsWith(`${room}/`)).length]))
const edges = ours.reduce((sum, module) => sum + module.dependencies.length, 0)
for (const violation of output.summary.violations)
  console.error(`${violation.rule.name}: ${violation.from} → ${violation.to}`)

const unseen = rooms.filter((room) => counts[room] === 0)
if (unseen.length > 0 || edges === 0) console.error(`No module or import was looked at in: ${unseen.join(', ') || 'any room'}`)
console.log(`boundaries: ${ours.length} modules, ${edges} imports, ${output.summary.violations.length} violations`)
process.exit(output.summary.violations.length > 0 || unseen.length > 0 || edges === 0 ? 1 : 0)
