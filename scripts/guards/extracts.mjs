const bff = 'apps/bff/src'
const site = `${bff}/features/site/site.test.ts`
const permissions = `${bff}/features/content/content-permissions.test.ts`
const extracts = `${bff}/features/extracts`

export const guards = [
  {
    guard: 'a change of the site’s encryption mode is compared with what the person saw',
    file: `${bff}/features/site/update-site.ts`,
    find: 'assertAsSeen(input.seen, (await tableau.call(querySite, {})).value.extractEncryptionMode)',
    replace: '',
    test: site,
    only: 'is not set where somebody else has set it meanwhile',
  },
  {
    guard: 'two changes of the site’s encryption mode take turns',
    file: `${bff}/features/site/update-site.ts`,
    find: 'locks.run(siteId, async () => {',
    replace: 'locks.run(`${siteId} ${request.requestId}`, async () => {',
    test: site,
    only: 'takes turns when two set it at the same time',
  },
  {
    guard: 'what is done to all extracts of a site is not taken up again by the same key',
    file: `${bff}/writes/extract-laws.ts`,
    find: "certain: 'all', repeatable: [] }",
    replace: "certain: 'all', repeatable: afterWaiting }",
    test: site,
    only: 'is not taken up again under the same key',
  },
  {
    guard: 'only who is told the permissions of a project leads it',
    file: `${bff}/features/content/content-permissions.ts`,
    find: '/^40[34]/.test(error.code)) return false',
    replace: '/^40[34]/.test(error.code)) return true',
    test: permissions,
    only: 'nobody else may',
  },
  {
    guard: 'who leads a project does not set the encryption of what is in it',
    file: `${bff}/features/content/content-permissions.ts`,
    find: 'return neitherOfThem',
    replace: 'return yes',
    test: permissions,
    only: 'and not set its encryption',
  },
  {
    guard: 'an extract that was there before is no sign that one was made',
    file: `${extracts}/create-extract.ts`,
    find: 'before.hasExtracts === false && now.hasExtracts === true',
    replace: 'now.hasExtracts === true',
    test: `${extracts}/extracts.test.ts`,
  },
  {
    guard: 'data acceleration is added to no server that does nothing about it',
    file: 'packages/tableau-client/src/resources/schedule-extracts.ts',
    find: "untilFor: ({ kind }) => (kind === 'dataAcceleration' ? '3.15' : undefined),",
    replace: '',
    test: 'packages/tableau-client/src/resources/data-acceleration.test.ts',
  },
]
