import { listAudit } from './audit.ts'
import { getBulk, listBulk, pauseBulk, planBulk, resumeBulk, startBulk, stopBulk } from './bulk.ts'
import { getDatasource, getWorkbook, listDatasources, listWorkbooks } from './content.ts'
import { deleteDataAccelerationTask, listDataAccelerationTasks } from './data-acceleration.ts'
import {
  createDatasourceExtract,
  createWorkbookExtract,
  deleteDatasourceExtract,
  deleteWorkbookExtract,
  listExtracts,
  listWorkbookDatasources,
  updateDatasource,
  updateWorkbook,
} from './extracts.ts'
import { getBuild, getHealth, getReady } from './health.ts'
import { cancelJob, getJob, jobsHistogram, listJobs } from './jobs.ts'
import { addToSchedule, createSchedule, deleteSchedule, getSchedule, listSchedules, listScheduleTasks, updateSchedule } from './schedules.ts'
import { exportSchedules, planSchedules } from './schedules-as-code.ts'
import { listServers } from './servers.ts'
import { getSession, signIn, signOut, switchSite } from './session.ts'
import { endSession, endSessions, listSessions } from './sessions.ts'
import { decryptSiteExtracts, encryptSiteExtracts, getSite, reencryptSiteExtracts, updateSite } from './site.ts'
import { listSites } from './sites.ts'
import { createTask, deleteTask, getTaskJob, listTasks, runTask, updateTask } from './tasks.ts'
import { getTimeZone } from './time-zone.ts'
import { wouldSend } from './would-send.ts'
import { getWrite } from './writes.ts'

/** Every route of the BFF's API. The BFF mounts exactly these: a missing handler does not compile. */
export const contract = {
  getHealth,
  getReady,
  getBuild,
  listServers,
  signIn,
  getSession,
  signOut,
  switchSite,
  listSessions,
  endSession,
  endSessions,
  listSites,
  getSite,
  updateSite,
  encryptSiteExtracts,
  decryptSiteExtracts,
  reencryptSiteExtracts,
  listJobs,
  jobsHistogram,
  getJob,
  cancelJob,
  listSchedules,
  createSchedule,
  getTimeZone,
  getSchedule,
  updateSchedule,
  deleteSchedule,
  listScheduleTasks,
  addToSchedule,
  listTasks,
  createTask,
  getTaskJob,
  runTask,
  updateTask,
  deleteTask,
  listDataAccelerationTasks,
  deleteDataAccelerationTask,
  listExtracts,
  listWorkbooks,
  getWorkbook,
  updateWorkbook,
  listWorkbookDatasources,
  createWorkbookExtract,
  deleteWorkbookExtract,
  listDatasources,
  getDatasource,
  updateDatasource,
  createDatasourceExtract,
  deleteDatasourceExtract,
  getWrite,
  wouldSend,
  planBulk,
  listBulk,
  getBulk,
  startBulk,
  pauseBulk,
  resumeBulk,
  stopBulk,
  exportSchedules,
  planSchedules,
  listAudit,
}
export type Contract = typeof contract
export type EndpointName = keyof Contract
