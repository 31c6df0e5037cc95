import { luidSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { createTestClock } from '../testing/test-clock.ts'
import { someFacts } from '../testing/some-facts.ts'
import { createSiteBudgets } from './site-budgets.ts'

const hour = 60 * 60_000

describe('the budget of a site of Tableau Cloud', () => {
  const cloud = { ...someFacts('token'), flavor: 'cloud' as const }
  const other = { ...cloud, site: { ...cloud.site, id: luidSchema.parse('7f9c1a3e-0000-4000-8000-00000000000f') } }

  it('counts calls about jobs and runs by hand, of each site by itself, and nothing else', () => {
    const budgets = createSiteBudgets(createTestClock())
    for (const operation of ['queryJobs', 'queryJob', 'cancelJob', 'runExtractRefreshTask', 'listExtractRefreshTasks']) budgets.count(cloud, operation)
    budgets.count(other, 'queryJobs')
    expect(budgets.of(cloud)).toMatchObject({ jobCallsADay: { used: 3, about: 20_000 }, runsAnHour: { used: 1, about: 60 } })
    expect(budgets.of(other)).toMatchObject({ jobCallsADay: { used: 1 }, runsAnHour: { used: 0 } })
  })

  it('forgets runs after an hour, and calls about jobs after a day', () => {
    const clock = createTestClock()
    const budgets = createSiteBudgets(clock)
    budgets.count(cloud, 'runExtractRefreshTask')
    budgets.count(cloud, 'queryJobs')
    clock.advance(hour / 2)
    budgets.count(cloud, 'runExtractRefreshTask')
    const used = () => [budgets.of(cloud)?.jobCallsADay.used, budgets.of(cloud)?.runsAnHour.used]
    expect(used()).toEqual([1, 2])
    clock.advance(hour / 2)
    expect(used()).toEqual([1, 1])
    clock.advance(22 * hour)
    expect(used()).toEqual([1, 0])
    clock.advance(hour)
    expect(used()).toEqual([0, 0])
  })

  it('is none of a Tableau Server', () => {
    const budgets = createSiteBudgets(createTestClock())
    const server = { ...cloud, flavor: 'server' as const }
    budgets.count(server, 'queryJobs')
    expect(budgets.of(server)).toBeUndefined()
  })
})
