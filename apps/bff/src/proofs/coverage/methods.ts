import type { EndpointName } from '@refreshboard/api-types'

/** Both references, and Tableau's REST reference for the calls that support them. */
type Reference = 'jobs, tasks and schedules' | 'extract and encryption' | 'both' | 'REST API'

/** One method of Tableau's references, and where each layer of this project has it. What the endpoint object says is not repeated. */
export interface Method {
  /** Its heading in the reference. */
  readonly title: string
  readonly reference: Reference
  /** The name of the endpoint object in `tableau-client`, which is the simulator's operation too. */
  readonly call: string
  readonly on: 'Server and Cloud' | 'Server' | 'Cloud'
  /** Who may call it, from its Permissions paragraph. */
  readonly roles: string
  /** The routes of the BFF that need it. */
  readonly routes: readonly EndpointName[]
  /** A file of `packages/tableau-client/src/fixtures`, or of its `requests` for a method whose reply has no body. */
  readonly fixture: string
  /** A file of `e2e`, and a test in it, whose click or page makes the call. */
  readonly journey: readonly [file: string, title: string]
  /** How many rows its Errors table has, counted in the reference; none where the two references do not print the method. */
  readonly codes?: number
}

const adminsOnly = 'server and site administrators'
const serverAdmins = 'server administrators'
const schedulers = 'whoever may schedule extract refreshes, administrators'
const managers = 'owner, owner or leader of the project, administrators'
const visible = 'whoever may see it'

const jobs: readonly Method[] = [
  { title: 'Query Jobs', reference: 'jobs, tasks and schedules', call: 'queryJobs', on: 'Server and Cloud', roles: adminsOnly, routes: ['listJobs', 'jobsHistogram', 'getTaskJob'], fixture: 'jobs/list-reference-sample.xml', journey: ['jobs', 'shows every state of the site as the simulator has it'], codes: 2 },
  { title: 'Query Job', reference: 'jobs, tasks and schedules', call: 'queryJob', on: 'Server and Cloud', roles: adminsOnly, routes: ['getJob'], fixture: 'jobs/detail-status-notes.xml', journey: ['jobs', 'a job’s drawer tells what Query Job tells'], codes: 3 },
  { title: 'Cancel Job', reference: 'jobs, tasks and schedules', call: 'cancelJob', on: 'Server and Cloud', roles: adminsOnly, routes: ['cancelJob'], fixture: 'requests/cancelJob.txt', journey: ['cancel', 'cancels a waiting job'], codes: 4 },
]

const schedules: readonly Method[] = [
  { title: 'List Server Schedules', reference: 'jobs, tasks and schedules', call: 'listServerSchedules', on: 'Server', roles: schedulers, routes: ['listSchedules', 'getTimeZone'], fixture: 'schedules/list-reference-sample.xml', journey: ['schedules', 'lists every schedule of the server, its times in words, its tasks counted'], codes: 4 },
  { title: 'Get Server Schedule', reference: 'jobs, tasks and schedules', call: 'getServerSchedule', on: 'Server', roles: schedulers, routes: ['getSchedule', 'listSchedules', 'updateSchedule'], fixture: 'schedules/detail-hourly.xml', journey: ['schedules', 'lists every schedule of the server, its times in words, its tasks counted'], codes: 2 },
  { title: 'Create Server Schedule', reference: 'jobs, tasks and schedules', call: 'createServerSchedule', on: 'Server', roles: serverAdmins, routes: ['createSchedule'], fixture: 'schedules/created.xml', journey: ['schedule-create', 'makes ${frequency} schedules, and reads them back'], codes: 5 },
  { title: 'Update Server Schedule', reference: 'jobs, tasks and schedules', call: 'updateServerSchedule', on: 'Server', roles: serverAdmins, routes: ['updateSchedule'], fixture: 'schedules/updated-end-schedule-time.xml', journey: ['schedule-edit', 'changes ${what}'], codes: 6 },
  { title: 'Delete Server Schedule', reference: 'jobs, tasks and schedules', call: 'deleteServerSchedule', on: 'Server', roles: serverAdmins, routes: ['deleteSchedule'], fixture: 'requests/deleteServerSchedule.txt', journey: ['schedules', 'deletes a schedule after saying what goes with it'], codes: 3 },
  { title: 'List Extract Refresh Tasks in Server Schedule', reference: 'both', call: 'listScheduleExtracts', on: 'Server', roles: adminsOnly, routes: ['listScheduleTasks'], fixture: 'schedule-extracts/list-reference-sample.xml', journey: ['tasks', 'a workbook, from the schedule’s side'], codes: 7 },
  { title: 'Add Workbook to Server Schedule', reference: 'jobs, tasks and schedules', call: 'addWorkbookToSchedule', on: 'Server', roles: `${managers}; for data acceleration ${adminsOnly}`, routes: ['addToSchedule'], fixture: 'schedule-extracts/added-workbook.xml', journey: ['tasks', 'a workbook, from the schedule’s side'], codes: 7 },
  { title: 'Add Data Source to Server Schedule', reference: 'jobs, tasks and schedules', call: 'addDatasourceToSchedule', on: 'Server', roles: managers, routes: ['addToSchedule'], fixture: 'schedule-extracts/added-datasource.xml', journey: ['tasks', 'a data source, from the content’s side'], codes: 7 },
]

