import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContentItem, Project } from './content.ts'
import type { TableauSim } from './index.ts'
import { errorCode, send, signIn, sitePath, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'
import { readRows } from './test-rows.ts'

// Nothing here changes the world, so one simulator serves every test.
let sim: TableauSim
let admin: SignedIn

beforeAll(async () => {
  sim = await startStill({ scenario: 'busy' })
  admin = await signIn(sim)
})
afterAll(() => sim.close())

const idsOf = async (path: string): Promise<string[]> => (await readRows(sim, admin, path)).map((row) => row['id'] ?? '')
const refusalOf = async (path: string): Promise<string> => {
  const reply = await send(sim, sitePath(admin, path), { token: admin.token })
  return `${reply.status} ${errorCode(reply)}`
}
const items = (kind: ContentItem['kind']): ContentItem[] => sim.world.site().contents.filter((item) => item.kind === kind)
const userIdOf = (account: string): string => sim.world.account(account).memberships[0]?.userId ?? ''

describe('filters', () => {
  const second = (ms: number): number => Math.floor(ms / 1000) * 1000
  const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
    eq: (a, b) => a === b,
    gt: (a, b) => a > b,
    gte: (a, b) => a >= b,
    lt: (a, b) => a < b,
    lte: (a, b) => a <= b,
  }
  const comparisons = Object.keys(compare)
  /** Somewhere in the middle, so that every comparison selects some and leaves some. */
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

  /** What the filter finds and what a predicate finds; throws where the scenario cannot tell them apart. */
  const selection = async <T extends { readonly id: string }>(list: string, clause: string, from: readonly T[], holds: (item: T) => boolean) => {
    const wanted = from.filter(holds).map(({ id }) => id)
    if (wanted.length === 0 || wanted.length === from.length) throw new Error(`${clause} selects ${wanted.length} of ${from.length}: that shows nothing.`)
    return { found: (await idsOf(`/${list}?pageSize=1000&filter=${encodeURIComponent(clause)}`)).toSorted(), wanted: wanted.toSorted() }
  }

  describe.each(['workbook', 'datasource'] as const)('of %ss', (kind) => {
    const name = kind === 'workbook' ? 'Regional Sales' : 'Orders (Snowflake)'
    const cases: readonly (readonly [string, (item: ContentItem) => boolean])[] = [
      [`name:eq:${name}`, (item) => item.name === name],
      [`name:in:[${name},Web Events,Superstore]`, (item) => [name, 'Web Events', 'Superstore'].includes(item.name)],
      ['projectName:eq:Manufacturing', (item) => item.project?.name === 'Manufacturing'],
      ['projectName:in:[Archive,Certified Data]', (item) => ['Archive', 'Certified Data'].includes(item.project?.name ?? '')],
      ['ownerName:eq:ytanaka', (item) => item.ownerId === userIdOf('ytanaka')],
      ['ownerEmail:eq:ytanaka@corp.example', (item) => item.ownerId === userIdOf('ytanaka')],
      ['tags:eq:kpi', (item) => item.tags.includes('kpi')],
      ['tags:in:[legacy,confidential,weekly]', (item) => item.tags.some((tag) => ['legacy', 'confidential', 'weekly'].includes(tag))],
      ['hasExtracts:eq:true', (item) => item.hasExtracts],
      ['hasExtracts:eq:False', (item) => !item.hasExtracts],
    ]
    it.each(cases)('selects by %s', async (clause, holds) => {
      const { found, wanted } = await selection(`${kind}s`, clause, items(kind), holds)
      expect(found).toEqual(wanted)
    })

    it.each(comparisons)('compares times and sizes by %s', async (operator) => {
      const holds = compare[operator] ?? (() => false)
      for (const key of ['createdAt', 'updatedAt'] as const) {
        const middle = second(median(items(kind).map((item) => item[key])))
        const { found, wanted } = await selection(`${kind}s`, `${key}:${operator}:${iso(middle)}`, items(kind), (item) => holds(second(item[key]), middle))
        expect(found).toEqual(wanted)
      }
      const size = median(items(kind).map((item) => item.size))
      const { found, wanted } = await selection(`${kind}s`, `size:${operator}:${size}`, items(kind), (item) => holds(item.size, size))
      expect(found).toEqual(wanted)
    })

    it('asks that all clauses hold', async () => {
      const { found, wanted } = await selection(`${kind}s`, 'hasExtracts:eq:true,size:gt:10,size:lt:40', items(kind), (item) => item.hasExtracts && item.size > 10 && item.size < 40)
      expect(found).toEqual(wanted)
    })

    it('finds one by its address', async () => {
      const item = items(kind).at(3)
      expect(await idsOf(`/${kind}s?filter=contentUrl:eq:${item?.contentUrl}`)).toEqual([item?.id])
    })
  })

  it.each<readonly [string, (item: ContentItem) => boolean]>([
    ['type:eq:oracle', (item) => item.connectionType === 'oracle'],
    ['connectionType:eq:postgres', (item) => item.connectionType === 'postgres'],
    ['isCertified:eq:true', (item) => item.isCertified],
  ])('of data sources alone select by %s', async (clause, holds) => {
    const { found, wanted } = await selection('datasources', clause, items('datasource'), holds)
    expect(found).toEqual(wanted)
    expect(await refusalOf(`/workbooks?filter=${clause}`)).toBe('400 400065')
  })

  it.each<readonly [string, (project: Project) => boolean]>([
    ['name:eq:Archive', (project) => project.name === 'Archive'],
    ['name:in:[Sales,People]', (project) => ['Sales', 'People'].includes(project.name)],
    ['topLevelProject:eq:true', (project) => project.parent === undefined],
    ['topLevelProject:eq:false', (project) => project.parent !== undefined],
    ['ownerName:eq:svc-publish', (project) => project.ownerId === userIdOf('svc-publish')],
  ])('of projects select by %s', async (clause, holds) => {
    const { found, wanted } = await selection('projects', clause, sim.world.site().projects, holds)
    expect(found).toEqual(wanted)
  })

  it('of projects find what lies in one', async () => {
    const sales = sim.world.site().findProject('Sales')
    const inside = (await readRows(sim, admin, `/projects?filter=parentProjectId:eq:${sales.id}`)).map((row) => row['name'])
    expect(inside).toEqual(['Archive', 'EMEA'])
  })

  it.each([
    ['name:eq:ytanaka', ['ytanaka']],
    ['name:eq:YTANAKA', []],
    ['name:cieq:YTanaka', ['ytanaka']],
    ['name:in:[creator,viewer]', ['creator', 'viewer']],
    ['friendlyName:eq:田中 陽子', ['ytanaka']],
    ['siteRole:eq:Unlicensed', ['kfrey']],
    ['siteRole:in:[Viewer,ServerAdministrator]', ['admin', 'viewer']],
    // Nobody has signed in but the administrator of this test: who never did has no last login to compare.
    ['lastLogin:gte:2026-01-01T00:00:00Z', ['admin']],
    ['lastLogin:lt:2026-01-01T00:00:00Z', []],
  ])('of users select by %s', async (clause, names) => {
    const rows = await readRows(sim, admin, `/users?filter=${encodeURIComponent(clause)}`)
    expect(rows.map((row) => row['name'])).toEqual(names)
  })

  it('of users find one by id', async () => {
    expect((await readRows(sim, admin, `/users?filter=luid:eq:${userIdOf('leader')}`)).map((row) => row['name'])).toEqual(['leader'])
  })

  it.each(['createdAt:eq:yesterday', 'size:gt:big', 'hasExtracts:eq:1', 'hasExtracts:in:[true]', 'tags:has:a', 'tags:in:a', 'name:in:[]', 'size:has:1'])('refuse %s', async (clause) => {
    expect(await refusalOf(`/workbooks?filter=${clause}`)).toBe('400 400065')
  })
})
