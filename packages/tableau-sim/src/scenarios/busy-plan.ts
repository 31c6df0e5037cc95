import type { Random } from '../random.ts'
import { argsOf } from './catalog.ts'
import type { Catalog, CatalogItem } from './catalog.ts'
import { failureCauses } from './failures.ts'
import { refreshCauses } from './plan.ts'
import type { PlanItem } from './plan.ts'

const minute = 60_000
const hour = 60 * minute

const housekeeping: readonly (readonly [jobType: string, everyMs: number])[] = [
  ['enqueue_data_alerts', 10 * minute],
  ['sync_search_index', 15 * minute],
  ['purge_expired_wgsessions', 30 * minute],
  ['reap_auto_saves', 30 * minute],
  ['low_disk_space_monitoring', hour],
  ['sos_reconcile', hour],
  ['external_query_cache_warmup', hour],
  ['list_extracts_for_tdfs_reaping', 2 * hour],
  ['reap_extracts', 4 * hour],
  ['aggregate_analytics', 6 * hour],
  ['sync_ad_group', 3 * hour],
  ['cleanup_jobs', 12 * hour],
]

/** What the Default site does day in, day out: about 170 jobs an hour. */
export const busyPlan = (catalog: Catalog, random: Random): PlanItem[] => {
  const phase = (everyMs: number): number => random.between(0, Math.floor(everyMs / minute) - 1) * minute + random.between(0, 40) * 1000
  const refresh = (item: CatalogItem, jobType: string, everyMs: number, failureRate: number): PlanItem => ({
    jobType,
    everyMs,
    phaseMs: phase(everyMs),
    priority: random.pick([10, 30, 50, 50, 50, 75]),
    seconds: [6, 28],
    title: item.content.name,
    subtitle: item.project,
    content: item.content,
    args: argsOf(item.content),
    failureRate,
    causes: refreshCauses,
  })
  const { bridgeOffline, flowStep, login, mail, missingColumn } = failureCauses
  const hourly = [20 * minute, 30 * minute, hour, 2 * hour] as const
  return [
    ...catalog.workbooks.map((item, index) => ({
      ...refresh(item, 'refresh_extracts', random.pick(hourly), index === 9 ? 0.95 : index === 16 ? 0.4 : 0.025),
      // One has an expired password and fails day after day, one fails every other time: what a dashboard has to show.
      ...(index === 9 && { causes: [login] as const }),
      ...(index === 16 && { causes: [missingColumn] as const }),
    })),
    ...catalog.datasources.flatMap((item) => [
      refresh(item, 'increment_extracts', 15 * minute, 0.015),
      refresh(item, 'refresh_extracts', 6 * hour, 0.04),
    ]),
    ...catalog.bridged.map((item, index) => ({
      ...refresh(item, index % 2 === 0 ? 'refresh_extracts_via_bridge' : 'increment_extracts_via_bridge', 30 * minute, 0.06),
      causes: [bridgeOffline] as const,
    })),
    ...catalog.flows.map((item) => ({ ...refresh(item, 'run_flow', hour, 0.05), causes: [flowStep] as const })),
    ...catalog.workbooks.slice(0, 12).map(
      (item): PlanItem => ({
        jobType: 'single_subscription_notify',
        everyMs: 2 * hour,
        phaseMs: phase(2 * hour),
        priority: 60,
        seconds: [2, 12],
        title: `${item.content.name}: weekday mail`,
        subtitle: item.project,
        content: item.content,
        args: argsOf(item.content),
        failureRate: 0.02,
        causes: [mail],
      }),
    ),
    ...catalog.datasources.slice(0, 3).map((item) => ({ ...refresh(item, 'createExtract', 8 * hour, 0.1), subtitle: 'Data source' })),
    ...catalog.workbooks.slice(12, 18).map((item) => ({ ...refresh(item, 'generate_thumbnails', hour, 0), seconds: [1, 6] as const, priority: 90 })),
    ...housekeeping.map(
      ([jobType, everyMs]): PlanItem => ({ jobType, everyMs, phaseMs: phase(everyMs), priority: 5, seconds: [1, 5], failureRate: 0.002, causes: [failureCauses.memory] }),
    ),
  ]
}

/** The finance site is small: some twenty jobs an hour at most. */
export const financePlan = (catalog: Catalog, random: Random): PlanItem[] =>
  catalog.finance.map((item, index) => ({
    jobType: index % 2 === 0 ? 'refresh_extracts' : 'increment_extracts',
    everyMs: hour,
    phaseMs: random.between(0, 59) * minute,
    priority: 50,
    seconds: [6, 25],
    title: item.content.name,
    subtitle: item.project,
    content: item.content,
    args: argsOf(item.content),
    failureRate: 0.05,
    causes: refreshCauses,
  }))
