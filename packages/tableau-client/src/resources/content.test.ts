import { contentSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { datasourceId, siteId, userId, workbookId } from '../testing/ids.ts'
import { smuggledId } from '../testing/fuzzed-ids.ts'
import { queryDatasource, queryDatasources } from './datasources.ts'
import { queryProjectPermissions, queryProjects } from './projects.ts'
import { previewImagePath, queryWorkbook, queryWorkbookConnections, queryWorkbooks } from './workbooks.ts'

const page = { pageNumber: 1, pageSize: 100 }
const finance = { id: '1f2f3e4e-5d6d-7c8c-9b0b-1a2a3f4f5e6e', name: 'Finance' }
const sales = {
  kind: 'workbook',
  id: workbookId,
  name: 'Sales & Returns',
  project: finance,
  owner: { id: userId },
  hasExtracts: true,
  encryptExtracts: false,
  updatedAt: '2024-05-01T06:30:12Z',
  webpageUrl: 'https://tableau.example.com/#/site/finance/workbooks/42',
}

const workbooks = {
  list: {
    ...page,
    totalAvailable: 3,
    rows: [
      sales,
      {
        kind: 'workbook',
        id: '7e766949-7166-4b3d-90ba-784f7575743b',
        name: 'Süd 🚀',
        project: { id: '2a3a4f5f-6e7e-8d9d-0c1c-2b3b4a5a6f7f' },
        owner: { name: 'Ada Min' },
        hasExtracts: false,
        updatedAt: '2024-05-01T06:30:00Z',
      },
      { kind: 'workbook', id: 'not-a-luid', name: '' },
    ],
  },
  'list-all-fields-prefixed': {
    ...page,
    totalAvailable: 1,
    rows: [
      {
        kind: 'workbook',
        id: workbookId,
        name: 'Superstore',
        project: { id: finance.id, name: 'Samples' },
        owner: { id: userId, name: 'ada@example.com' },
        hasExtracts: true,
        encryptExtracts: false,
        updatedAt: '2024-04-05T15:00:00Z',
        webpageUrl: 'https://tableau.example.com/#/site/demo/workbooks/7',
      },
    ],
  },
  'list-personal-space': {
    ...page,
    totalAvailable: 1,
    rows: [
      {
        kind: 'workbook',
        id: '0f123abc-4567-489a-8bcd-ef0123456789',
        name: 'Scratch',
        owner: { id: userId, name: 'Ada Min' },
        hasExtracts: false,
        encryptExtracts: false,
        updatedAt: '2024-02-05T15:00:00Z',
        webpageUrl: 'https://tableau.example.com/#/workbooks/43',
      },
    ],
  },
  'list-empty': { ...page, totalAvailable: 0, rows: [] },
}

const oneWith = (attribute: string, value: string): unknown =>
  answer(queryWorkbook, Buffer.from(fixture('workbooks/one').toString().replace(new RegExp(` ${attribute}="[^"]*"`), ` ${attribute}="${value}"`))).value

describe('workbooks', () => {
  it.each(Object.entries(workbooks))('are read from %s', (name, list) => {
    const { value } = answer(queryWorkbooks, fixture(`workbooks/${name}`))
    expect(value).toStrictEqual(list)
    for (const row of value.rows) expect(contentSchema.parse(row)).toStrictEqual(row)
  })

  it('are read one by one', () => {
    expect(answer(queryWorkbook, fixture('workbooks/one')).value).toStrictEqual({ ...sales, owner: { id: userId, name: 'Ada Min' } })
    expect(queryWorkbook.encode({ workbookId })).toStrictEqual({ params: { workbookId } })
    expect(thrownBy(() => answer(queryWorkbook, fixture('workbooks/not-found'), { status: 404 }))).toMatchObject({ code: '404006' })
  })

  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['1', true],
    ['false', false],
    ['False', false],
    ['0', false],
    ['', undefined],
    ['perhaps', undefined],
  ])('with hasExtracts %o have an extract: %o', (text, flag) => {
    expect(oneWith('hasExtracts', text)).toHaveProperty('kind', 'workbook')
    expect(Object.entries(oneWith('hasExtracts', text) ?? {}).find(([name]) => name === 'hasExtracts')?.[1]).toBe(flag)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '//tableau.example.com/x', '/#/site/finance/workbooks/42', 'ftp://tableau.example.com/', 'https://', 'not an address', ''])(
    'have no address when it is %o',
    (url) => {
      const workbook = oneWith('webpageUrl', url)
      expect(workbook).toMatchObject({ id: workbookId })
      expect(workbook).not.toHaveProperty('webpageUrl')
    },
  )

  it('are refused without an id', () => {
    expect(thrownBy(() => oneWith('id', ''))).toMatchObject({ reason: '<workbook> has no attribute id' })
  })
})

