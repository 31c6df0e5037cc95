const bff = 'apps/bff/src'
const proofs = `${bff}/proofs`
const badStarts = `${proofs}/bad-starts.test.ts`

/** What lives through kills, full disks, damage and unsafe starts. */
export const guards = [
  { guard: 'A write is recorded before it is sent', file: `${bff}/writes/writes.ts`, find: 'if (await store.claim(row)) return undefined', replace: 'if (row.key !== \'\') return undefined', test: `${proofs}/kill-points.test.ts`, only: 'has not arrived' },
  { guard: 'After a start, what was being sent is read back', file: `${bff}/start-bff.ts`, find: 'await writes.recover()', replace: '', test: `${proofs}/kill-points.test.ts`, only: 'applied and not answered' },
  { guard: 'An outcome that could not be written down is found out after a start', file: `${bff}/writes/write-store.ts`, find: ".set({ state: 'checking', evidence })", replace: ".set({ state: 'unconfirmed', evidence })", test: `${proofs}/kill-points.test.ts`, only: 'is not recorded' },
  { guard: 'The layout of the store changes wholly or not at all', file: `${bff}/storage/libsql-dialect.ts`, find: 'return true', replace: 'return false', test: `${proofs}/disk-damage.test.ts`, only: 'never whole' },
  { guard: 'SIGTERM ends in order', file: `${bff}/run.ts`, find: "process.on('SIGTERM', end)", replace: '', test: `${proofs}/stop.test.ts`, only: 'refuses new connections' },
  { guard: 'A stop waits for the requests under way', file: `${bff}/http/server.ts`, find: 'const cut = setTimeout(() => server.closeAllConnections(), graceMs)', replace: 'server.closeAllConnections()\n        const cut = setTimeout(() => undefined, graceMs)', test: `${proofs}/stop.test.ts`, only: 'refuses new connections' },
  { guard: 'On a full disk the ballast makes room for a sign-out', file: `${bff}/storage/libsql.ts`, find: 'ballast.release()\n      // It may', replace: '// It may', test: `${proofs}/disk-full.test.ts`, only: 'keeps every sign-out' },
  { guard: 'While the disk is full nobody new signs in', file: `${bff}/storage/libsql.ts`, find: "if (!ballast.hold()) throw new StorageError('SQLITE_FULL')", replace: 'ballast.hold()', test: `${proofs}/disk-full.test.ts`, only: 'keeps every sign-out' },
  { guard: 'A store with an unreadable text is refused before it ends the process', file: `${bff}/storage/libsql.ts`, find: 'assertSound(connection)', replace: 'void assertSound', test: badStarts, only: 'text that is none' },
  { guard: 'A store whose records do not match their keys is refused', file: `${bff}/storage/soundness.ts`, find: 'if (isWell !== 1) return false', replace: 'void isWell', test: `${proofs}/disk-damage.test.ts`, only: 'under another key' },
  { guard: 'A store that others can read is refused', file: `${bff}/storage/open-store.ts`, find: "assertPrivate('DATABASE_URL', file)", replace: 'void assertPrivate', test: badStarts, only: 'store that others can read' },
  { guard: 'A key or credentials that others can read are refused', file: `${bff}/session/secret-key.ts`, find: '(mode & 0o077) !== 0', replace: 'mode < 0', test: badStarts, only: 'that others can read' },
  { guard: 'A key of one byte over and over is refused', file: `${bff}/session/secret-key.ts`, find: 'new Set(key).size === 1', replace: 'new Set(key).size === 0', test: badStarts, only: 'a key of zeros' },
  { guard: 'A key of another length is refused', file: `${bff}/session/secret-key.ts`, find: 'key.byteLength !== keyBytes', replace: 'key.byteLength === 0', test: badStarts, only: 'key of another length' },
  { guard: 'Looking at certificates cannot be switched off', file: `${bff}/config.ts`, find: "read('NODE_TLS_REJECT_UNAUTHORIZED') === '0'", replace: "read('NODE_TLS_REJECT_UNAUTHORIZED') === 'never'", test: badStarts, only: 'certificates that are not looked at' },
  { guard: 'A lenient reader of HTTP is refused', file: `${bff}/config.ts`, find: '(insecure-http-parser|tls', replace: '(tls', test: badStarts, only: 'lenient reader' },
  { guard: 'Tableau is spoken to by https, but on this machine', file: `${bff}/config.ts`, find: "url.protocol === 'http:' && !isLoopback(url.hostname)) {\n    fault(`“${id}”", replace: "url.protocol === 'ftp:') {\n    fault(`“${id}”", test: badStarts, only: 'a Tableau by plain http' },
  { guard: 'People open it by https, but on this machine', file: `${bff}/config.ts`, find: "url.protocol === 'http:' && !isLoopback(url.hostname)) {\n    fault(`plain", replace: "url.protocol === 'ftp:') {\n    fault(`plain", test: badStarts, only: 'an origin by plain http' },
  { guard: 'An address of a server holds no user, no path and no query', file: `${bff}/config.ts`, find: "url.username !== '' || url.password !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== ''", replace: "url.hash !== ''", test: badStarts, only: 'a server with a' },
  { guard: 'An id of a server is there once', file: `${bff}/config.ts`, find: 'servers.some((server) => server.id === id)) {\n      fault(', replace: 'id === \'\') {\n      fault(', test: badStarts, only: 'two servers of one id' },
  { guard: 'No proxy is trusted at large', file: `${bff}/config.ts`, find: '>= widestNetwork', replace: '>= Math.min(0, widestNetwork)', test: badStarts, only: 'trust in every network' },
  { guard: 'An open address needs an origin', file: `${bff}/config.ts`, find: 'if (!isLoopback(host)) fault(', replace: 'if (host === \'\') fault(', test: badStarts, only: 'an open address without an origin' },
  { guard: 'Credentials of walls belong to a server that is configured', file: `${bff}/wall-credentials.ts`, find: 'if (unknown !== undefined)', replace: 'if (unknown === \'\')', test: badStarts, only: 'of an unknown server' },
  { guard: 'The demo does not start with a real Tableau', file: `${bff}/demo.ts`, find: "if ((process.env['TABLEAU_SERVERS'] ?? '') !== '') throw new StartFault(simulatorsOnly)", replace: 'void simulatorsOnly\n  void StartFault', test: badStarts, only: 'a real Tableau in the demo' },
]
