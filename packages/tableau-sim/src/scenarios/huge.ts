import { createRandom } from '../random.ts'
import type { Random } from '../random.ts'
import type { World } from '../world.ts'
import { busyPlan, financePlan } from './busy-plan.ts'
import { createCatalog } from './catalog.ts'
import { everyItem, plansOf } from './content-plans.ts'
import { layOutContent } from './lay-out-content.ts'
import { pastJob, upcomingJob } from './plan.ts'
import type { PlanItem } from './plan.ts'

const hour = 3_600_000
/** As many as in the example of § Query Jobs. */
const totalJobs = 48_999
const waitingJobs = 33
const spanMs = 14 * 24 * hour

/** As many jobs as the reference's example counts, over two weeks. It stands still: the slots are taken for hours. */
export const layOutHuge = (world: World): void => {
  const random = createRandom(world.seed, 'huge')
  const catalog = createCatalog(random)
  const home = world.home.id
  layOutContent(world, home, plansOf(everyItem(catalog)), 'needed')
  const now = world.clock.now()
  const plan = busyPlan(catalog, random)
  const running = world.engine.slots
  const past = totalJobs - running - waitingJobs
  const newestPast = now - 3 * hour
  for (let index = 0; index < past; index += 1) {
    const createdAt = Math.floor((newestPast - spanMs + (spanMs * index) / past) / 1000) * 1000
    const spec = pastJob(any(plan, random), random, createdAt)
    world.addJob(home, index === 0 ? { ...spec, title: 'The oldest job of this site', subtitle: 'Samples' } : spec)
  }
  const refreshes = plan.filter((item) => item.jobType === 'refresh_extracts')
  for (let index = 0; index < running; index += 1) {
    const startedAt = now - (running - index) * 60_000
    world.addJob(home, { ...upcomingJob(any(refreshes, random), random, startedAt - 5_000), status: 'InProgress', startedAt, runsForMs: 6 * hour })
  }
  for (let index = 0; index < waitingJobs; index += 1) {
    world.addJob(home, upcomingJob(any(refreshes, random), random, now - (waitingJobs - index) * 1_000))
  }
  if (world.flavor === 'cloud') return
  layOutContent(world, 'finance', plansOf(catalog.finance), 'needed')
  const finance = financePlan(catalog, random)
  for (let index = 0; index < 40; index += 1) world.addJob('finance', pastJob(any(finance, random), random, now - (41 - index) * hour))
}

const any = (plan: readonly PlanItem[], random: Random): PlanItem => {
  const item = plan[random.between(0, plan.length - 1)]
  if (item === undefined) throw new Error('The plan is empty.')
  return item
}