describe('data sources', () => {
  it('are read', () => {
    const { value } = answer(queryDatasources, fixture('datasources/list'))
    expect(value).toStrictEqual({
      ...page,
      totalAvailable: 2,
      rows: [
        {
          kind: 'datasource',
          id: datasourceId,
          name: 'Orders',
          project: finance,
          owner: { id: userId },
          hasExtracts: true,
          encryptExtracts: false,
          updatedAt: '2024-05-01T06:30:12Z',
          webpageUrl: 'https://tableau.example.com/#/site/finance/datasources/9',
        },
        { kind: 'datasource', id: '0057ccac-872a-11e5-bb51-f763326b1350', name: 'Live "prices"', hasExtracts: false },
      ],
    })
    for (const row of value.rows) expect(contentSchema.parse(row)).toStrictEqual(row)
  })

  it('are read one by one as in the list', () => {
    const [first] = answer(queryDatasources, fixture('datasources/list')).value.rows
    expect(answer(queryDatasource, fixture('datasources/one')).value).toStrictEqual(first)
  })
})

describe('projects', () => {
  it('are read with their parents', () => {
    expect(answer(queryProjects, fixture('projects/list')).value).toStrictEqual({
      ...page,
      totalAvailable: 3,
      rows: [
        { id: '2a3a4f5f-6e7e-8d9d-0c1c-2b3b4a5a6f7f', name: 'Default' },
        { ...finance, parentProjectId: '2a3a4f5f-6e7e-8d9d-0c1c-2b3b4a5a6f7f' },
        { id: '3b4b5a6a-7f8f-9e0e-1d2d-3c4c5b6b7a8a', name: '' },
      ],
    })
  })
})

describe('lists of content', () => {
  it.each([queryWorkbooks, queryDatasources, queryProjects])('ask for a page (%#)', (endpoint) => {
    expect(endpoint.encode({ pageNumber: 3, pageSize: 1000 }).query?.toString()).toBe('pageSize=1000&pageNumber=3')
  })
})

describe('the address of a preview image', () => {
  it('is the template’s', () => {
    expect(previewImagePath('3.24', { siteId, workbookId })).toBe(`/api/3.24/sites/${siteId}/workbooks/${workbookId}/previewImage`)
  })

  it.each(['', '..', `${workbookId}/..`, `${workbookId}?x`, workbookId.toUpperCase()])('is none for the id %o', (id) => {
    expect(thrownBy(() => previewImagePath('3.24', { siteId, workbookId: smuggledId(id) }))).toMatchObject({ name: 'TableauInputError', field: '{workbookId}' })
    expect(thrownBy(() => previewImagePath('3.24', { siteId: smuggledId(id), workbookId }))).toMatchObject({ name: 'TableauInputError', field: '{siteId}' })
  })
})

describe('connections of a workbook', () => {
  it('are read with what they lead to', () => {
    const orders = { id: '6b4cf715-c90b-49d6-be85-920a47bae433', name: 'Orders & lines' }
    expect(answer(queryWorkbookConnections, fixture('workbooks/connections')).value).toStrictEqual([
      { type: 'sqlserver', datasource: orders },
      { type: 'excel-direct', datasource: orders },
      { type: 'sqlproxy', datasource: { id: datasourceId } },
      {},
    ])
    expect(answer(queryWorkbookConnections, fixture('workbooks/connections-none')).value).toStrictEqual([])
  })
})

describe('permissions of a project', () => {
  it('say whose it is', () => {
    expect(answer(queryProjectPermissions, fixture('projects/permissions')).value).toStrictEqual({ projectId: finance.id, ownerId: userId })
    expect(answer(queryProjectPermissions, fixture('projects/permissions-of-nobody')).value).toStrictEqual({ projectId: finance.id })
    expect(thrownBy(() => answer(queryProjectPermissions, fixture('projects/permissions-not-allowed'), { status: 403 }))).toMatchObject({ code: '403004' })
  })
})
