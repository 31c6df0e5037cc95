const client = 'packages/tableau-client/src'
const bff = 'apps/bff/src'

/**
 * What `npm run prove` runs: a test file with the number of runs that replaces the short version in `npm test`, or a script.
 * `runs` is what its figure tells.
 */
export const proofs = [
  { name: 'xml-writer-strings', file: `${client}/xml/writer.test.ts`, runs: 200_000, env: { XML_RUNS: '200000' } },
  { name: 'ids-in-paths', file: `${client}/simulator.test.ts`, runs: 100_000, env: { ID_RUNS: '100000' } },
  { name: 'filter-triples', file: `${client}/simulator-filter.test.ts`, runs: 50_000, env: { FILTER_RUNS: '50000' } },
  { name: 'filter-grammar', file: `${client}/resources/jobs-filter.test.ts`, runs: 50_000, env: { FILTER_RUNS: '50000' } },
  { name: 'schedules-round-trip', file: `${client}/simulator-schedules.test.ts`, runs: 3000, env: { SCHEDULE_RUNS: '3000' } },
  { name: 'fire-times', file: `${bff}/features/schedules/fire-times.test.ts`, runs: 5000, env: { FIRE_RUNS: '5000' } },
  { name: 'lost-updates', file: `${bff}/features/schedules/merge-edit.properties.test.ts`, runs: 1334, env: { EDIT_RUNS: '1000' } },
  { name: 'sign-out-races', file: `${bff}/session/session-races.test.ts`, runs: 10_000, env: { SIGN_OUT_RUNS: '10000' } },
  { name: 'leak-between-users', file: `${bff}/proofs/leak-between-users.test.ts`, runs: 20_000, env: { LEAK_RUNS: '20000' } },
  { name: 'leak-of-secrets', file: `${bff}/proofs/leak-of-secrets.test.ts`, runs: 11, env: { CANARY_RUNS: '11' } },
  { name: 'upstream-requests', file: `${bff}/proofs/upstream-requests.test.ts`, runs: 9500, env: { UPSTREAM_RUNS: '9500' } },
  { name: 'http-fuzz', file: `${bff}/proofs/http-fuzz.test.ts`, runs: 50_000, env: { HTTP_RUNS: '50000' } },
  { name: 'sign-in-guessing', file: `${bff}/proofs/sign-in-guessing.test.ts`, runs: 10_000, env: { GUESS_RUNS: '10000' } },
  { name: 'fault-matrix', file: `${bff}/proofs/fault-matrix.test.ts`, runs: 3744, env: { FAULT_SEEDS: '2' } },
  { name: 'kills', file: `${bff}/proofs/kill.test.ts`, runs: 100, env: { KILL_RUNS: '100' } },
  { name: 'crash-points', file: `${bff}/proofs/kill-points.test.ts`, runs: 75, env: { CRASH_ALL: '1' } },
  { name: 'bulk', file: `${bff}/proofs/bulk.test.ts`, runs: 300, env: { BULK_ITEMS: '300' } },
  { name: 'damaged-stores', file: `${bff}/proofs/disk-damage.test.ts`, runs: 500, env: { DAMAGE_RUNS: '500' } },
  { name: 'stops', file: `${bff}/proofs/stop.test.ts`, runs: 2, env: { STOP_TIMES: '1' } },
  { name: 'bad-starts', file: `${bff}/proofs/bad-starts.test.ts`, runs: 45, env: { START_ALL: '1' } },
  { name: 'cookies', file: `${bff}/session/seal.test.ts`, runs: 1_000_000, env: { COOKIE_RUNS: '1000000' } },
  { name: 'cloud-rules', file: `${bff}/features/tasks/cloud-rules-at-tableau.test.ts`, runs: 10_000, env: { CLOUD_RUNS: '10000' } },
  { name: 'overload', script: 'scripts/overload.mjs' },
]
