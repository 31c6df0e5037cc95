/** The methods of Tableau's REST API that are simulated. */
export const operationNames = [
  'serverInfo',
  'signIn',
  'signOut',
  'switchSite',
  'currentSession',
  'querySites',
  'querySite',
  'queryUserOnSite',
  'queryJobs',
  'queryJob',
  'cancelJob',
] as const
export type OperationName = (typeof operationNames)[number]
