import type { Content, ContentDetail } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ContentHead } from '../../components/content-head.tsx'
import { Drawer } from '../../components/drawer.tsx'
import { Fact, Facts, Id } from '../../components/facts.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Instant, tableauNow, type TableauClock } from '../../components/job-cells.tsx'
import { ApiError, failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive, useSession } from '../../lib/session-store.ts'
import { contentName, kindWords } from '../../lib/task-words.ts'
import { useState } from 'react'
import { ContentActions } from './content-actions.tsx'
import { ContentTasks, type TasksOnIt } from './content-tasks.tsx'
import { ExtractNote } from './extract-note.tsx'
import { useExtractRun } from './extract-run.ts'
import { settledByMode } from './extracts-can.ts'
import { detailOf, siteNow, tasksNow } from './extracts.queries.ts'
import type { ContentRef } from './extracts.search.ts'
import { DataMark, EncryptionMark } from './marks.tsx'
import classes from './content-drawer.module.css'

const useTasksOn = (item: ContentRef): TasksOnIt => {
  const live = useIsLive()
  const { listTasks } = useSession().can
  const { data, error } = useQuery({ ...tasksNow(), enabled: live && listTasks.allowed })
  return {
    tasks: (data?.tasks ?? []).filter(({ content }) => content?.kind === item.kind && content.id === item.id),
    scope: data?.scope,
    why: !listTasks.allowed ? listTasks.reason : error === null || isSessionEnd(error) ? undefined : failureOf(error).title,
  }
}

interface OpenContentProps {
  content: ContentDetail
  clock: TableauClock | undefined
  zone: string
  onClose: () => void
}

const OpenContent = ({ content, clock, zone, onClose }: OpenContentProps) => {
  const live = useIsLive()
  const { data: site } = useQuery({ ...siteNow(), enabled: live })
  const { flavor } = useSession().server
  const run = useExtractRun(content)
  const tasks = useTasksOn(content)
  const [asking, setAsking] = useState(false)
  const mode = site?.extractEncryptionMode
  const settled = settledByMode(mode)
  return (
    <Drawer
      label="Content"
      title={contentName(content)}
      onClose={onClose}
      actions={<ContentActions content={content} site={site} run={run} tasks={tasks} onAsking={setAsking} />}
    >
      <ExtractNote content={content} run={run} clock={clock} dialogOpen={asking} />
      <ContentHead content={content} />
      <Facts>
        <Fact label="Data">
          <DataMark content={content} />
        </Fact>
        {flavor === 'server' && (
          <Fact label="Encryption">
            <EncryptionMark content={content} />
            {settled !== undefined && <div className={classes['dim']}>{settled}</div>}
          </Fact>
        )}
        {content.updatedAt !== undefined && (
          <Fact label="Updated">
            <Instant at={content.updatedAt} zone={zone} now={tableauNow(clock)} full />
          </Fact>
        )}
        <Fact label={`${kindWords[content.kind]} id`}>
          <Id id={content.id} what="the content id" />
        </Fact>
      </Facts>
      <ContentTasks content={content} on={tasks} clock={clock} zone={zone} />
    </Drawer>
  )
}

interface ContentDrawerProps extends Omit<OpenContentProps, 'content'> {
  item: ContentRef
  /** Its row, where it is in sight: its name is shown while the rest is being read. */
  row: Content | undefined
}

/** One workbook or data source beside the list: what stands behind it, what refreshes it, and what can be done. */
export const ContentDrawer = ({ item, row, ...rest }: ContentDrawerProps) => {
  const live = useIsLive()
  const { data, error, isFetching, refetch } = useQuery({ ...detailOf(item), enabled: live })
  const gone = error instanceof ApiError && (error.code === 'not_found' || error.code === 'bad_id')
  if (data !== undefined && !gone) return <OpenContent content={data} {...rest} />
  const title = row === undefined ? kindWords[item.kind] : contentName(row)
  if (gone) {
    return (
      <Drawer label="Content" title={title} onClose={rest.onClose}>
        <p>
          <strong>This {kindWords[item.kind].toLowerCase()} is not there any more.</strong> It may have been deleted, or you may not see it. Its id is <code>{item.id}</code>.
        </p>
        <div>
          <Button variant="default" onClick={rest.onClose}>
            Back to the extracts
          </Button>
        </div>
      </Drawer>
    )
  }
  return (
    <Drawer label="Content" title={title} onClose={rest.onClose}>
      {error === null || isSessionEnd(error) ? <div className={classes['bones']} aria-hidden /> : <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} retrying={isFetching} />}
    </Drawer>
  )
}
