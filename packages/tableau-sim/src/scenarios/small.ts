import { createRandom } from '../random.ts'
import type { World } from '../world.ts'
import { argsOf, createCatalog } from './catalog.ts'
import type { CatalogItem } from './catalog.ts'
import { plansOf } from './content-plans.ts'
import { failureCauses } from './failures.ts'
import { layOutContent } from './lay-out-content.ts'

const minute = 60_000

/**
 * A handful of jobs, every state among them. Both slots are taken for the better part of an hour, so that nothing moves
 * by itself while somebody looks: a job that is cancelled makes room for the next.
 */
export const layOutSmall = (world: World): void => {
  const random = createRandom(world.seed, 'small')
  const catalog = createCatalog(random)
  const now = world.clock.now()
  const about = (item: CatalogItem | undefined) => {
    if (item === undefined) throw new Error('The catalog is shorter than the scenario.')
    return { title: item.content.name, subtitle: item.project, content: item.content, args: argsOf(item.content) }
  }
  const [superstore, regional, pipeline, winLoss, territory, , campaign, traffic] = catalog.workbooks
  const [orders, customers] = catalog.datasources
  const [historian, scans] = catalog.bridged
  const [cleanOrders] = catalog.flows
  const [profit, cash] = catalog.finance
  const home = world.home.id
  layOutContent(world, home, plansOf([superstore, regional, pipeline, winLoss, territory, campaign, traffic, orders, customers, historian, scans]), 'needed')
  const add = world.addJob.bind(world)

  add(home, { ...about(traffic), jobType: 'refresh_extracts', status: 'Cancelled', createdAt: now - 300 * minute, startedAt: now - 299 * minute, endedAt: now - 290 * minute })
  add(home, {
    jobType: 'import_users',
    status: 'Success',
    createdAt: now - 200 * minute,
    endedAt: now - 199 * minute,
    statusNotes: [
      { type: 'CountOfUsersAddedToSite', value: '12', text: '12 users were added to the site.' },
      { type: 'CountOfUsersSkipped', value: '1', text: '1 user was skipped.' },
    ],
  })
  add(home, { ...about(orders), jobType: 'createExtract', status: 'Success', createdAt: now - 180 * minute, runsForMs: 2 * minute })
  add(home, { ...about(historian), jobType: 'refresh_extracts_via_bridge', status: 'Success', createdAt: now - 150 * minute, runsForMs: 3 * minute })
  add(home, { ...about(campaign), jobType: 'refresh_extracts', status: 'Failed', createdAt: now - 125 * minute, startedAt: now - 124 * minute, endedAt: now - 4 * minute, notes: failureCauses.timeout(), contentFirst: true })
  add(home, { ...about(customers), jobType: 'increment_extracts', status: 'Failed', createdAt: now - 95 * minute, runsForMs: 22_000, notes: failureCauses.login(random) })
  add(home, { ...about(cleanOrders), jobType: 'run_flow', status: 'Success', createdAt: now - 80 * minute, runsForMs: 6 * minute })
  add(home, { ...about(superstore), jobType: 'single_subscription_notify', title: 'Superstore: weekday mail', status: 'Success', createdAt: now - 60 * minute, runsForMs: 4_000 })
  add(home, { jobType: 'enqueue_data_alerts', status: 'Success', priority: 5, createdAt: now - 30 * minute, runsForMs: 2_000 })
  add(home, { ...about(regional), jobType: 'refresh_extracts', status: 'Success', createdAt: now - 20 * minute, startedAt: now - 19.5 * minute, endedAt: now - 18 * minute, notes: `Finished refresh of extracts for ${regional?.content.name ?? ''}` })
  add(home, { ...about(scans), jobType: 'increment_extracts_via_bridge', status: 'Success', createdAt: now - minute, startedAt: now - 50_000, endedAt: now - 5_000 })

  add(home, { ...about(superstore), jobType: 'refresh_extracts', status: 'InProgress', createdAt: now - 3 * minute, startedAt: now - 2 * minute, runsForMs: 45 * minute })
  add(home, { ...about(pipeline), jobType: 'refresh_extracts', status: 'InProgress', createdAt: now - 2 * minute, startedAt: now - minute, runsForMs: 40 * minute, runningFinishCode: true })
  add(home, { ...about(winLoss), jobType: 'refresh_extracts', priority: 50, createdAt: now - 55_000 })
  add(home, { ...about(territory), jobType: 'increment_extracts', priority: 10, createdAt: now - 40_000 })
  add(home, { ...about(cleanOrders), jobType: 'run_flow', priority: 75, createdAt: now - 30_000 })

  if (world.flavor === 'cloud') return
  layOutContent(world, 'finance', plansOf([profit, cash]), 'needed')
  add('finance', { ...about(profit), jobType: 'refresh_extracts', status: 'Success', createdAt: now - 45 * minute, runsForMs: minute })
  add('finance', { ...about(cash), jobType: 'refresh_extracts', status: 'Failed', createdAt: now - 15 * minute, runsForMs: 30_000, notes: failureCauses.tls(random) })
  add('finance', { ...about(profit), jobType: 'increment_extracts', priority: 90, createdAt: now - 20_000 })
}
