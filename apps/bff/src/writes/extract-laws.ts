import * as tableau from '@refreshboard/tableau-client'
import { afterWaiting, neverArrived, readFirst, type WriteLaw, type WriteName } from './write-law.ts'

const extractCreation = {
  guard: '409093',
  unseen: 'an extract can take long to be made, and its job is listed late',
  again: 'a second one makes the same extract once more, unless Tableau refuses it while the first is queued or running',
  certain: 'all',
  repeatable: afterWaiting,
} as const

const extractDeletion = {
  // 409090: what asks its data live has none.
  guard: '409090',
  unseen: neverArrived,
  again: 'deleting it again does no harm',
  certain: 'all',
  repeatable: afterWaiting,
} as const

/** Tableau names no job and tells no progress, so nothing can be read back, and nothing is taken up again by itself (extract reference, § Encrypt Extracts in a Site). */
const siteWide = { readBy: [], unseen: 'Tableau tells nobody whether it was done', certain: 'all', repeatable: [] } as const

/** The writes that concern extracts and their encryption. */
export const extractLaws = {
  createWorkbookExtract: {
    effect: [tableau.createWorkbookExtract.name],
    readBy: [tableau.queryJobs.name, tableau.queryWorkbook.name],
    gone: { codes: ['404006'], means: 'unconfirmed' },
    ...extractCreation,
  },
  createDatasourceExtract: {
    effect: [tableau.createDatasourceExtract.name],
    readBy: [tableau.queryJobs.name, tableau.queryDatasource.name],
    gone: { codes: ['404004'], means: 'unconfirmed' },
    ...extractCreation,
  },
  deleteWorkbookExtract: {
    effect: [tableau.deleteWorkbookExtract.name],
    readBy: [tableau.queryWorkbook.name],
    gone: { codes: ['404006'], means: 'unconfirmed' },
    ...extractDeletion,
  },
  deleteDatasourceExtract: {
    effect: [tableau.deleteDatasourceExtract.name],
    readBy: [tableau.queryDatasource.name],
    gone: { codes: ['404004'], means: 'unconfirmed' },
    ...extractDeletion,
  },
  updateWorkbook: {
    effect: [tableau.updateWorkbook.name],
    readBy: [tableau.queryWorkbook.name],
    unseen: neverArrived,
    gone: { codes: ['404006'], means: 'unconfirmed' },
    again: readFirst,
    certain: 'all',
    repeatable: afterWaiting,
  },
  updateDatasource: {
    effect: [tableau.updateDatasource.name],
    readBy: [tableau.queryDatasource.name],
    unseen: neverArrived,
    gone: { codes: ['404004'], means: 'unconfirmed' },
    again: readFirst,
    certain: 'all',
    repeatable: afterWaiting,
  },
  updateSite: {
    effect: [tableau.updateSite.name],
    readBy: [tableau.querySite.name],
    unseen: neverArrived,
    again: readFirst,
    certain: 'all',
    repeatable: afterWaiting,
  },
  encryptSiteExtracts: { effect: [tableau.encryptExtracts.name], again: 'encrypting again costs the server the same work once more', ...siteWide },
  decryptSiteExtracts: { effect: [tableau.decryptExtracts.name], again: 'decrypting again costs the server the same work once more', ...siteWide },
  reencryptSiteExtracts: { effect: [tableau.reencryptExtracts.name], again: 'each time every extract gets new keys, at the same cost', ...siteWide },
} as const satisfies Partial<Record<WriteName, WriteLaw>>
