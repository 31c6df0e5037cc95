const text = 'packages/schedules-as-code/src'
const feature = 'apps/bff/src/features/schedules-as-code'

export const guards = [
  {
    guard: 'a text of schedules with tags of YAML is refused',
    file: `${text}/syntax.ts`,
    find: 'else if (node.tag !== undefined)',
    replace: 'else if (node.tag === 1)',
    test: `${text}/read.test.ts`,
    only: 'names a tag and where it is',
  },
  {
    guard: 'a text of schedules is read in a thread that sees nothing of the environment',
    file: `${feature}/read-text.ts`,
    find: ' env: {},',
    replace: '',
    test: `${feature}/read-text.test.ts`,
    only: 'sees nothing of the environment',
  },
  {
    guard: 'a text of schedules that takes too long to read is given up',
    file: `${feature}/read-text.ts`,
    find: "reject(tooMuch('time'))), deadlineMs)",
    replace: "reject(tooMuch('time'))), 600_000)",
    test: `${feature}/read-text.test.ts`,
    only: 'is given up when it takes too long',
  },
  {
    guard: 'a text of schedules never deletes what Tableau keeps for itself',
    file: `${text}/plan.ts`,
    find: ' && prunedTypes.has(type))',
    replace: ')',
    test: `${text}/plan.test.ts`,
    only: 'never deletes what Tableau keeps for itself',
  },
  {
    guard: 'a text of schedules takes nothing off that it may mean',
    file: `${text}/plan-content.ts`,
    find: 'found.length > 1 ? there : met',
    replace: 'met',
    test: `${text}/plan.test.ts`,
    only: 'keeps tasks of content that it cannot name',
  },
  {
    guard: 'a plan of schedules is worked out from what is there now',
    file: `${feature}/read-current.ts`,
    find: '  await schedules.readRowsNow(tableau)\n',
    replace: '',
    test: `${feature}/schedules-as-code.test.ts`,
    only: 'sends nothing when Tableau is not what the plan saw',
  },
  {
    guard: 'applying a text of schedules halts at the first error',
    file: `${feature}/apply-action.ts`,
    find: 'firstErrorHalts: true',
    replace: 'firstErrorHalts: false',
    test: `${feature}/schedules-as-code.test.ts`,
    only: 'halts at the first error',
  },
  {
    guard: 'the command line sends no credentials over plain http to another machine',
    file: 'scripts/schedules-client.mjs',
    find: "if (url.protocol === 'http:' && !loopback.has(url.hostname))",
    replace: "if (url.protocol === 'ftp:')",
    test: `${feature}/command.test.ts`,
    only: 'sends no credentials over plain http',
  },
]
