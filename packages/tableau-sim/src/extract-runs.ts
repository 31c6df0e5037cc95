import type { ContentItem, WorkbookDatasource } from './content.ts'
import { isOver } from './jobs.ts'
import type { Job } from './jobs.ts'
import type { Site } from './site.ts'
import type { World } from './world.ts'

const jobType = 'createExtract'

/** Whether an extract of it waits or is being made. */
export const hasExtractUnderWay = (site: Site, item: ContentItem): boolean => site.jobs.some((job) => job.jobType === jobType && !isOver(job) && job.content?.id === item.id)

/** How long the job runs unless a test says so by the content's size: a second for each ten megabytes. */
const runsForMs = ({ size }: ContentItem): number => 4_000 + size * 100

/** Queues the job that makes the extract; the content has it when the job succeeds. */
export const startExtract = (world: World, site: Site, item: ContentItem, { datasources, encrypt }: { datasources: readonly WorkbookDatasource[]; encrypt: boolean }): Job => {
  const { kind, id, name } = item
  return world.addJob(site.id, {
    jobType,
    title: name,
    subtitle: item.project?.name,
    content: { kind, id, name },
    args: `---\n- ${kind === 'workbook' ? 'Workbook' : 'Datasource'}\n- ${name}\n`,
    runsForMs: runsForMs(item),
    onSuccess: () => {
      for (const datasource of datasources) datasource.hasExtract = true
      item.hasExtracts = true
      if (site.extractEncryptionMode === 'enabled' && encrypt) item.encryptExtracts = true
      item.updatedAt = world.clock.now()
    },
  })
}