const tasks: readonly Method[] = [
  { title: 'List Extract Refresh Tasks in Site', reference: 'both', call: 'listExtractRefreshTasks', on: 'Server and Cloud', roles: 'administrators all, others their own', routes: ['listTasks', 'listExtracts', 'listScheduleTasks'], fixture: 'tasks/list-reference-template.xml', journey: ['tasks', 'groups, search and filters stand in the address and outlive a reload'], codes: 1 },
  { title: 'Get Extract Refresh Task', reference: 'both', call: 'getExtractRefreshTask', on: 'Server and Cloud', roles: 'administrators all, others their own', routes: ['runTask', 'updateTask', 'deleteTask'], fixture: 'tasks/detail-server.xml', journey: ['cloud', 'a task is made ${name}, and then given other times'], codes: 3 },
  { title: 'Run Extract Refresh Task', reference: 'both', call: 'runExtractRefreshTask', on: 'Server and Cloud', roles: 'administrators all, others their own', routes: ['runTask'], fixture: 'tasks/run.xml', journey: ['tasks', 'is followed in place from waiting to its end, and queued once'], codes: 5 },
  { title: 'Delete Extract Refresh Task', reference: 'extract and encryption', call: 'deleteExtractRefreshTask', on: 'Server and Cloud', roles: 'whoever has Read and Delete on it, administrators', routes: ['deleteTask'], fixture: 'requests/deleteExtractRefreshTask.txt', journey: ['tasks', 'says what goes, and takes it off the list'], codes: 3 },
  { title: 'Create Cloud Extract Refresh Task', reference: 'extract and encryption', call: 'createCloudExtractRefreshTask', on: 'Cloud', roles: 'administrators and Creators', routes: ['createTask'], fixture: 'tasks/cloud-created.xml', journey: ['cloud', 'a task is made ${name}, and then given other times'], codes: 4 },
  { title: 'Update Cloud Extract Refresh Task', reference: 'extract and encryption', call: 'updateCloudExtractRefreshTask', on: 'Cloud', roles: 'administrators and the owner of the task', routes: ['updateTask'], fixture: 'tasks/cloud-created.xml', journey: ['cloud', 'a task is made ${name}, and then given other times'], codes: 5 },
  { title: 'Get Data Acceleration Tasks in a Site', reference: 'jobs, tasks and schedules', call: 'listDataAccelerationTasks', on: 'Server', roles: adminsOnly, routes: ['listDataAccelerationTasks'], fixture: 'data-acceleration/list-reference-sample.xml', journey: ['data-acceleration', 'a workbook is added on the page of a schedule of its type, listed, and taken away again'], codes: 3 },
  { title: 'Delete Data Acceleration Task', reference: 'jobs, tasks and schedules', call: 'deleteDataAccelerationTask', on: 'Server', roles: adminsOnly, routes: ['deleteDataAccelerationTask'], fixture: 'requests/deleteDataAccelerationTask.txt', journey: ['data-acceleration', 'a workbook is added on the page of a schedule of its type, listed, and taken away again'], codes: 5 },
]

