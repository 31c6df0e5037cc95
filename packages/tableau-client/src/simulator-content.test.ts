import { contentSchema, luidSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { queryDatasource, queryDatasources, queryProjects, querySite, queryUsersOnSite, queryWorkbook, queryWorkbooks, sweepPages } from './index.ts'
import { rejectionOf } from './testing/answer.ts'
import { workbookId } from './testing/ids.ts'
import { authOf, stage } from './testing/stage.ts'

describe('content', () => {
  it('is all read by sweeps, with its projects and owners', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('site-admin'))
    const workbooks = (await sweepPages((request, signal) => on.client.call(queryWorkbooks, request, { auth, signal }))).rows
    const datasources = (await sweepPages((request, signal) => on.client.call(queryDatasources, request, { auth, signal }))).rows
    const projects = new Set((await sweepPages((request, signal) => on.client.call(queryProjects, request, { auth, signal }))).rows.map(({ id }) => id))
    const users = new Map((await sweepPages((request, signal) => on.client.call(queryUsersOnSite, request, { auth, signal }))).rows.map(({ id, name }) => [id, name]))
    expect(workbooks.length + datasources.length).toBeGreaterThanOrEqual(120)
    expect([...workbooks, ...datasources].map(({ id }) => id).toSorted()).toStrictEqual(on.sim.world.site().contents.map(({ id }) => id).toSorted())
    for (const content of [...workbooks, ...datasources]) {
      expect(contentSchema.parse(content)).toStrictEqual(content)
      expect(content.project?.id === undefined || projects.has(content.project.id)).toBe(true)
      expect(users.get(content.owner?.id ?? '')).toBeDefined()
    }
    expect(workbooks.some(({ project }) => project === undefined)).toBe(true)
  })

  it('is asked for one by one', async () => {
    await using on = await stage({ scenario: 'busy' })
    const auth = authOf(await on.signInAs('admin'))
    const [row] = (await on.client.call(queryWorkbooks, { pageNumber: 1, pageSize: 1 }, { auth })).value.rows
    const one = (await on.client.call(queryWorkbook, { workbookId: luidSchema.parse(row?.id) }, { auth })).value
    expect(one).toMatchObject({ kind: 'workbook', id: row?.id, name: row?.name, hasExtracts: row?.hasExtracts })
    expect(await rejectionOf(on.client.call(queryWorkbook, { workbookId }, { auth }))).toMatchObject({ code: '404006' })
    const [source] = (await on.client.call(queryDatasources, { pageNumber: 1, pageSize: 1 }, { auth })).value.rows
    expect((await on.client.call(queryDatasource, { datasourceId: luidSchema.parse(source?.id) }, { auth })).value).toStrictEqual(source)
    expect(await rejectionOf(on.client.call(queryDatasource, { datasourceId: workbookId }, { auth }))).toMatchObject({ code: '404004' })
  })
})

describe('a site', () => {
  it('tells administrators whether refreshes can be run by hand', async () => {
    await using on = await stage()
    const auth = authOf(await on.signInAs('admin', 'finance'))
    on.sim.world.site('finance').runNowEnabled = false
    expect((await on.client.call(querySite, {}, { auth })).value).toMatchObject({ contentUrl: 'finance', runNowEnabled: false })
    on.sim.world.site('finance').runNowEnabled = true
    expect((await on.client.call(querySite, {}, { auth })).value.runNowEnabled).toBe(true)
  })
})
