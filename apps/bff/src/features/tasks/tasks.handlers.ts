import type { Clock } from '../../clock.ts'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import { dataAgeOf } from '../../http/data-age.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'
import type { JobFeeds } from '../../live/job-feeds.ts'
import { isAdministrator, mayListJobs } from '../../session/roles.ts'
import { assertOffered, assertServerSchedules, hasDataAcceleration, writesOwnSchedules } from '../../session/server-features.ts'
import type { SiteBudgets } from '../../session/site-budgets.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import { taskZone, type TimeZones } from '../../shelves/time-zones.ts'
import type { Locks } from '../../writes/locks.ts'
import { requestOf, writeReply } from '../../writes/write-request.ts'
import type { Writes } from '../../writes/writes.ts'
import { addIntention, addTargetOf } from './add.ts'
import { requiredContent } from './content-target.ts'
import { createIntention } from './create-task.ts'
import { deleteAccelerationIntention } from './delete-acceleration.ts'
import { deleteIntention } from './delete.ts'
import { runIntention } from './run.ts'
import { readScheduleTasks } from './schedule-tasks.ts'
import { readTaskJob } from './task-job.ts'
import { areNamed, taskRow } from './task-rows.ts'
import { updateIntention } from './update-task.ts'

interface TasksDeps {
  shelves: Shelves
  directories: ContentDirectories
  feeds: JobFeeds
  timeZones: TimeZones
  budgets: SiteBudgets
  writes: Writes
  locks: Locks
  clock: Clock
}

type TasksHandlers = Pick<
  Handlers,
  'listTasks' | 'listScheduleTasks' | 'addToSchedule' | 'createTask' | 'updateTask' | 'getTaskJob' | 'runTask' | 'deleteTask' | 'listDataAccelerationTasks' | 'deleteDataAccelerationTask'
>

export const tasksHandlers = ({ shelves, directories, feeds, timeZones, budgets, writes, locks, clock }: TasksDeps): TasksHandlers => ({
  listTasks: signedIn(async ({ session, tableau, requestId }) => {
    const { tasks } = shelves.of(session.principal)
    const [view, names, runNow] = await Promise.all([tasks.read(tableau), directories.of(session.principal).read(tableau), tasks.runNow(tableau)])
    const { facts } = session
    const timeZone = facts.flavor === 'cloud' ? timeZones.of(facts, taskZone(tasks, view)) : undefined
    const budget = isAdministrator(facts.user.siteRole) ? budgets.of(facts) : undefined
    return {
      body: {
        tasks: view.value.map((task) => taskRow(task, names)),
        scope: isAdministrator(facts.user.siteRole) ? 'site' : 'own',
        named: areNamed(names),
        runNow,
        edit: writesOwnSchedules(facts),
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(budget === undefined ? {} : { budget }),
        age: dataAgeOf(view, requestId, clock.now()),
      },
    }
  }),
  listScheduleTasks: signedIn(async ({ input, session, tableau, requestId }) => {
    assertServerSchedules(session.facts)
    const { tasks } = shelves.of(session.principal)
    const { list, age } = await readScheduleTasks(tasks, directories, tableau, input.params.id, isAdministrator(session.facts.user.siteRole))
    return { body: { ...list, age: dataAgeOf(age, requestId, clock.now()) } }
  }),
  addToSchedule: signedIn(async ({ input: { params, body }, session, tableau, ...context }) => {
    assertServerSchedules(session.facts)
    if (body.kind === 'dataAcceleration') assertOffered(hasDataAcceleration(session.facts))
    const target = addTargetOf(params.id, requiredContent(body), body.kind)
    return writeReply(await writes.perform(tableau, addIntention(shelves.of(session.principal), target, body, requestOf(context))))
  }),
  createTask: signedIn(async ({ input: { body }, session, tableau, ...context }) => {
    assertOffered(writesOwnSchedules(session.facts))
    return writeReply(await writes.perform(tableau, createIntention(shelves.of(session.principal).tasks, requiredContent(body), body, requestOf(context))))
  }),
  updateTask: signedIn(async ({ input: { params, body }, session, tableau, ...context }) => {
    assertOffered(writesOwnSchedules(session.facts))
    return writeReply(await writes.perform(tableau, updateIntention(shelves.of(session.principal).tasks, locks, params.id, body, requestOf(context))))
  }),
  getTaskJob: signedIn(async ({ input, session, tableau }) => {
    const { principal, facts } = session
    return { body: await readTaskJob({ tasks: shelves.of(principal).tasks, feed: feeds.of(principal), directories, mayListJobs: mayListJobs(facts) }, tableau, input.params.id) }
  }),
  runTask: signedIn(async ({ input, session, tableau, ...context }) => {
    const { principal, facts } = session
    const deps = { shelf: shelves.of(principal), feed: feeds.of(principal), directories, mayListJobs: mayListJobs(facts).allowed }
    return writeReply(await writes.perform(tableau, runIntention(deps, input.params.id, requestOf(context))))
  }),
  listDataAccelerationTasks: signedIn(async ({ session, tableau, requestId }) => {
    assertOffered(hasDataAcceleration(session.facts))
    const [view, names] = await Promise.all([shelves.of(session.principal).accelerations.read(tableau), directories.of(session.principal).read(tableau)])
    return { body: { tasks: view.value.map((task) => taskRow(task, names)), named: areNamed(names), age: dataAgeOf(view, requestId, clock.now()) } }
  }),
  deleteDataAccelerationTask: signedIn(async ({ input, session, tableau, ...context }) => {
    assertOffered(hasDataAcceleration(session.facts))
    return writeReply(await writes.perform(tableau, deleteAccelerationIntention(shelves.of(session.principal).accelerations, input.params.id, requestOf(context))))
  }),
  deleteTask: signedIn(async ({ input, session, tableau, ...context }) =>
    writeReply(await writes.perform(tableau, deleteIntention(shelves.of(session.principal).tasks, input.params.id, requestOf(context)))),
  ),
})
