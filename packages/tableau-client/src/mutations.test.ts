import { contentSchema, jobDetailSchema, jobSchema, scheduleSchema, siteSchema, taskSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { TableauApiError, TableauProtocolError } from './errors.ts'
import type { ReplyDecoder } from './reply.ts'
import { currentSession, signIn } from './resources/auth.ts'
import { createCloudExtractRefreshTask } from './resources/cloud-tasks.ts'
import { listDataAccelerationTasks } from './resources/data-acceleration.ts'
import { queryDatasource, queryDatasources } from './resources/datasources.ts'
import { createDatasourceExtract, createWorkbookExtract } from './resources/extracts.ts'
import { queryJob, queryJobs } from './resources/jobs.ts'
import { queryProjectPermissions, queryProjects } from './resources/projects.ts'
import { addWorkbookToSchedule, listScheduleExtracts } from './resources/schedule-extracts.ts'
import { createServerSchedule, getServerSchedule, listServerSchedules } from './resources/schedules.ts'
import { serverInfo } from './resources/server-info.ts'
import { querySite, querySites } from './resources/sites.ts'
import { getExtractRefreshTask, listExtractRefreshTasks, runExtractRefreshTask } from './resources/tasks.ts'
import { queryUserOnSite, queryUsersOnSite } from './resources/users.ts'
import { queryWorkbook, queryWorkbookConnections, queryWorkbooks } from './resources/workbooks.ts'
import { answer, fixture, fixtureNames } from './testing/answer.ts'

interface Schema {
  safeParse: (value: unknown) => { success: boolean }
}
type Check = (value: unknown) => void

const each = (schema: Schema) => expect.toSatisfy((rows: unknown[]) => rows.every((row) => schema.safeParse(row).success)) as unknown
const one = (schema: Schema): Check => (value) => expect(schema.safeParse(value).success).toBe(true)
const list = (schema: Schema): Check => (value) => expect(value).toStrictEqual(each(schema))
const page = (schema: Schema): Check => (value) => expect(value).toMatchObject({ rows: each(schema) })
const anything: Check = () => undefined

/** Which endpoint a recorded reply belongs to, and what its value has to satisfy. */
const readers: readonly [pattern: RegExp, endpoint: ReplyDecoder<unknown>, check: Check][] = [
  [/^jobs\/list/, queryJobs, page(jobSchema)],
  [/^jobs\/detail/, queryJob, (value) => one(jobDetailSchema)({ ...(typeof value === 'object' ? value : {}), source: 'query' })],
  [/^schedules\/list/, listServerSchedules, page(scheduleSchema)],
  [/^schedules\/detail/, getServerSchedule, one(scheduleSchema)],
  [/^schedules\/(created|updated)/, createServerSchedule, one(scheduleSchema)],
  [/^schedule-extracts\/list/, listScheduleExtracts, page(taskSchema)],
  [/^schedule-extracts\/added/, addWorkbookToSchedule, one(taskSchema.partial())],
  [/^tasks\/list/, listExtractRefreshTasks, list(taskSchema)],
  [/^tasks\/detail/, getExtractRefreshTask, one(taskSchema)],
  [/^tasks\/cloud-created/, createCloudExtractRefreshTask, one(taskSchema)],
  [/^tasks\/run/, runExtractRefreshTask, (value) => expect(value).toMatchObject({ jobId: expect.stringMatching(/./) as unknown })],
  [/^data-acceleration\/list/, listDataAccelerationTasks, list(taskSchema)],
  [/^extracts\/datasource-created/, createDatasourceExtract, (value) => expect(value).toMatchObject({ jobId: expect.stringMatching(/./) as unknown })],
  [/^extracts\/(workbook-)?created/, createWorkbookExtract, (value) => expect(value).toMatchObject({ jobId: expect.stringMatching(/./) as unknown })],
  [/^workbooks\/connections/, queryWorkbookConnections, anything],
  [/^projects\/permissions/, queryProjectPermissions, anything],
  [/^datasources\/one/, queryDatasource, one(contentSchema)],
  [/^workbooks\/list/, queryWorkbooks, page(contentSchema)],
  [/^workbooks\/one/, queryWorkbook, one(contentSchema)],
  [/^datasources\/list/, queryDatasources, page(contentSchema)],
  [/^projects\/list/, queryProjects, anything],
  [/^sites\/list/, querySites, page(siteSchema)],
  [/^sites\/one/, querySite, one(siteSchema)],
  [/^users\/list/, queryUsersOnSite, anything],
  [/^users\//, queryUserOnSite, anything],
  [/^server-info\//, serverInfo, anything],
  [/^auth\/signed/, signIn, anything],
  [/^auth\/current/, currentSession, anything],
]

/** Each attribute in turn absent, empty, renamed, in a new shape; each element in turn doubled, renamed, with more in it. */
const mutationsOf = (xml: string): string[] => {
  const found: string[] = []
  const body = xml.indexOf('tsResponse')
  for (const match of xml.matchAll(/ ([A-Za-z]+)="([^"]*)"/g)) {
    if (match.index < xml.indexOf('>', body)) continue
    const swap = (text: string): number => found.push(xml.slice(0, match.index) + text + xml.slice(match.index + match[0].length))
    swap('')
    swap(` ${match[1] ?? ''}=""`)
    swap(` x${match[1] ?? ''}="${match[2] ?? ''}"`)
    swap(` ${match[1] ?? ''}="SomethingNew"`)
    swap(` ${match[1] ?? ''}="-99999999999999999999"`)
    swap(`${match[0]} brandNew="1"`)
  }
  for (const match of xml.matchAll(/<([A-Za-z0-9:]+)([^>]*)\/>/g)) {
    const swap = (text: string): number => found.push(xml.slice(0, match.index) + text + xml.slice(match.index + match[0].length))
    swap('')
    swap(match[0] + match[0])
    swap(`<${match[1] ?? ''}${match[2] ?? ''}><brandNew id="1">text</brandNew></${match[1] ?? ''}>`)
    swap(`<${match[1] ?? ''}X${match[2] ?? ''}/>`)
  }
  return found
}

describe('replies of another version', () => {
  it('are read or refused as unreadable, never half of each and never with a crash', () => {
    const tried = { read: 0, refused: 0 }
    for (const name of fixtureNames) {
      const reader = readers.find(([pattern]) => pattern.test(name))
      if (reader === undefined) continue
      const [, endpoint, check] = reader
      for (const mutated of mutationsOf(fixture(name).toString())) {
        try {
          check(answer(endpoint, Buffer.from(mutated)).value)
          tried.read += 1
        } catch (error) {
          if (!(error instanceof TableauProtocolError) && !(error instanceof TableauApiError)) throw new Error(`${name}: ${mutated}`, { cause: error })
          tried.refused += 1
        }
      }
    }
    expect(tried.read).toBeGreaterThan(2000)
    expect(tried.refused).toBeGreaterThan(400)
  })

  it('with an unknown attribute or element everywhere are read as if it were not there', () => {
    for (const [name, endpoint] of [
      ['jobs/list-with-titles', queryJobs],
      ['jobs/detail-succeeded', queryJob],
      ['schedules/list-types', listServerSchedules],
      ['schedules/detail-weekly', getServerSchedule],
      ['schedule-extracts/list', listScheduleExtracts],
      ['tasks/list-server', listExtractRefreshTasks],
      ['tasks/list-cloud', listExtractRefreshTasks],
      ['tasks/cloud-created', createCloudExtractRefreshTask],
      ['workbooks/list', queryWorkbooks],
      ['datasources/list', queryDatasources],
      ['sites/list', querySites],
      ['data-acceleration/list', listDataAccelerationTasks],
      ['extracts/workbook-created', createWorkbookExtract],
      ['workbooks/connections', queryWorkbookConnections],
      ['projects/permissions', queryProjectPermissions],
    ] as const) {
      const plain = fixture(name)
      const more = plain.toString().replaceAll(/<((?:background)?[jJ]ob|site|workbook|datasource|project|owner|schedule|task|extract|extractRefresh|dataAcceleration|connection)( [^>]*?)?(\/?)>/g, '<$1 brandNew="1"$2$3>').replaceAll(/<\/(workbook|schedule|task|extractRefresh|extract)>/g, '<brandNew id="1"/></$1>').replace('</tsResponse>', '<brandNew/></tsResponse>')
      expect(more.length).toBeGreaterThan(plain.length)
      expect(answer<unknown>(endpoint, Buffer.from(more)).value).toStrictEqual(answer<unknown>(endpoint, plain).value)
    }
  })
})
