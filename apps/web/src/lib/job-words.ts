import { jobStatusGroup, type Job, type JobStatusGroup } from '@refreshboard/api-types'

/** What each state is called here. */
export const statusWords: Record<JobStatusGroup, string> = {
  Pending: 'Waiting',
  InProgress: 'Running',
  Success: 'Succeeded',
  Failed: 'Failed',
  Cancelled: 'Cancelled',
  Other: 'Other',
}

/** The order in which states are offered: trouble first. */
export const statusOrder: readonly JobStatusGroup[] = ['Failed', 'InProgress', 'Pending', 'Success', 'Cancelled', 'Other']

const typeWords: Partial<Record<string, string>> = {
  refresh_extracts: 'Full refresh',
  increment_extracts: 'Incremental refresh',
  refresh_extracts_via_bridge: 'Full refresh by Bridge',
  increment_extracts_via_bridge: 'Incremental refresh by Bridge',
  createExtract: 'Create extract',
  CreateExtract: 'Create extract',
  RefreshExtract: 'Extract refresh',
  run_flow: 'Flow run',
  RunFlow: 'Flow run',
  subscription_notify: 'Subscription',
  single_subscription_notify: 'Subscription mail',
  check_data_alert: 'Data alert check',
  enqueue_data_alerts: 'Data alerts queueing',
  generate_thumbnails: 'Thumbnails',
  RefreshThumbnails: 'Thumbnails',
  generate_sheet_image_for_view: 'View image',
  generate_static_images: 'View images',
  sync_ad_group: 'Directory group sync',
  enqueue_ad_groups_sync: 'Directory groups queueing',
  GroupSync: 'Directory group sync',
  external_query_cache_warmup: 'Query cache warm-up',
  list_extracts_for_tdfs_propagation: 'Extract propagation list',
  list_extracts_for_tdfs_reaping: 'Extract clean-up list',
  low_disk_space_monitoring: 'Disk space check',
  purge_expired_wgsessions: 'Session clean-up',
  reap_extracts: 'Extract clean-up',
  reap_auto_saves: 'Autosave clean-up',
  rebuild_search_indices: 'Search index rebuild',
  sync_search_index: 'Search index sync',
  reencrypt_keychains: 'Keychain re-encryption',
  PublishWorkbook: 'Publish workbook',
  PublishDatasource: 'Publish data source',
}

const humanise = (raw: string): string => {
  const words = raw
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase()
  return words === '' ? raw : words.charAt(0).toUpperCase() + words.slice(1)
}

/** A job type in words; one that this version does not know is told as it is, readable. */
export const typeInWords = (jobType: string): string => (Object.hasOwn(typeWords, jobType) ? typeWords[jobType] : undefined) ?? humanise(jobType)

/** A state in words; an unknown one as Tableau tells it. */
export const statusInWords = (status: string): string => {
  const group = jobStatusGroup(status)
  return group === 'Other' ? humanise(status) : statusWords[group]
}

/** What the job is about; older servers leave the title out, then its type has to do. */
export const jobName = (job: Pick<Job, 'title' | 'jobType'>): string => (job.title === undefined || job.title === '' ? typeInWords(job.jobType) : job.title)

/** How long a job waited and ran, in milliseconds; `undefined` where there is nothing to tell. Never negative. */
export const spansOf = (job: Job, now: number): { waited: number | undefined; waiting: boolean; ran: number | undefined; running: boolean } => {
  const created = Date.parse(job.createdAt)
  const started = job.startedAt === undefined ? undefined : Date.parse(job.startedAt)
  const ended = job.endedAt === undefined ? undefined : Date.parse(job.endedAt)
  const waiting = job.status === 'Pending' && started === undefined
  const running = job.status === 'InProgress' && ended === undefined
  const waitedUntil = started ?? ended ?? (waiting ? now : undefined)
  const ranUntil = ended ?? (running ? now : undefined)
  return {
    waited: waitedUntil === undefined ? undefined : Math.max(0, waitedUntil - created),
    waiting,
    ran: started === undefined || ranUntil === undefined ? undefined : Math.max(0, ranUntil - started),
    running,
  }
}

/** True once the job can change no more. */
export const isOver = ({ status }: Pick<Job, 'status'>): boolean => status === 'Success' || status === 'Failed' || status === 'Cancelled'
