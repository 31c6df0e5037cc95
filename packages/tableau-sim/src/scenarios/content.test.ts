import { afterEach, describe, expect, it } from 'vitest'
import { isFileBased } from '../content.ts'
import { startStill } from '../test-client.ts'
import type { ScenarioName, TableauSim } from '../index.ts'

let sim: TableauSim | undefined
const start = async (scenario: ScenarioName, seed = 1) => {
  sim = await startStill({ scenario, seed })
  return sim
}
afterEach(() => sim?.close())

describe('the content of', () => {
  it('busy is large, nested, owned by many, and named in every script', async () => {
    const { world } = await start('busy')
    const { contents, projects } = world.site()
    expect(contents.length).toBeGreaterThanOrEqual(120)
    expect(world.site('finance').contents.length).toBeGreaterThanOrEqual(8)
    expect(projects.length).toBeGreaterThanOrEqual(12)
    expect(projects.some((project) => project.parent?.parent !== undefined)).toBe(true)
    expect(projects.some((project) => project.contentPermissions !== 'ManagedByOwner' && !project.openToAll)).toBe(true)
    expect(new Set(contents.map((item) => item.ownerId)).size).toBeGreaterThanOrEqual(9)
    expect(contents.filter((item) => item.project === undefined)).toHaveLength(2)
    expect(contents.filter((item) => !item.hasExtracts).length).toBeGreaterThan(6)
    for (const script of [/\p{Script=Han}/u, /\p{Script=Arabic}/u, /\p{Script=Hebrew}/u, /\p{Emoji_Presentation}/u, /[äöü]/, /&/, /["“]/, /</]) {
      expect(contents.some((item) => script.test(item.name))).toBe(true)
    }
    expect(contents.some((item) => item.name.length === 120)).toBe(true)
    const namesakes = contents.filter((item) => item.name === 'Regional Sales')
    expect(new Set(namesakes.map((item) => item.project)).size).toBe(3)
    expect(world.sites.map((site) => site.runNowEnabled)).toEqual([true, false])
  })

  it.each(['server', 'cloud'] as const)('busy has what extracts can and cannot be made of, on a %s site', async (flavor) => {
    await using busy = await startStill({ scenario: 'busy', flavor })
    const { world } = busy
    const site = world.site()
    const userId = (name: string) => world.account(name).memberships.find((membership) => membership.site === site)?.userId ?? ''
    const live = site.contents.filter((item) => !item.hasExtracts && item.project !== undefined)
    for (const kind of ['workbook', 'datasource'] as const) {
      const ofKind = live.filter((item) => item.kind === kind && !isFileBased(item))
      const led = ofKind.filter((item) => item.project?.leaderUserIds.has(userId('leader')) === true && item.ownerId !== userId('leader'))
      expect([led.length > 0, ofKind.some((item) => item.ownerId === userId('creator')), ofKind.some((item) => item.ownerId !== userId('creator'))]).toEqual([true, true, true])
    }
    expect(live.some((item) => item.kind === 'datasource' && isFileBased(item))).toBe(true)
    const several = site.contents.filter(({ datasources }) => datasources.length > 1)
    // Some of them in files, all of them in files, an extract of some alone, encrypted ones.
    expect(several.some(({ datasources }) => datasources.some(isFileBased) && !datasources.every(isFileBased))).toBe(true)
    expect(several.some(({ datasources }) => datasources.every(isFileBased))).toBe(true)
    expect(several.some(({ hasExtracts, datasources }) => hasExtracts && datasources.some(({ hasExtract }) => !hasExtract))).toBe(true)
    expect(several.some(({ hasExtracts, encryptExtracts }) => hasExtracts && encryptExtracts)).toBe(true)
  })

  it('small is a dozen, all of it in its jobs', async () => {
    const { world } = await start('small')
    const site = world.site()
    expect(site.contents.filter((item) => item.kind === 'workbook')).toHaveLength(7)
    expect(site.contents.filter((item) => item.kind === 'datasource')).toHaveLength(4)
    const named = new Set(site.jobs.map((job) => job.content?.id))
    expect(site.contents.filter((item) => !named.has(item.id))).toEqual([])
    expect(world.sites.map((each) => each.runNowEnabled)).toEqual([true, true])
  })

  it('empty is nothing', async () => {
    const { world } = await start('empty')
    expect(world.sites.flatMap((site) => [...site.contents, ...site.projects])).toEqual([])
  })

  it.each(['small', 'busy', 'huge'] as const)('%s has everything that its jobs refresh, by the same id, name and project', async (scenario) => {
    const { world } = await start(scenario)
    const wrong = world.sites.flatMap((site) =>
      site.jobs.filter(({ content, jobType, subtitle, title }) => {
        if (content === undefined || (content.kind !== 'workbook' && content.kind !== 'datasource') || jobType === 'createExtract') return false
        const item = site.content(content.id)
        const project = title === 'The oldest job of this site' ? 'Samples' : item?.project?.name
        return item?.name !== content.name || item.kind !== content.kind || project !== subtitle || !item.hasExtracts
      }),
    )
    expect(wrong).toEqual([])
  })

  it.each(['small', 'busy', 'huge'] as const)('%s was made in the past, by people on its site', async (scenario) => {
    const { world, clock } = await start(scenario)
    for (const site of world.sites) {
      const users = new Set(world.accounts.flatMap((account) => account.memberships.filter((membership) => membership.site === site).map(({ userId }) => userId)))
      expect(site.contents.filter((item) => item.createdAt > item.updatedAt || item.updatedAt > clock.now())).toEqual([])
      expect([...site.contents, ...site.projects].filter((each) => !users.has(each.ownerId))).toEqual([])
    }
  })

  it('a seed is the same every time, and another for another', async () => {
    const draw = async (seed: number) => {
      await using other = await startStill({ scenario: 'busy', seed })
      return JSON.stringify(other.world.site().contents.map(({ id, ownerId, size, updatedAt }) => [id, ownerId, size, updatedAt]))
    }
    expect(await draw(1)).toBe(await draw(1))
    expect(await draw(1)).not.toBe(await draw(2))
  })
})
