import { createDatasourceExtract, createWorkbookExtract, type Job } from '@refreshboard/api-types'
import type { Failure } from '../../lib/api-error.ts'
import { followJob, noticeEnd } from '../../lib/follow-job.ts'
import { createKeyedStore } from '../../lib/keyed-store.ts'
import { queryClient, reread } from '../../lib/query-client.ts'
import { identity, onIdentityChange } from '../../lib/session-store.ts'
import { wait } from '../../lib/wait.ts'
import { dismissWrite, isHeld, startWrite, writeStateOf, type WriteState } from '../../lib/writes.ts'
import { targets, touched } from './extract-writes.ts'
import { detailOf } from './extracts.queries.ts'
import type { ContentRef } from './extracts.search.ts'

/** What has become of “Create extract”, as told in the row and in the drawer. */
export type ExtractRun =
  | { phase: 'sending' }
  /** The reply was lost; the BFF finds out what became of it. */
  | { phase: 'checking' }
  /** Its job is followed. `unheardSince`: the last good answer, while the reads fail. */
  | { phase: 'watching'; jobId: string; job: Job | undefined; unheardSince: number | undefined }
  | { phase: 'over'; jobId: string; job: Job }
  /** It is queued, and its job cannot be followed: `why`. The content is read again until it has its extract. */
  | { phase: 'queued'; why: string }
  /** The content has its extract now. */
  | { phase: 'made' }
  | { phase: 'refused'; failure: Failure }
  /** It could not be found out. */
  | { phase: 'unconfirmed'; evidence: string }

const runs = createKeyedStore<ExtractRun>()
onIdentityChange(runs.clear)

const keyOf = ({ kind, id }: ContentRef): string => `${kind} ${id}`

export const extractRunOf = (content: ContentRef): ExtractRun | undefined => runs.get(keyOf(content))

/** Follows what has become of creating one extract. */
export const useExtractRun = (content: ContentRef): ExtractRun | undefined => runs.use(keyOf(content))

/** True while another click would send nothing. */
const isRunning = (run: ExtractRun | undefined): boolean => run?.phase === 'sending' || run?.phase === 'checking' || run?.phase === 'watching' || run?.phase === 'queued'

/** Forgets an outcome that was read. */
export const dismissExtractRun = (content: ContentRef): void => {
  if (isRunning(extractRunOf(content))) return
  dismissWrite(targets.create(content))
  runs.set(keyOf(content), undefined)
}

const overShownMs = 60_000
/** For so long the BFF may answer with what it read before the job ended. */
const listBehindMs = 6000
/** How often the content is read again where its job cannot be followed: an extract may take minutes, seldom hours. */
const rereadAfterMs = [...Array.from({ length: 24 }, () => 5000), ...Array.from({ length: 32 }, () => 15_000)]

/** What is asked for: all of a workbook's data sources, or the chosen ones. */
export interface ExtractWanted {
  datasourceIds?: string[] | undefined
  encrypt?: boolean | undefined
}

/** What is asked of Tableau for it; a data source has none in it to choose from. */
export const extractInputOf = ({ kind, id }: ContentRef, { datasourceIds, encrypt }: ExtractWanted) => ({
  params: { id },
  body: { ...(encrypt === undefined ? {} : { encrypt }), ...(kind === 'datasource' || datasourceIds === undefined ? {} : { datasourceIds }) },
})

const send = async (content: ContentRef, wanted: ExtractWanted): Promise<WriteState | undefined> => {
  const write = { target: targets.create(content), invalidates: touched, input: extractInputOf(content, wanted) }
  return content.kind === 'datasource' ? await startWrite({ ...write, endpoint: createDatasourceExtract }) : await startWrite({ ...write, endpoint: createWorkbookExtract })
}

/** One extract that is made. Nothing is told any more once somebody else is signed in. */
class Making {
  private readonly me = identity()
  private readonly content: ContentRef

  constructor(content: ContentRef) {
    this.content = content
  }

  /** Sends it, once, and resolves when it is known what became of the sending. What follows goes on by itself. */
  async start(wanted: ExtractWanted): Promise<void> {
    const target = targets.create(this.content)
    this.tell({ phase: 'sending' })
    let written = await send(this.content, wanted)
    if (written?.phase === 'checking') {
      this.tell({ phase: 'checking' })
      while (writeStateOf(target)?.phase === 'checking') await wait(200)
      written = writeStateOf(target)
    }
    if (!this.mine()) return
    void reread('jobs', 'extracts')
    void this.follow(written)
  }

  private mine(): boolean {
    return identity() === this.me
  }

  private tell(run: ExtractRun | undefined): void {
    if (this.mine()) runs.set(keyOf(this.content), run)
  }

  private async follow(written: WriteState | undefined): Promise<void> {
    switch (written?.phase) {
      case 'done':
        return written.result?.jobId === undefined ? await this.watchContent(written.evidence) : await this.watch(written.result.jobId)
      case 'not-done':
        return this.tell({ phase: 'refused', failure: written.failure })
      case 'unconfirmed':
        return this.tell({ phase: 'unconfirmed', evidence: written.evidence })
      case 'sending':
      case 'checking':
      case undefined:
        // The session ended before it was sent: the intention is open, the button there again.
        return this.tell(undefined)
    }
  }

  private async watch(jobId: string): Promise<void> {
    const end = await followJob({ jobId, tell: (job, unheardSince) => this.tell({ phase: 'watching', jobId, job, unheardSince }) })
    if (end.kind === 'over') await this.end({ phase: 'over', jobId, job: end.job })
    else if (end.kind === 'lost') await this.watchContent(end.why)
  }

  /** Its job cannot be followed: the content is read again until it has its extract, or for ten minutes. */
  private async watchContent(why: string): Promise<void> {
    this.tell({ phase: 'queued', why })
    for (const ms of rereadAfterMs) {
      await wait(ms)
      if (!this.mine()) return
      if (await this.hasExtract()) return await this.end({ phase: 'made' })
    }
    dismissWrite(targets.create(this.content))
    this.tell(undefined)
  }

  private async hasExtract(): Promise<boolean> {
    try {
      const { queryKey, queryFn } = detailOf(this.content)
      return (await queryClient.fetchQuery({ queryKey, queryFn, staleTime: 0 })).hasExtracts === true
    } catch (error) {
      noticeEnd(error)
      return false
    }
  }

  /** How it ended stays for a moment beside the button, which is there again. */
  private async end(over: ExtractRun): Promise<void> {
    if (!this.mine()) return
    this.tell(over)
    dismissWrite(targets.create(this.content))
    await reread(...touched)
    await wait(listBehindMs)
    if (!this.mine()) return
    await reread('extracts', 'workbooks', 'datasources')
    await wait(overShownMs - listBehindMs)
    if (runs.get(keyOf(this.content)) === over) this.tell(undefined)
  }
}

/** Makes an extract, once: while it is under way another click does nothing, and nothing is ever sent again by itself. */
export const startExtract = async (content: ContentRef, wanted: ExtractWanted): Promise<void> => {
  if (!isRunning(extractRunOf(content)) && !isHeld(writeStateOf(targets.create(content)))) await new Making(content).start(wanted)
}
