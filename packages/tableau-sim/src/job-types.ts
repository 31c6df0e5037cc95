/** Which element of Query Job's reply tells about the content. */
type DetailElement = 'extractRefreshJob' | 'runFlowJobType' | 'subscriptionJobType' | 'thumbnailsRefreshJob'

export interface JobTypeFacts {
  /** `job@type` of Query Job; its names differ from the list's `jobType`. */
  readonly detailType: string
  readonly detailElement?: DetailElement
  /** Whether § Cancel Job names this kind. */
  readonly cancellable: boolean
  /** Whether Query Job can read it (tableau/server-client-python#1093: createExtract jobs cannot be). */
  readonly readable: boolean
  readonly bridge: boolean
}

const kind = (detailType: string, facts: Partial<JobTypeFacts> = {}): JobTypeFacts => ({
  detailType,
  cancellable: false,
  readable: true,
  bridge: false,
  ...facts,
})

const refresh = (bridge: boolean): JobTypeFacts =>
  kind('RefreshExtract', { detailElement: 'extractRefreshJob', cancellable: true, bridge })

/**
 * The kinds that Tableau's references, client libraries and log tools name. `detailType` of the housekeeping kinds is
 * inferred: nobody has shown one. The set is open; an unknown `jobType` behaves as housekeeping.
 */
const jobTypes: Readonly<Record<string, JobTypeFacts>> = {
  refresh_extracts: refresh(false),
  increment_extracts: refresh(false),
  refresh_extracts_via_bridge: refresh(true),
  increment_extracts_via_bridge: refresh(true),
  createExtract: kind('CreateExtract', { readable: false }),
  run_flow: kind('RunFlow', { detailElement: 'runFlowJobType', cancellable: true }),
  subscription_notify: kind('Subscription', { detailElement: 'subscriptionJobType', cancellable: true }),
  single_subscription_notify: kind('Subscription', { detailElement: 'subscriptionJobType', cancellable: true }),
  data_acceleration: kind('DataAcceleration', { cancellable: true }),
  generate_thumbnails: kind('RefreshThumbnails', { detailElement: 'thumbnailsRefreshJob' }),
  upgrade_thumbnails: kind('RefreshThumbnails', { detailElement: 'thumbnailsRefreshJob', cancellable: true }),
  queue_upgrade_thumbnails: kind('RefreshThumbnails', { detailElement: 'thumbnailsRefreshJob', cancellable: true }),
  publish_workbook: kind('PublishWorkbook'),
  publish_datasource: kind('PublishDatasource'),
  sync_ad_group: kind('GroupSync'),
  import_users: kind('UserImport'),
}

/** `external_query_cache_warmup` → `ExternalQueryCacheWarmup`. */
const pascalCase = (jobType: string): string =>
  jobType
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')

export const factsOfJobType = (jobType: string): JobTypeFacts => {
  const known = Object.hasOwn(jobTypes, jobType) ? jobTypes[jobType] : undefined
  return known ?? kind(pascalCase(jobType))
}
