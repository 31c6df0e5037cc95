import type { Content, Permission } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive } from '../../lib/session-store.ts'
import type { ContentRef } from './add-task.search.ts'
import { datasourceOf, workbookOf, type HeldTasks } from './tasks.queries.ts'

interface ChosenContent {
  /** As much as is known of it; its name may be absent. */
  content: Content | undefined
  /** Whether this person may do with it what its owner may; not known while it is being read. */
  manage: Permission | undefined
  /** Why it could not be read. */
  error: Error | undefined
  /** Keeps what was just picked, so that its name is there while it is read. */
  keep: (content: Content) => void
}

/** The workbook or data source that the address names, by what is at hand, else read. */
export const useChosenContent = (ref: ContentRef | undefined, tasks: HeldTasks | undefined): ChosenContent => {
  const live = useIsLive()
  const [picked, setPicked] = useState<Content>()
  const same = (content: Content | undefined): content is Content => content !== undefined && content.kind === ref?.kind && content.id === ref.id
  const known = same(picked) ? picked : tasks?.tasks.map(({ content }) => content).find(same)
  const wanted = live && ref !== undefined
  const workbook = useQuery({ ...workbookOf(ref?.id ?? ''), enabled: wanted && ref.kind === 'workbook' })
  const datasource = useQuery({ ...datasourceOf(ref?.id ?? ''), enabled: wanted && ref.kind === 'datasource' })
  const { data: read, error } = ref?.kind === 'datasource' ? datasource : workbook
  return {
    manage: same(read) ? read.manage : undefined,
    content: ref === undefined ? undefined : same(read) ? read : (known ?? ref),
    error: ref === undefined || error === null || isSessionEnd(error) ? undefined : error,
    keep: setPicked,
  }
}
