const bff = 'apps/bff/src'
const betweenUsers = `${bff}/proofs/leak-between-users.test.ts`
const ofSecrets = `${bff}/proofs/leak-of-secrets.test.ts`
const logger = `${bff}/http/logger.ts`
const loggerTest = `${bff}/http/logger.test.ts`
const client = 'packages/tableau-client/src'
const transportTest = `${client}/transport.test.ts`

export const guards = [
  {
    guard: 'Whoever asks is told apart from the other users of the site',
    file: `${bff}/session/principal.ts`,
    find: 'principal.siteId, principal.userId]',
    replace: 'principal.siteId]',
    test: betweenUsers,
  },
  {
    guard: 'Jobs are kept for one principal alone',
    file: `${bff}/live/job-feeds.ts`,
    find: 'const known = feeds.get(principal)',
    replace: 'const known = feeds.values().next().value',
    test: betweenUsers,
  },
  {
    guard: 'Who may no longer see the jobs is told none of them any more',
    file: `${bff}/live/job-feed.ts`,
    find: 'this.#patches = new JobPatches()\n    }',
    replace: '}',
    test: `${bff}/live/job-patches.test.ts`,
    only: 'is not told any more',
  },
  {
    guard: 'A feed of jobs refuses another principal by itself',
    file: `${bff}/live/job-feed.ts`,
    find: 'if (tableau.principal !== this.principal)',
    replace: 'if (tableau.principal === undefined)',
    test: `${bff}/live/job-feed.test.ts`,
    only: 'refuses another principal',
  },
  {
    guard: 'Schedules and tasks are kept for one principal alone',
    file: `${bff}/shelves/shelves.ts`,
    find: 'const known = shelves.get(principal)',
    replace: 'const known = shelves.values().next().value',
    test: betweenUsers,
  },
  {
    guard: 'A reading of schedules or tasks refuses another principal by itself',
    file: `${bff}/shelves/reading.ts`,
    find: 'if (tableau.principal !== this.#options.principal)',
    replace: 'if (tableau.principal === undefined)',
    test: `${bff}/shelves/reading.test.ts`,
    only: 'another principal',
  },
  {
    guard: 'Names of content are kept for one principal alone',
    file: `${bff}/directory/content-directories.ts`,
    find: 'const known = directories.get(principal)',
    replace: 'const known = directories.values().next().value',
    test: betweenUsers,
  },
  {
    guard: 'A directory of names refuses another principal by itself',
    file: `${bff}/directory/principal-directory.ts`,
    find: 'if (tableau.principal !== this.principal)',
    replace: 'if (tableau.principal === undefined)',
    test: `${bff}/directory/content-directory.test.ts`,
    only: 'never serves one person',
  },
  {
    guard: 'A write under way is joined only by the principal that sent it',
    file: `${bff}/writes/writes.ts`,
    find: 'JSON.stringify([principal, write.operation,',
    replace: 'JSON.stringify([write.operation,',
    test: betweenUsers,
  },
  {
    guard: 'What became of a write is told to the principal that sent it alone',
    file: `${bff}/writes/write-store.ts`,
    find: "database.selectFrom('writes').selectAll().where('principal', '=', principal).where(",
    replace: "database.selectFrom('writes').selectAll().where(",
    test: betweenUsers,
  },
  {
    guard: 'Nothing of the API is kept by a browser or a proxy',
    file: `${bff}/http/no-store.ts`,
    find: "'no-store')",
    replace: "'private, max-age=5')",
    test: betweenUsers,
  },
  {
    guard: 'A preview image that a browser keeps for a minute is kept by its cookie',
    file: `${bff}/proxy/image-proxy.ts`,
    find: "response.vary('Cookie')",
    replace: "response.vary('Accept')",
    test: betweenUsers,
  },
  {
    guard: 'The log holds the template of a route and not the address',
    file: `${bff}/http/request-facts.ts`,
    find: '...(known.route === undefined ? {} : { route: known.route }),',
    replace: 'route: request.originalUrl,',
    test: ofSecrets,
  },
  {
    guard: 'A log line holds the listed fields alone',
    file: logger,
    find: 'Object.fromEntries(allowed.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])))',
    replace: '({ ...fields })',
    test: loggerTest,
  },
  {
    guard: 'The places of an error are told without its message, which can look like one',
    file: logger,
    find: '.slice(end + message.length)',
    replace: '.slice(0)',
    test: loggerTest,
  },
  {
    guard: 'A log that cannot be written to takes no request down',
    file: logger,
    find: '} catch {\n      lost += 1',
    replace: '} catch (error) {\n      throw error',
    test: loggerTest,
  },
  {
    guard: 'The code of a refusal, which is logged and shown, is a number',
    file: `${client}/reply.ts`,
    find: 'if (!/^\\d{1,6}$/.test(code))',
    replace: "if (code === '')",
    test: ofSecrets,
  },
  {
    guard: 'A refusal that quotes the token is told without it',
    file: `${client}/reply.ts`,
    find: "text.replaceAll(token, '…')",
    replace: 'text',
    test: transportTest,
    only: 'a refusal',
  },
  {
    guard: 'A token that is not fit for a header is not taken from a sign-in',
    file: `${client}/resources/auth.ts`,
    find: 'if (!isToken(token))',
    replace: "if (token === '')",
    test: ofSecrets,
  },
]
