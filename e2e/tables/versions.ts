/** REST API versions as the columns of the table; all of Tableau Server. */
export const apiVersions = ['2.3', '3.0', '3.5', '3.8', '3.15', '3.16', '3.20', '3.27'] as const
export type TableVersion = (typeof apiVersions)[number]

interface VersionRow {
  readonly call: string
  /** What its Version paragraph says, in short. */
  readonly paragraph: string
  /** For each version whether the application offers it. */
  readonly offered: string
  /** What the reason says where it is not offered although the server is new enough to be signed in to. */
  readonly reason: RegExp
}

const versioned = (since: string): RegExp => new RegExp(`version ${since.replace('.', String.raw`\.`)} `)
const cloudOnly = /Tableau Server/

/**
 * Which version of Tableau Server has which method, from the Version paragraph of each method of the references. With API 2.3 nothing is
 * offered, since Server Info, which tells the version, came with 2.4: the sign-in says so.
 */
export const serverVersions: readonly VersionRow[] = [
  { call: 'queryJobs', paragraph: '3.1 and later', offered: 'n n y y y y y y', reason: versioned('3.1') },
  { call: 'queryJob', paragraph: '2.0 and later; offered from a list alone', offered: 'n n y y y y y y', reason: versioned('3.1') },
  { call: 'cancelJob', paragraph: '3.1 and later', offered: 'n n y y y y y y', reason: versioned('3.1') },
  { call: 'listServerSchedules', paragraph: '2.2 and later', offered: 'n y y y y y y y', reason: /./ },
  { call: 'getServerSchedule', paragraph: '3.8 and later', offered: 'n n n y y y y y', reason: versioned('3.8') },
  { call: 'createServerSchedule', paragraph: '2.3 and later', offered: 'n y y y y y y y', reason: /./ },
  { call: 'updateServerSchedule', paragraph: '2.3 and later', offered: 'n y y y y y y y', reason: /./ },
  { call: 'deleteServerSchedule', paragraph: '2.3 and later', offered: 'n y y y y y y y', reason: /./ },
  { call: 'listScheduleExtracts', paragraph: '2.2 and later', offered: 'n y y y y y y y', reason: /./ },
  { call: 'addWorkbookToSchedule', paragraph: '2.8 and later', offered: 'n y y y y y y y', reason: versioned('2.8') },
  { call: 'addDatasourceToSchedule', paragraph: '2.8 and later', offered: 'n y y y y y y y', reason: versioned('2.8') },
  { call: 'listExtractRefreshTasks', paragraph: '2.6 and later', offered: 'n y y y y y y y', reason: versioned('2.6') },
  { call: 'getExtractRefreshTask', paragraph: '2.6 and later', offered: 'n y y y y y y y', reason: versioned('2.6') },
  { call: 'runExtractRefreshTask', paragraph: '2.6 and later', offered: 'n y y y y y y y', reason: versioned('2.6') },
  { call: 'deleteExtractRefreshTask', paragraph: '3.6 and later', offered: 'n n n y y y y y', reason: versioned('3.6') },
  { call: 'createCloudExtractRefreshTask', paragraph: '3.20 and later, Tableau Cloud only', offered: 'n n n n n n n n', reason: cloudOnly },
  { call: 'updateCloudExtractRefreshTask', paragraph: '3.20 and later, Tableau Cloud only', offered: 'n n n n n n n n', reason: cloudOnly },
  { call: 'listDataAccelerationTasks', paragraph: '3.8 through 3.15', offered: 'n n n y y n n n', reason: /3\.8|3\.16/ },
  { call: 'deleteDataAccelerationTask', paragraph: '3.8 through 3.15', offered: 'n n n y y n n n', reason: /3\.8|3\.16/ },
  { call: 'addForDataAcceleration', paragraph: '3.8 through 3.15', offered: 'n n n y y n n n', reason: /3\.8|3\.16/ },
  { call: 'createWorkbookExtract', paragraph: '3.5 and later', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'createDatasourceExtract', paragraph: '3.5 and later', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'deleteWorkbookExtract', paragraph: '3.5 and later', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'deleteDatasourceExtract', paragraph: '3.5 and later', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'encryptExtracts', paragraph: '3.5 and later', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'decryptExtracts', paragraph: '3.5 and later', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'reencryptExtracts', paragraph: '3.5 and later', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'updateSite', paragraph: 'the encryption mode with 3.5', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'updateWorkbook', paragraph: 'the encryption with 3.5', offered: 'n n y y y y y y', reason: versioned('3.5') },
  { call: 'updateDatasource', paragraph: 'the encryption with 3.5', offered: 'n n y y y y y y', reason: versioned('3.5') },
]

/** What a cell says. */
export const isOffered = ({ offered }: VersionRow, version: TableVersion): boolean => offered.split(' ')[apiVersions.indexOf(version)] === 'y'

export type { VersionRow }
