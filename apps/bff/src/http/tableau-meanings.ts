import type { ErrorCode } from '@refreshboard/api-types'
import type { TableauApiError } from '@refreshboard/tableau-client'

interface Meaning {
  readonly code: ErrorCode
  readonly next: string
}

const unknownSchedule: Meaning = {
  code: 'not_found',
  next: 'This is what Tableau answers when it does not know the schedule: the schedule may have been deleted. Load the list of schedules again.',
}
const otherType: Meaning = { code: 'upstream_refused', next: 'A schedule takes content for its own type alone: choose one for extracts, or for data acceleration where that is what is added.' }
const serverAdministrators: Meaning = { code: 'forbidden', next: 'Server administrators alone can do this, since it concerns every extract of the site.' }
const managers = 'Its owner, owners and leaders of its project, and administrators can do this'
const itsOwner: Meaning = { code: 'forbidden', next: 'Its owner and administrators can change this.' }
const noExtract: Meaning = { code: 'conflict', next: 'It asks its data live: there is no extract to be deleted.' }
const notCreated: Meaning = { code: 'conflict', next: 'Nothing was queued: it has its extract already, or encryption was asked for where the site or the content has it disabled.' }
const disabledForSite: Meaning = { code: 'conflict', next: 'Nothing was changed: extract encryption is disabled for the site. Its mode has to be enabled or enforced first.' }
const modeDecides: Meaning = { code: 'conflict', next: 'Nothing was changed: the site’s extract encryption mode decides for all content. Each can be set where the mode is enabled.' }
const creating: Meaning = { code: 'already_queued', next: 'An extract of it is being created already. Wait for that one.' }

/** Codes that mean something else, or say more, for one operation (the Errors and Permissions of each method of the references). */
const meanings: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  addWorkbookToSchedule: { '400000': otherType, '500000': unknownSchedule },
  addDatasourceToSchedule: { '400000': otherType, '500000': unknownSchedule },
  runExtractRefreshTask: {
    '403004': { code: 'forbidden', next: 'Owners and administrators can run a task, unless it belongs to a virtual connection, or “Run now” is switched off for the site.' },
  },
  updateCloudExtractRefreshTask: { '403004': { code: 'forbidden', next: 'The owner of a task and administrators of the site can change it.' } },
  createCloudExtractRefreshTask: {
    '403004': { code: 'forbidden', next: 'Administrators of the site and Creators can make tasks.' },
    '404026': { code: 'not_found', next: 'Choose a workbook or a data source that has an extract.' },
  },
  createWorkbookExtract: {
    '403004': { code: 'forbidden', next: `${managers}, unless “Run now” is switched off for the site.` },
    '404004': { code: 'not_found', next: 'One of the data sources is none of this workbook any more. Load them again and choose.' },
    '409090': notCreated,
    '409093': creating,
  },
  createDatasourceExtract: { '403004': { code: 'forbidden', next: `${managers}, unless “Run now” is switched off for the site.` }, '409090': notCreated, '409093': creating },
  deleteWorkbookExtract: { '403004': { code: 'forbidden', next: `${managers}.` }, '409090': noExtract },
  deleteDatasourceExtract: { '403004': { code: 'forbidden', next: `${managers}.` }, '409090': noExtract },
  updateWorkbook: { '403004': itsOwner, '409090': modeDecides },
  updateDatasource: { '403004': itsOwner, '409090': modeDecides },
  updateSite: { '403004': serverAdministrators },
  encryptExtracts: { '403004': serverAdministrators, '409090': disabledForSite },
  decryptExtracts: { '403004': serverAdministrators, '409090': disabledForSite },
  reencryptExtracts: { '403004': serverAdministrators, '409090': disabledForSite },
}

/** What an error means for its operation; undefined where it means what it means everywhere. */
export const meaningOf = ({ operation, code }: TableauApiError): Meaning | undefined => meanings[operation]?.[code]
