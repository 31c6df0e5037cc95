import type { OperationName, TableauSim } from '@refreshboard/tableau-sim'
import { item, schedule, type PreparedWrite, type TestWrite } from './test-write.ts'

type Kind = 'workbook' | 'datasource'

const create = (sim: TableauSim, kind: Kind): PreparedWrite => {
  const { id, name } = item(sim, kind, false)
  return {
    path: `/api/${kind}s/${id}/extract`,
    method: 'POST',
    body: { encrypt: true },
    holds: () => sim.world.site().findJobs({ title: name, jobType: 'createExtract' }).length === 1,
  }
}

const remove = (sim: TableauSim, kind: Kind): PreparedWrite => {
  const content = item(sim, kind)
  return { path: `/api/${kind}s/${content.id}/extract`, method: 'DELETE', holds: () => !content.hasExtracts }
}

const encrypt = (sim: TableauSim, kind: Kind): PreparedWrite => {
  const content = item(sim, kind)
  return { path: `/api/${kind}s/${content.id}`, method: 'PATCH', body: { encryptExtracts: true, seen: { encryptExtracts: false } }, holds: () => content.encryptExtracts }
}

/** What is done to the extracts of one workbook or data source. */
export const extractWrites: readonly TestWrite[] = [
  { name: 'create the extracts of a workbook', endpoint: 'createWorkbookExtract', operation: 'createWorkbookExtract', readsFirst: true, prepare: (sim) => create(sim, 'workbook') },
  { name: 'create the extract of a data source', endpoint: 'createDatasourceExtract', operation: 'createDatasourceExtract', readsFirst: true, prepare: (sim) => create(sim, 'datasource') },
  { name: 'delete the extracts of a workbook', endpoint: 'deleteWorkbookExtract', operation: 'deleteWorkbookExtract', readsFirst: false, prepare: (sim) => remove(sim, 'workbook') },
  { name: 'delete the extract of a data source', endpoint: 'deleteDatasourceExtract', operation: 'deleteDatasourceExtract', readsFirst: false, prepare: (sim) => remove(sim, 'datasource') },
  { name: 'set the encryption of a workbook', endpoint: 'updateWorkbook', operation: 'updateWorkbook', readsFirst: true, prepare: (sim) => encrypt(sim, 'workbook') },
  { name: 'set the encryption of a data source', endpoint: 'updateDatasource', operation: 'updateDatasource', readsFirst: true, prepare: (sim) => encrypt(sim, 'datasource') },
]

/** New keys cannot be seen, and what each of the three does the others undo: the ledger alone tells. */
const siteWide = (word: string, endpoint: string, operation: OperationName): TestWrite => ({
  name: `${word} all extracts of a site`,
  endpoint,
  apart: 'the extracts of a site',
  operation,
  readsFirst: false,
  prepare: (sim) => {
    const applied = (): number => sim.ledger.of(operation).filter((entry) => entry.applied).length
    const before = applied()
    return { path: `/api/site/extracts/${word}`, method: 'POST', holds: () => applied() === before + 1 }
  },
})

/** What is done to a whole site. */
export const siteWrites: readonly TestWrite[] = [
  {
    name: 'set the encryption mode of a site',
    endpoint: 'updateSite',
    apart: 'the encryption mode of a site',
    operation: 'updateSite',
    readsFirst: true,
    prepare: ({ world }) => ({
      path: '/api/site',
      method: 'PATCH',
      body: { extractEncryptionMode: 'enforced', seen: { extractEncryptionMode: 'enabled' } },
      holds: () => world.site().extractEncryptionMode === 'enforced',
    }),
  },
  siteWide('encrypt', 'encryptSiteExtracts', 'encryptExtracts'),
  siteWide('decrypt', 'decryptSiteExtracts', 'decryptExtracts'),
  siteWide('reencrypt', 'reencryptSiteExtracts', 'reencryptExtracts'),
]

/** What servers up to API 3.15 offer. */
export const accelerationWrites: readonly TestWrite[] = [
  {
    name: 'add a workbook for data acceleration',
    endpoint: 'addToSchedule',
    apiVersion: '3.15',
    operation: 'addWorkbookToSchedule',
    readsFirst: true,
    prepare: (sim) => {
      const [on, { id }] = [schedule(sim, 'DataAcceleration'), item(sim, 'workbook')]
      return { path: `/api/schedules/${on.id}/tasks`, method: 'POST', body: { workbookId: id, kind: 'dataAcceleration' }, holds: () => sim.world.tasks().onSchedule(on).length === 1 }
    },
  },
  {
    name: 'delete a data acceleration task',
    endpoint: 'deleteDataAccelerationTask',
    apiVersion: '3.15',
    operation: 'deleteDataAccelerationTask',
    readsFirst: false,
    prepare: (sim) => {
      const { id } = sim.world.addTask('', { kind: 'dataAcceleration', content: item(sim, 'workbook'), schedule: schedule(sim, 'DataAcceleration') })
      return { path: `/api/data-acceleration-tasks/${id}`, method: 'DELETE', holds: () => sim.world.tasks().task(id) === undefined }
    },
  },
]
