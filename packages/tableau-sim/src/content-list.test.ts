import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContentItem } from './content.ts'
import type { TableauSim } from './index.ts'
import { all, errorCode, one, send, signIn, sitePath, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'
import { attributesOf, readRows, rowName } from './test-rows.ts'

// Nothing here changes the world, so one simulator serves every test.
let sim: TableauSim
let admin: SignedIn

beforeAll(async () => {
  sim = await startStill({ scenario: 'busy' })
  admin = await signIn(sim)
})
afterAll(() => sim.close())

const get = (path: string) => send(sim, sitePath(admin, path), { token: admin.token })
const rowsOf = (path: string) => readRows(sim, admin, path)
const idsOf = async (path: string): Promise<string[]> => (await rowsOf(path)).map((row) => row['id'] ?? '')
const refusalOf = async (path: string): Promise<string> => {
  const reply = await get(path)
  return `${reply.status} ${errorCode(reply)}`
}

const items = (kind: ContentItem['kind']): ContentItem[] => sim.world.site().contents.filter((item) => item.kind === kind)
const lists = ['/workbooks', '/datasources', '/projects', '/users'] as const

describe('paging', () => {
  it.each(lists)('of %s shows every row once, in pages', async (list) => {
    const whole = await idsOf(`${list}?pageSize=1000`)
    const paged: string[] = []
    for (let page = 1; paged.length < whole.length; page += 1) {
      const reply = await get(`${list}?pageSize=7&pageNumber=${page}`)
      expect(attributesOf(one(reply.text, 'pagination'))).toEqual({ pageNumber: String(page), pageSize: '7', totalAvailable: String(whole.length) })
      paged.push(...all(reply.text, rowName(list)).map((row) => row.getAttribute('id') ?? ''))
    }
    expect(paged).toEqual(whole)
    expect(new Set(whole).size).toBe(whole.length)
    expect(await refusalOf(`${list}?pageSize=7&pageNumber=${Math.ceil(whole.length / 7) + 1}`)).toBe('400 400006')
  })

  it.each(lists)('of %s takes a hundred unless told', async (list) => {
    expect(one((await get(list)).text, 'pagination').getAttribute('pageSize')).toBe('100')
  })

  it.each(lists.flatMap((list) => [
    [`${list}?pageNumber=0`, '400 400006'],
    [`${list}?pageNumber=x`, '400 400006'],
    [`${list}?pageSize=0`, '400 400007'],
    [`${list}?pageSize=1001`, '403 403014'],
    [`${list}?filter=id:eq:1`, '400 400065'],
    [`${list}?filter=name:has:a`, '400 400065'],
    [`${list}?filter=Name:eq:a`, '400 400065'],
    [`${list}?sort=id:asc`, '400 400065'],
    [`${list}?sort=name:up`, '400 400065'],
    [`${list}?fields=name,nonsense`, '400 400000'],
    [`${list}?fields=`, '400 400000'],
    [`${list}?fields=_DEFAULT_`, '400 400000'],
    [`${list}?fields=name&fields=id`, '400 400000'],
  ] as const))('refuses %s with %s', async (path, expected) => {
    expect(await refusalOf(path)).toBe(expected)
  })

  it('of nothing has one empty page', async () => {
    const reply = await get('/workbooks?filter=name:eq:Nothing+of+the+kind')
    expect(one(reply.text, 'pagination').getAttribute('totalAvailable')).toBe('0')
    expect(reply.text).toContain('<workbooks/>')
  })
})

describe('sort', () => {
  it.each([
    ['/workbooks', 'name', 'name'],
    ['/workbooks', 'createdAt', 'createdAt'],
    ['/workbooks', 'updatedAt', 'updatedAt'],
    ['/workbooks', 'size', 'size'],
    ['/workbooks', 'projectName', 'project.name'],
    ['/workbooks', 'ownerName', 'owner.name'],
    ['/datasources', 'name', 'name'],
    ['/datasources', 'type', 'type'],
    ['/projects', 'name', 'name'],
    ['/projects', 'ownerName', 'owner.name'],
    ['/users', 'name', 'name'],
    ['/users', 'siteRole', 'siteRole'],
    ['/users', 'friendlyName', 'fullName'],
  ])('orders %s by %s, both ways', async (list, key, shown) => {
    const keysOf = async (direction: string) => (await rowsOf(`${list}?pageSize=1000&fields=_all_&sort=${key}:${direction}`)).map((row) => row[shown])
    const comparable = (value: string | undefined): string => (key === 'size' ? (value ?? '').padStart(9, '0') : (value?.toLowerCase() ?? '\uffff'))
    const ascending = (await keysOf('asc')).map(comparable)
    expect(new Set(ascending).size).toBeGreaterThan(1)
    expect(ascending).toEqual(ascending.toSorted())
    expect((await keysOf('desc')).map(comparable)).toEqual(ascending.toReversed())
  })

  it('takes several keys, and names without one', async () => {
    const rows = await rowsOf('/workbooks?pageSize=1000&sort=projectName:asc,size:desc')
    const inSales = rows.filter((row) => row['project.name'] === 'Sales').map((row) => Number(row['size']))
    expect(inSales).toEqual(inSales.toSorted((a, b) => b - a))
    expect(rows.at(-1)?.['project.name']).toBeUndefined()
    expect(await idsOf('/workbooks?pageSize=1000')).toEqual(await idsOf('/workbooks?pageSize=1000&sort=name:asc'))
  })
})

describe('fields', () => {
  const keysOfFirst = async (path: string): Promise<string[]> => Object.keys((await rowsOf(path))[0] ?? {})
  const workbookKeys = [
    'id', 'name', 'description', 'contentUrl', 'webpageUrl', 'showTabs', 'size', 'createdAt', 'updatedAt', 'hasExtracts', 'encryptExtracts', 'defaultViewId',
    'project.id', 'project.name', 'owner.id', 'tags',
  ]

  it.each([
    ['/workbooks', workbookKeys],
    ['/datasources', ['id', 'name', 'description', 'contentUrl', 'webpageUrl', 'type', 'createdAt', 'updatedAt', 'hasExtracts', 'encryptExtracts', 'isCertified', 'project.id', 'project.name', 'owner.id', 'tags']],
    ['/projects?filter=name:eq:DACH', ['id', 'name', 'description', 'createdAt', 'updatedAt', 'contentPermissions', 'parentProjectId', 'owner.id']],
    ['/users?filter=name:eq:admin', ['id', 'name', 'siteRole', 'lastLogin', 'externalAuthUserId', 'authSetting']],
  ])('by default are those of %s', async (path, keys) => {
    expect(await keysOfFirst(path)).toEqual(keys)
    expect(await keysOfFirst(`${path}${path.includes('?') ? '&' : '?'}fields=_default_`)).toEqual(keys)
  })

  it('of all kinds tell the owner’s name, the place and the counts', async () => {
    const [workbook] = await rowsOf('/workbooks?fields=_all_&filter=name:eq:Ticket+Backlog')
    expect(workbook).toMatchObject({ 'owner.name': 'creator', 'owner.fullName': 'Carla Ortega', 'owner.email': 'creator@corp.example', 'location.type': 'Project', 'location.name': 'Customer Support', sheetCount: '1' })
    const [project] = await rowsOf('/projects?fields=_all_&filter=name:eq:Sales')
    expect(project).toMatchObject({ topLevelProject: 'true', 'contentsCounts.projectCount': '2', 'contentsCounts.datasourceCount': '9', 'owner.name': 'site-admin' })
    const [user] = await rowsOf('/users?fields=_all_&filter=name:eq:afonseca')
    expect(user).toMatchObject({ fullName: 'Ana “Nita” da Fonseca & Sá', email: 'afonseca@corp.example', 'domain.name': 'local' })
  })

  it('are exactly those asked for', async () => {
    expect(await keysOfFirst('/workbooks?fields=name')).toEqual(['name'])
    expect(await keysOfFirst('/workbooks?fields=owner.name,id,tags')).toEqual(['id', 'owner.name', 'tags'])
    expect(await keysOfFirst('/workbooks?fields=_default_,owner.name')).toEqual([...workbookKeys.slice(0, -1), 'owner.name', 'tags'])
  })

  it('are fewer on an old server', async () => {
    const { text } = await send(sim, `/api/3.4/sites/${admin.siteId}/workbooks`, { token: admin.token })
    const row = one(text, 'workbook')
    expect(['size', 'webpageUrl', 'encryptExtracts', 'hasExtracts', 'defaultViewId'].filter((name) => row.hasAttribute(name))).toEqual(['size'])
  })

  it('carry every name unharmed', async () => {
    const rows = await rowsOf('/workbooks?pageSize=1000')
    const names = new Set(rows.map((row) => row['name']))
    for (const name of ['“Top 10” — what’s hot', `"Straight" and 'single' quotes`, 'Müller & Söhne <beta>', '売上ダッシュボード（週次）', 'Launch readiness 🚀👩‍🚀', 'لوحة مبيعات الربع الأول']) expect(names).toContain(name)
    expect(rows.find((row) => row['name'] === 'Costs: plan, actuals + outlook')?.['description']).toBe('Second line\nfollows the first; a tab\tand “quotes” too.')
    expect(rows.find((row) => row['name'] === 'Launch readiness 🚀👩‍🚀')?.['tags']).toBe('🚀|board')
    expect(Math.max(...rows.map((row) => row['name']?.length ?? 0))).toBe(120)
  })

  it('give every workbook an address of its own, on the site it is on', async () => {
    const urls = (await rowsOf('/workbooks?pageSize=1000')).map((row) => row['webpageUrl'])
    expect(new Set(urls).size).toBe(urls.length)
    expect(urls[0]).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${sim.port}/#/workbooks/\\d+$`))
    const finance = await signIn(sim, 'admin', 'finance')
    expect((await readRows(sim, finance, '/datasources'))[0]?.['webpageUrl']).toMatch(/\/#\/site\/finance\/datasources\/\d+$/)
    const contentUrls = items('workbook').map((item) => item.contentUrl)
    expect(new Set(contentUrls).size).toBe(contentUrls.length)
    expect(contentUrls.every((url) => /^[\w-]+$/.test(url))).toBe(true)
  })

  it('leave the project out for a personal space', async () => {
    const [row] = await rowsOf('/workbooks?fields=_all_&filter=name:eq:Carla%E2%80%99s+scratchpad')
    expect(Object.keys(row ?? {}).filter((key) => key.startsWith('project'))).toEqual([])
    expect(row).toMatchObject({ 'location.type': 'PersonalSpace', 'owner.name': 'creator' })
  })
})
