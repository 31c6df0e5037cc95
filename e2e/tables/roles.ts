/** The accounts of the simulator, as the columns of the table. `leader` leads one project, `creator` owns content. */
export const accounts = ['admin', 'site-admin', 'leader', 'creator', 'explorer', 'viewer'] as const
export type AccountName = (typeof accounts)[number]

/** One's own content, or for the leader that of the led project; or what belongs to somebody else in another project. */
export type Whose = 'own' | 'foreign'

interface RoleRow {
  /** Name of the call. */
  readonly call: string
  /** What its Permissions paragraph says, in short. */
  readonly paragraph: string
  /** For each account own, then foreign: `y`, `n`, or `-` where there is none (who cannot publish owns nothing). */
  readonly allowed: string
  /** Where the screen cannot offer what Tableau would do: the same cells, and why. */
  readonly onScreen?: { readonly allowed: string; readonly because: string }
}

const administrators = 'yy yy nn nn -n -n'
const serverAdministrators = 'yy nn nn nn -n -n'
const managers = 'yy yy yn yn -n -n'

/**
 * Who may do what on Tableau Server, from the Permissions paragraph of each method of the references. Nothing here is taken from
 * the simulator or from the application: both are held against it.
 */
export const serverRoles: readonly RoleRow[] = [
  { call: 'queryJobs', paragraph: 'server and site administrators', allowed: administrators },
  { call: 'queryJob', paragraph: 'server and site administrators', allowed: administrators },
  { call: 'cancelJob', paragraph: 'server and site administrators', allowed: administrators },
  { call: 'listServerSchedules', paragraph: 'any user able to schedule extract refreshes, and administrators', allowed: 'yy yy yy yy -n -n' },
  { call: 'getServerSchedule', paragraph: 'any user able to schedule extract refreshes, and administrators', allowed: 'yy yy yy yy -n -n' },
  { call: 'createServerSchedule', paragraph: 'server administrators', allowed: serverAdministrators },
  { call: 'updateServerSchedule', paragraph: 'server administrators', allowed: serverAdministrators },
  { call: 'deleteServerSchedule', paragraph: 'server administrators', allowed: serverAdministrators },
  { call: 'listScheduleExtracts', paragraph: 'server and site administrators', allowed: administrators },
  { call: 'addWorkbookToSchedule', paragraph: 'administrators, the owner of the workbook, the leader of its project', allowed: managers },
  { call: 'addDatasourceToSchedule', paragraph: 'administrators, the owner of the data source, the leader of its project', allowed: managers },
  { call: 'listExtractRefreshTasks', paragraph: 'administrators all, others those that they own', allowed: 'yy yy nn yn -n -n' },
  { call: 'getExtractRefreshTask', paragraph: 'administrators all, others those that they own', allowed: 'yy yy nn yn -n -n' },
  { call: 'runExtractRefreshTask', paragraph: 'administrators all, others those that they own', allowed: 'yy yy nn yn -n -n' },
  {
    call: 'deleteExtractRefreshTask',
    paragraph: 'administrators, and whoever has Read and Delete on it, explicitly or implicitly',
    allowed: managers,
    onScreen: { allowed: 'yy yy nn yn -n -n', because: 'a leader is not shown the tasks of others: they are listed to administrators and owners alone' },
  },
  { call: 'createWorkbookExtract', paragraph: 'administrators, the owner of the workbook, owner or leader of its project', allowed: managers },
  { call: 'createDatasourceExtract', paragraph: 'administrators, the owner of the data source, owner or leader of its project', allowed: managers },
  { call: 'deleteWorkbookExtract', paragraph: 'administrators, the owner, owner or leader of the project', allowed: managers },
  { call: 'deleteDatasourceExtract', paragraph: 'administrators, the owner, owner or leader of the project', allowed: managers },
  { call: 'encryptExtracts', paragraph: 'server administrators', allowed: serverAdministrators },
  { call: 'decryptExtracts', paragraph: 'server administrators', allowed: serverAdministrators },
  { call: 'reencryptExtracts', paragraph: 'server administrators', allowed: serverAdministrators },
  { call: 'updateSite', paragraph: 'of the encryption mode: server administrators', allowed: serverAdministrators },
  { call: 'updateWorkbook', paragraph: 'of the encryption: the owner or an administrator', allowed: 'yy yy nn yn -n -n' },
  { call: 'updateDatasource', paragraph: 'of the encryption: the owner or an administrator', allowed: 'yy yy nn yn -n -n' },
]

/** The same with API 3.15, the last that has data acceleration. */
export const dataAccelerationRoles: readonly RoleRow[] = [
  { call: 'listDataAccelerationTasks', paragraph: 'server and site administrators', allowed: administrators },
  { call: 'deleteDataAccelerationTask', paragraph: 'server and site administrators', allowed: administrators },
  { call: 'addForDataAcceleration', paragraph: 'server and site administrators', allowed: administrators },
]

/** The same on Tableau Cloud, where `admin` is an administrator of the site. */
export const cloudRoles: readonly RoleRow[] = [
  { call: 'createCloudExtractRefreshTask', paragraph: 'administrators and any user with the creator role', allowed: 'yy yy nn yy -n -n' },
  { call: 'updateCloudExtractRefreshTask', paragraph: 'administrators and the owner of the task', allowed: 'yy yy nn yn -n -n' },
  { call: 'runExtractRefreshTask', paragraph: 'administrators all, others those that they own', allowed: 'yy yy nn yn -n -n' },
  {
    call: 'deleteExtractRefreshTask',
    paragraph: 'administrators, and whoever has Read and Delete on it, explicitly or implicitly',
    allowed: managers,
    onScreen: { allowed: 'yy yy nn yn -n -n', because: 'a leader is not shown the tasks of others: they are listed to administrators and owners alone' },
  },
  { call: 'createWorkbookExtract', paragraph: 'administrators, the owner of the workbook, owner or leader of its project', allowed: managers },
  { call: 'deleteDatasourceExtract', paragraph: 'administrators, the owner, owner or leader of the project', allowed: managers },
]

export type { RoleRow }

/** What a cell says; undefined where there is nothing to ask. */
export const isAllowed = (cells: string, account: AccountName, whose: Whose): boolean | undefined => {
  const cell = cells.split(' ')[accounts.indexOf(account)]?.[whose === 'own' ? 0 : 1]
  if (cell === '-') return undefined
  if (cell !== 'y' && cell !== 'n') throw new Error(`There is no cell for ${account} in “${cells}”.`)
  return cell === 'y'
}
