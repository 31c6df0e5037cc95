import { beSignedIn } from './actions.ts'
import { createGround } from './tables/ground.ts'
import { apiVersions, isOffered, serverVersions, type TableVersion } from './tables/versions.ts'
import { expect, type Page, test } from './test.ts'

// The version table against the application: what it offers on a server of each version, and the reason where it does not.

const headers = { 'x-refreshboard': '1', 'sec-fetch-site': 'same-origin' }

type Permission = { readonly allowed: true } | { readonly allowed: false; readonly reason: string }

/** `session.can` of the HTTP API. */
type Can = Record<
  'listJobs' | 'cancelJobs' | 'readSchedules' | 'writeSchedules' | 'listTasks' | 'deleteTasks' | 'addToSchedules' | 'createTasks' | 'manageExtracts' | 'siteEncryption' | 'dataAcceleration',
  Permission
>

interface Seen {
  readonly can: Can
  readonly times: Permission
  readonly ownTimes: Permission
  readonly setEncryption: Permission
}

const both = (first: Permission, second: Permission): Permission => (first.allowed ? second : first)

/** Where the application says whether it offers a call. */
const offers: Readonly<Record<string, (seen: Seen) => Permission>> = {
  queryJobs: ({ can }) => can.listJobs,
  queryJob: ({ can }) => can.listJobs,
  cancelJob: ({ can }) => can.cancelJobs,
  listServerSchedules: ({ can }) => can.readSchedules,
  getServerSchedule: ({ can, times }) => both(can.readSchedules, times),
  createServerSchedule: ({ can }) => can.writeSchedules,
  updateServerSchedule: ({ can }) => can.writeSchedules,
  deleteServerSchedule: ({ can }) => can.writeSchedules,
  listScheduleExtracts: ({ can }) => can.readSchedules,
  addWorkbookToSchedule: ({ can }) => can.addToSchedules,
  addDatasourceToSchedule: ({ can }) => can.addToSchedules,
  listExtractRefreshTasks: ({ can }) => can.listTasks,
  getExtractRefreshTask: ({ can }) => can.listTasks,
  runExtractRefreshTask: ({ can }) => can.listTasks,
  deleteExtractRefreshTask: ({ can }) => can.deleteTasks,
  createCloudExtractRefreshTask: ({ can }) => can.createTasks,
  updateCloudExtractRefreshTask: ({ ownTimes }) => ownTimes,
  listDataAccelerationTasks: ({ can }) => can.dataAcceleration,
  deleteDataAccelerationTask: ({ can }) => can.dataAcceleration,
  addForDataAcceleration: ({ can }) => can.dataAcceleration,
  createWorkbookExtract: ({ can }) => can.manageExtracts,
  createDatasourceExtract: ({ can }) => can.manageExtracts,
  deleteWorkbookExtract: ({ can }) => can.manageExtracts,
  deleteDatasourceExtract: ({ can }) => can.manageExtracts,
  encryptExtracts: ({ can }) => can.siteEncryption,
  decryptExtracts: ({ can }) => can.siteEncryption,
  reencryptExtracts: ({ can }) => can.siteEncryption,
  updateSite: ({ can }) => can.siteEncryption,
  updateWorkbook: ({ setEncryption }) => setEncryption,
  updateDatasource: ({ setEncryption }) => setEncryption,
}

const read = async (page: Page, path: string): Promise<unknown> => {
  const reply = await page.request.get(path, { headers })
  expect(reply.status(), path).toBe(200)
  return await reply.json()
}

/* oxlint-disable typescript/no-unsafe-type-assertion -- the shape of these answers is the contract's, which has its own tests */
const see = async (page: Page, workbookId: string): Promise<Seen> => {
  const { can } = (await read(page, '/api/session')) as { can: Can }
  const { details } = (await read(page, '/api/schedules')) as { details: { unavailable?: string } }
  const { edit } = (await read(page, '/api/tasks')) as { edit: Permission }
  const { setEncryption } = (await read(page, `/api/workbooks/${workbookId}`)) as { setEncryption: Permission }
  const times: Permission = details.unavailable === undefined ? { allowed: true } : { allowed: false, reason: details.unavailable }
  return { can, times, ownTimes: edit, setEncryption }
}
/* oxlint-enable typescript/no-unsafe-type-assertion */

/** What the table says and the application does not, in words. */
const differences = (version: TableVersion, seen: Seen): string[] =>
  serverVersions.flatMap((row) => {
    const offered = offers[row.call]?.(seen)
    if (offered === undefined) return [`${row.call}: nothing says whether it is offered`]
    if (offered.allowed !== isOffered(row, version)) return [`${row.call}: ${offered.allowed ? 'offered' : `not offered (${offered.reason})`}, against “${row.paragraph}”`]
    return offered.allowed || row.reason.test(offered.reason) ? [] : [`${row.call}: the reason is “${offered.reason}”`]
  })

for (const version of apiVersions.filter((candidate) => candidate !== '2.3')) {
  test.describe(`Tableau Server with API ${version}`, () => {
    test.use({ simOptions: { scenario: 'small', apiVersion: version } })

    test('is offered what it has, and told why it is not offered the rest', async ({ page, sim }) => {
      await beSignedIn(page)
      const { id } = createGround({ world: sim.world, flavor: 'server' }).item('workbook', 'admin', 'own')
      const seen = await see(page, id)
      expect(differences(version, seen)).toEqual([])
      const places = { '/jobs': seen.can.listJobs, '/tasks': seen.can.listTasks, '/extracts': seen.can.manageExtracts, '/tasks/data-acceleration': seen.can.dataAcceleration }
      for (const [path, permission] of Object.entries(places)) {
        if (permission.allowed) continue
        await page.goto(path)
        await expect(page.getByRole('main')).toContainText(permission.reason)
      }
      expect(sim.ledger.entries.filter(({ code }) => code === '404003')).toEqual([])
    })
  })
}

test.describe('Tableau Server with API 2.3', () => {
  test.use({ simOptions: { scenario: 'small', apiVersion: '2.3' } })

  test('is offered nothing: the sign-in says that the server is too old', async ({ page, sim }) => {
    expect(serverVersions.filter((row) => isOffered(row, '2.3'))).toEqual([])
    await page.goto('/')
    await page.getByLabel('User name').fill('admin')
    await page.getByRole('textbox', { name: 'Password' }).fill('admin')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toContainText('2.4')
    expect(sim.ledger.of('signIn')).toEqual([])
  })
})