const extracts: readonly Method[] = [
  { title: 'Create Extracts for Embedded Data Sources in a Workbook', reference: 'extract and encryption', call: 'createWorkbookExtract', on: 'Server and Cloud', roles: managers, routes: ['createWorkbookExtract'], fixture: 'extracts/workbook-created.xml', journey: ['extracts', 'of all data sources of a workbook: queued once, its job followed to the end'], codes: 4 },
  { title: 'Create an Extract for a Data Source', reference: 'extract and encryption', call: 'createDatasourceExtract', on: 'Server and Cloud', roles: managers, routes: ['createDatasourceExtract'], fixture: 'extracts/datasource-created.xml', journey: ['extracts', 'of a data source'], codes: 4 },
  { title: 'Delete Extracts of Embedded Data Sources from a Workbook', reference: 'extract and encryption', call: 'deleteWorkbookExtract', on: 'Server and Cloud', roles: managers, routes: ['deleteWorkbookExtract'], fixture: 'requests/deleteWorkbookExtract.txt', journey: ['extracts', 'of a workbook says what happens and which tasks would fail'], codes: 4 },
  { title: 'Delete the Extract from a Data Source', reference: 'extract and encryption', call: 'deleteDatasourceExtract', on: 'Server and Cloud', roles: managers, routes: ['deleteDatasourceExtract'], fixture: 'requests/deleteDatasourceExtract.txt', journey: ['extracts', 'of a data source, which nothing refreshes'], codes: 4 },
  { title: 'Encrypt Extracts in a Site', reference: 'extract and encryption', call: 'encryptExtracts', on: 'Server', roles: serverAdmins, routes: ['encryptSiteExtracts'], fixture: 'requests/encryptExtracts.txt', journey: ['encryption', '“${button}” names the site and the cost, and is sent once under a double click'], codes: 3 },
  { title: 'Decrypt Extracts in a Site', reference: 'extract and encryption', call: 'decryptExtracts', on: 'Server', roles: serverAdmins, routes: ['decryptSiteExtracts'], fixture: 'requests/decryptExtracts.txt', journey: ['encryption', '“${button}” names the site and the cost, and is sent once under a double click'], codes: 3 },
  { title: 'Reencrypt Extracts in a Site', reference: 'extract and encryption', call: 'reencryptExtracts', on: 'Server', roles: serverAdmins, routes: ['reencryptSiteExtracts'], fixture: 'requests/reencryptExtracts.txt', journey: ['encryption', '“${button}” names the site and the cost, and is sent once under a double click'], codes: 3 },
]

