import type { ExtractRow, OutputOf, Session, listExtracts } from '@refreshboard/api-types'
import type { ReactNode } from 'react'
import { ContentPicture } from '../../components/content-picture.tsx'
import { Instant } from '../../components/job-cells.tsx'
import { kindWords } from '../../lib/task-words.ts'
import { schedulesWords } from './extract-words.ts'
import { DataMark, EncryptionMark } from './marks.tsx'
import { RunMark } from './run-mark.tsx'
import type { ExtractsSort } from './extracts.search.ts'

export interface CellContext {
  flavor: Session['server']['flavor']
  zone: string
  now: number
  /** Whose tasks are known. */
  tasksOf: OutputOf<typeof listExtracts>['tasksOf'] | undefined
}

type SortField = ExtractsSort extends `${infer Field}:${string}` ? Field : never

export interface ExtractColumn {
  /** Decides place and room in the style sheet. */
  id: string
  label: string
  sort?: SortField
  /** Which way the first click sorts. */
  first?: 'asc' | 'desc'
  render: (row: ExtractRow, context: CellContext) => ReactNode
}

const none = { site: 'none', own: 'none of yours', none: '–' } as const

const Schedules = ({ tasks, tasksOf }: Pick<ExtractRow, 'tasks'> & Pick<CellContext, 'tasksOf'>) => {
  if (tasks.length === 0) return <span data-dim>{tasksOf === undefined ? '' : none[tasksOf]}</span>
  const words = schedulesWords(tasks)
  return (
    <span data-ellipsis title={words}>
      {words}
    </span>
  )
}

/** What has become of an extract that is being made stands in the place of what is there. */
const Data = ({ content }: Pick<ExtractRow, 'content'>) => <RunMark content={content} otherwise={<DataMark content={content} />} />

const columns: readonly ExtractColumn[] = [
  { id: 'picture', label: 'Preview', render: ({ content }) => content.kind === 'workbook' && <ContentPicture content={content} size="row" /> },
  { id: 'project', label: 'Project', sort: 'project', render: ({ content }) => <span data-ellipsis>{content.project?.name}</span> },
  { id: 'kind', label: 'Kind', render: ({ content }) => kindWords[content.kind] },
  { id: 'owner', label: 'Owner', sort: 'owner', render: ({ content }) => <span data-ellipsis>{content.owner?.name}</span> },
  { id: 'data', label: 'Data', render: ({ content }) => <Data content={content} /> },
  { id: 'encryption', label: 'Encryption', render: ({ content }) => <EncryptionMark content={content} /> },
  { id: 'schedules', label: 'Refreshed by', render: ({ tasks }, { tasksOf }) => <Schedules tasks={tasks} tasksOf={tasksOf} /> },
  { id: 'updated', label: 'Updated', sort: 'updatedAt', first: 'desc', render: ({ content }, { zone, now }) => <Instant at={content.updatedAt} zone={zone} now={now} /> },
  { id: 'id', label: 'Id', render: ({ content }) => <span data-ellipsis>{content.id}</span> },
]

/** Every column but the name, which is the link; which of them are shown is a matter of room. Tableau Cloud has no encryption to tell. */
export const extractColumns = { server: columns, cloud: columns.filter(({ id }) => id !== 'encryption') } as const
