/**
 * Who may import whom. `scripts/boundaries.mjs` runs it and asserts that every room was looked at.
 * `via` folders: packages/<name>, apps/<name>, e2e.
 */
const room = (name) => `^(packages|apps)/${name}/`

/** A room, and what of ours it may import besides itself. `tests` are files that may reach further. */
const mayImport = (name, allowed, { except } = {}) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: room(name), ...(except === undefined ? {} : { pathNot: except }) },
  to: { path: '^(packages|apps|e2e)/', pathNot: [room(name), ...allowed.map(room)] },
})

const tests = '\\.(test|test-d|bench)\\.tsx?$|/(testing|bench|test-kit)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { pathNot: 'node_modules', dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    mayImport('api-types', []),
    mayImport('recurrence', []),
    mayImport('schedules-as-code', ['api-types', 'recurrence']),
    mayImport('tableau-sim', []),
    mayImport('tableau-client', ['api-types'], { except: tests }),
    mayImport('bff', ['api-types', 'recurrence', 'schedules-as-code', 'tableau-client'], { except: [tests, '^apps/bff/src/demo\\.ts$'] }),
    mayImport('web', ['api-types', 'recurrence']),
    {
      name: 'contract-depends-on-zod-alone',
      severity: 'error',
      from: { path: '^packages/api-types/src/', pathNot: tests },
      to: { path: 'node_modules|^node:', pathNot: ['node_modules/(\\.pnpm/)?zod'] },
    },
    {
      name: 'no-feature-imports-another',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/features/([^/]+)/' },
      to: { path: '^apps/$1/src/features/', pathNot: '^apps/$1/src/features/$2/' },
    },
    {
      name: 'lib-and-components-know-no-feature',
      severity: 'error',
      from: { path: '^apps/web/src/(lib|components)/' },
      to: { path: '^apps/web/src/(features|app)/' },
    },
    {
      name: 'features-know-no-express',
      severity: 'error',
      from: { path: '^apps/bff/src/features/', pathNot: tests },
      to: { path: ['node_modules/(\\.pnpm/)?(@types[+/])?express', '^apps/bff/src/http/mount\\.ts$'] },
    },
    {
      name: 'no-express-in-the-client',
      severity: 'error',
      from: { path: room('tableau-client') },
      to: { path: 'node_modules/(\\.pnpm/)?express' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
}