/** Calls that the others cannot do without: who is signed in where, and what things are called. */
const supporting: readonly Method[] = [
  { title: 'Server Info', reference: 'REST API', call: 'serverInfo', on: 'Server and Cloud', roles: 'everybody', routes: ['signIn'], fixture: 'server-info/current.xml', journey: ['sign-in', 'signs in by password, on the site that a pasted address names'] },
  { title: 'Sign In', reference: 'REST API', call: 'signIn', on: 'Server and Cloud', roles: 'everybody', routes: ['signIn'], fixture: 'auth/signed-in.xml', journey: ['sign-in', 'signs in by password, on the site that a pasted address names'] },
  { title: 'Sign Out', reference: 'REST API', call: 'signOut', on: 'Server and Cloud', roles: 'everybody', routes: ['signOut', 'endSession', 'endSessions'], fixture: 'requests/signOut.txt', journey: ['sign-in', 'signs out here and at Tableau'] },
  { title: 'Switch Site', reference: 'REST API', call: 'switchSite', on: 'Server and Cloud', roles: 'everybody', routes: ['switchSite'], fixture: 'auth/signed-in.xml', journey: ['sign-in', 'switches the site'] },
  { title: 'Get Current Server Session', reference: 'REST API', call: 'currentSession', on: 'Server and Cloud', roles: 'everybody', routes: ['signIn', 'listJobs', 'listTasks'], fixture: 'auth/current-session.xml', journey: ['states', 'a session killed in mid-work: sign in in place, and everything stays'] },
  { title: 'Query Sites', reference: 'REST API', call: 'querySites', on: 'Server', roles: 'everybody, their own sites', routes: ['listSites'], fixture: 'sites/list.xml', journey: ['sign-in', 'switches the site'] },
  { title: 'Query Site', reference: 'REST API', call: 'querySite', on: 'Server and Cloud', roles: 'everybody; the encryption mode administrators', routes: ['getSite', 'updateSite', 'listTasks'], fixture: 'sites/one.xml', journey: ['encryption', 'is disabled only after its name was typed, once, and decrypts everything'] },
  { title: 'Update Site', reference: 'REST API', call: 'updateSite', on: 'Server', roles: `of the encryption mode ${serverAdmins}`, routes: ['updateSite'], fixture: 'sites/one.xml', journey: ['encryption', 'is disabled only after its name was typed, once, and decrypts everything'] },
  { title: 'Query User On Site', reference: 'REST API', call: 'queryUserOnSite', on: 'Server and Cloud', roles: 'everybody themselves, administrators all', routes: ['signIn', 'switchSite'], fixture: 'users/administrator.xml', journey: ['sign-in', 'signs in by password, on the site that a pasted address names'] },
  { title: 'Get Users on Site', reference: 'REST API', call: 'queryUsersOnSite', on: 'Server and Cloud', roles: adminsOnly, routes: ['listWorkbooks', 'listDatasources', 'listExtracts', 'listTasks'], fixture: 'users/list.xml', journey: ['tasks', 'groups, search and filters stand in the address and outlive a reload'] },
  { title: 'Query Projects', reference: 'REST API', call: 'queryProjects', on: 'Server and Cloud', roles: visible, routes: ['listWorkbooks', 'listDatasources', 'listExtracts', 'listTasks'], fixture: 'projects/list.xml', journey: ['tasks', 'groups, search and filters stand in the address and outlive a reload'] },
  { title: 'Query Project Permissions', reference: 'REST API', call: 'queryProjectPermissions', on: 'Server and Cloud', roles: 'owner or leader of the project, administrators', routes: ['getWorkbook', 'getDatasource'], fixture: 'projects/permissions.xml', journey: ['extract-roles', 'a leader manages the extracts of the project, and does not set their encryption'] },
  { title: 'Query Workbooks for Site', reference: 'REST API', call: 'queryWorkbooks', on: 'Server and Cloud', roles: visible, routes: ['listWorkbooks', 'listExtracts', 'listTasks'], fixture: 'workbooks/list.xml', journey: ['tasks', 'groups, search and filters stand in the address and outlive a reload'] },
  { title: 'Query Workbook', reference: 'REST API', call: 'queryWorkbook', on: 'Server and Cloud', roles: visible, routes: ['getWorkbook', 'updateWorkbook'], fixture: 'workbooks/one.xml', journey: ['extracts', 'of all data sources of a workbook: queued once, its job followed to the end'] },
  { title: 'Query Workbook Connections', reference: 'REST API', call: 'queryWorkbookConnections', on: 'Server and Cloud', roles: visible, routes: ['listWorkbookDatasources'], fixture: 'workbooks/connections.xml', journey: ['extracts', 'of a chosen data source, encrypted'] },
  { title: 'Update Workbook', reference: 'REST API', call: 'updateWorkbook', on: 'Server and Cloud', roles: 'of the encryption owner and administrators', routes: ['updateWorkbook'], fixture: 'workbooks/one.xml', journey: ['encryption', 'is set, read back, and taken back'] },
  { title: 'Query Data Sources', reference: 'REST API', call: 'queryDatasources', on: 'Server and Cloud', roles: visible, routes: ['listDatasources', 'listExtracts', 'listTasks'], fixture: 'datasources/list.xml', journey: ['tasks', 'groups, search and filters stand in the address and outlive a reload'] },
  { title: 'Query Data Source', reference: 'REST API', call: 'queryDatasource', on: 'Server and Cloud', roles: visible, routes: ['getDatasource', 'updateDatasource'], fixture: 'datasources/one.xml', journey: ['extracts', 'of a data source'] },
  { title: 'Update Data Source', reference: 'REST API', call: 'updateDatasource', on: 'Server and Cloud', roles: 'of the encryption owner and administrators', routes: ['updateDatasource'], fixture: 'datasources/one.xml', journey: ['encryption', 'of a data source, by its owner'] },
]

/** Every method of both references, and the calls that support them, in groups as the document prints them. */
export const methods: Readonly<Record<string, readonly Method[]>> = {
  Jobs: jobs,
  'Server schedules': schedules,
  Tasks: tasks,
  'Extracts and encryption': extracts,
  'Supporting calls': supporting,
}
