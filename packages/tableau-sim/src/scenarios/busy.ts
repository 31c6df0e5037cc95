import { simulatedTitles } from '../behaviours.ts'
import type { JobSpec } from '../jobs.ts'
import { createRandom } from '../random.ts'
import type { Random } from '../random.ts'
import type { World } from '../world.ts'
import { busyPlan, financePlan } from './busy-plan.ts'
import { createCatalog } from './catalog.ts'
import type { Catalog } from './catalog.ts'
import { everyItem, furtherContent, furtherFinanceContent, plansOf } from './content-plans.ts'
import { failureCauses } from './failures.ts'
import { layOutContent } from './lay-out-content.ts'
import { firingsBetween, nextFiring, pastJob, upcomingJob } from './plan.ts'
import type { PlanItem } from './plan.ts'

const hour = 3_600_000
const historyMs = 26 * hour
const retentionMs = 30 * hour

/**
 * A lively site: 26 hours of history, jobs that wait and run, new ones as the clock goes on, and a few old jobs whose
 * title says which failure they show. On a Server the finance
 * site has its own smaller set, and nobody may run anything by hand there.
 */
export const layOutBusy = (world: World): void => {
  const random = createRandom(world.seed, 'busy')
  const catalog = createCatalog(random)
  const home = world.home.id
  layOutContent(world, home, [...plansOf(everyItem(catalog)), ...furtherContent], 'all')
  const plan = busyPlan(catalog, random)
  populate(world, home, plan, random)
  if (world.flavor === 'server') layOutFinance(world, catalog, random)
  addCurrent(world, plan, random)
  addSimulated(world, random)
  world.engine.purgeHourly(world.sites, retentionMs)
}

const layOutFinance = (world: World, catalog: Catalog, random: Random): void => {
  layOutContent(world, 'finance', [...plansOf(catalog.finance), ...furtherFinanceContent], 'all')
  world.site('finance').runNowEnabled = false
  populate(world, 'finance', financePlan(catalog, random), random)
}

/** History up to half a minute ago, and every later firing at its time. */
const populate = (world: World, site: string, plan: readonly PlanItem[], random: Random): void => {
  const now = world.clock.now()
  const past = plan
    .flatMap((item) => firingsBetween(item, now - historyMs, now - 60_000).map((at) => pastJob(item, random, at)))
    // What would end in the future has not happened.
    .filter((spec) => spec.endedAt <= now)
    .toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0))
  for (const spec of past) world.addJob(site, spec)
  for (const item of plan) fireLater(world, site, item, random, now)
}

const fireLater = (world: World, site: string, item: PlanItem, random: Random, after: number): void => {
  const at = nextFiring(item, after)
  world.clock.at(at, () => {
    world.addJob(site, upcomingJob(item, random, at))
    fireLater(world, site, item, random, at)
  })
}

/** Some jobs run and some wait from the first moment on. */
const addCurrent = (world: World, plan: readonly PlanItem[], random: Random): void => {
  const now = world.clock.now()
  const refreshes = plan.filter((item) => item.jobType === 'refresh_extracts' && item.failureRate < 0.1)
  for (const [index, item] of refreshes.slice(2, 5).entries()) {
    const spec: JobSpec = { ...upcomingJob(item, random, now - 9_000 - index * 3_000), startedAt: now - 6_000 - index * 2_000 }
    world.addJob(world.home.id, { ...spec, status: 'InProgress', runsForMs: 24_000 + index * 5_000 })
  }
  for (const item of refreshes.slice(5, 7)) world.addJob(world.home.id, upcomingJob(item, random, now - 2_000))
}

/** Old, at the end of the queue and outside the backgrounder's slots, so that they disturb nobody. */
const addSimulated = (world: World, random: Random): void => {
  const now = world.clock.now()
  for (const [index, title] of simulatedTitles.entries()) {
    const createdAt = now - 5 * hour - index * 11 * 60_000
    const shared = { jobType: 'refresh_extracts', title, subtitle: 'Simulated failures', priority: 100, createdAt, kept: true, held: true }
    if (!title.includes('cancel')) {
      world.addJob(world.home.id, { ...shared, status: 'Failed', startedAt: createdAt + 4_000, endedAt: createdAt + 31_000, notes: failureCauses.login(random) })
    } else if (index % 2 === 0) world.addJob(world.home.id, { ...shared, status: 'Pending' })
    else world.addJob(world.home.id, { ...shared, status: 'InProgress', startedAt: createdAt + 9_000, runningFinishCode: true })
  }
  const createdAt = now - 4 * hour
  world.addJob(world.home.id, {
    jobType: 'createExtract',
    title: 'Simulated: cannot be queried (400031)',
    subtitle: 'Simulated failures',
    status: 'Success',
    createdAt,
    startedAt: createdAt + 3_000,
    endedAt: createdAt + 45_000,
    kept: true,
  })
}
