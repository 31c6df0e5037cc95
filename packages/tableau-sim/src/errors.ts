/** A refusal in Tableau's form: HTTP status and six-digit code (which need not begin alike), summary and detail. */
export class TableauRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly summary: string
  readonly detail: string

  constructor(status: number, code: string, summary: string, detail: string) {
    super(`${code} ${summary}: ${detail}`)
    this.name = 'TableauRefusal'
    this.status = status
    this.code = code
    this.summary = summary
    this.detail = detail
  }
}

const refusal = (status: number, code: string, summary: string) => (detail: string) => new TableauRefusal(status, code, summary, detail)

/**
 * Every refusal of the methods that are simulated. Codes and statuses: the “Errors” tables of the jobs-tasks-schedules
 * reference and of § Delete Extract Refresh Task and, for sign-in, paging and filters, what clients report.
 */
export const refusals = {
  badRequest: refusal(400, '400000', 'Bad Request'),
  pageNumber: refusal(400, '400006', 'Invalid page number'),
  pageSize: refusal(400, '400007', 'Invalid page size'),
  pageSizeTooLarge: refusal(403, '403014', 'Page size limit exceeded'),
  /** § Update Server Schedule. */
  parameter: refusal(400, '400008', 'Invalid Parameter'),
  /** tableau/server-client-python#1093: jobs made by createExtract are listed but cannot be read. */
  jobUnreadable: refusal(400, '400031', 'Bad Request'),
  scheduleType: refusal(400, '400047', 'Invalid schedule type'),
  /** The next three are for reasons that Tableau does not tell. */
  scheduleDelete: refusal(400, '400059', 'Error deleting the schedule'),
  scheduleCreate: refusal(400, '400064', 'Error creating schedule'),
  scheduleUpdate: refusal(400, '400071', 'Error updating schedule'),
  /** § Create and § Update Cloud Extract Refresh Task print it under HTTP 409, § Create Server Schedule under 400. */
  cloudIntervals: refusal(409, '409004', 'Invalid parameter value'),
  /** Tableau's migration SDK sees it for `GET /sites` on Cloud. */
  notOnCloud: refusal(403, '403069', 'Forbidden'),
  /** § Create Server Schedule prints this code under HTTP 400; its detail tells the form that was expected. */
  intervals: refusal(400, '409004', 'Bad Request'),
  /** tableau/server-client-python#753 shows this code for an unknown key. */
  filter: refusal(400, '400065', 'Bad Request'),
  noToken: () => new TableauRefusal(401, '401000', 'Unauthorized Access', 'No authentication credentials were provided.'),
  signIn: () => new TableauRefusal(401, '401001', 'Signin Error', 'Error signing in to Tableau Server'),
  deadToken: () => new TableauRefusal(401, '401002', 'Unauthorized Access', 'Invalid authentication credentials were provided.'),
  forbidden: refusal(403, '403004', 'Forbidden'),
  cancelForbidden: () =>
    new TableauRefusal(403, '403032', 'Update forbidden', 'A non-administrator user tried to cancel a job. Only administrators can do this.'),
  /** § Add Data Source and § Add Workbook to Server Schedule. */
  addForbidden: refusal(403, '403032', 'Update Forbidden'),
  /** § Get and § Delete Data Acceleration Task print this code under HTTP 403. */
  accelerationForbidden: refusal(403, '409087', 'Permission denied'),
  notExtractTask: refusal(403, '403047', 'Extract refresh error'),
  sameSite: () => new TableauRefusal(403, '403070', 'Forbidden', 'You are already signed in to this site.'),
  alreadyComplete: refusal(403, '403091', 'Forbidden'),
  siteNotFound: refusal(404, '404000', 'Resource Not Found'),
  userNotFound: refusal(404, '404002', 'Resource Not Found'),
  unknownResource: () =>
    new TableauRefusal(404, '404003', 'Resource Not Found', 'The requested resource does not exist in this version of the API.'),
  datasourceNotFound: refusal(404, '404004', 'Resource Not Found'),
  workbookNotFound: refusal(404, '404006', 'Resource Not Found'),
  jobNotFound: refusal(404, '404018', 'Resource Not Found'),
  /** § Get Server Schedule prints the code of an unknown flow (404027) for itself; its siblings say this. */
  scheduleNotFound: refusal(404, '404023', 'Schedule not found'),
  taskNotFound: refusal(404, '404026', 'Task not found'),
  /** § List Extract Refresh Tasks in Server Schedule prints these three digits. */
  scheduleOfExtractsNotFound: refusal(404, '404', 'Schedule not found'),
  /** The reference prints HTTP 404 for Cancel Job's wrong verb and 405 for the same code everywhere else; 405 it is. */
  wrongVerb: refusal(405, '405000', 'Invalid request method'),
  /** The five digits of § Get, § List and § Run Extract Refresh Task. */
  wrongVerbOfTasks: refusal(405, '40500', 'Invalid requests method'),
  projectNotFound: refusal(404, '404005', 'Resource Not Found'),
  scheduleNameTaken: refusal(409, '409021', 'Schedule name conflict'),
  /** The summary is that of the references. */
  notExtractable: refusal(409, '409070', 'Invalid request method'),
  /** Seen for extracts of what asks its data live; no table of the references has it. */
  extractOperation: refusal(409, '409090', 'Extract operation not allowed'),
  alreadyQueued: refusal(409, '409093', 'Operation already in Queue'),
  tooLarge: refusal(413, '413000', 'Payload Too Large'),
  internal: refusal(500, '500000', 'Internal Server Error'),
} as const
