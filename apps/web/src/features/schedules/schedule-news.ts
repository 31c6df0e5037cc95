import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { z } from 'zod'
import { createKeyedStore } from '../../lib/keyed-store.ts'
import { useSession } from '../../lib/session-store.ts'

const newsSchema = z.object({
  /** Of one change: its undo takes what was told of it back. */
  id: z.string(),
  /** The principal whose change it was; nobody else is told of it. */
  by: z.string(),
  /** It was made a moment ago: Tableau may not show it yet. */
  made: z.boolean().catch(false),
  /** What Tableau warned of. */
  warnings: z.array(z.string()).catch([]),
  /** What somebody else had changed meanwhile and was kept. */
  merged: z.array(z.string()).catch([]),
  /** What of the change Tableau did not keep. */
  differs: z.array(z.string()).catch([]),
  /** What somebody else changed in the same moment, and stays. */
  moved: z.array(z.string()).catch([]),
})

/** What the page of a schedule is told by the one that led to it; it goes with the entry of the browser's history. */
export type ScheduleNews = z.output<typeof newsSchema>

const quiet = { warnings: [], merged: [], differs: [], moved: [] }
const none: ScheduleNews = { id: '', by: '', made: false, ...quiet }

/** Changes of which nothing is to be told any more, by id: they were undone, from whatever page. */
const undone = createKeyedStore<true>()

/** A change was undone: what was told of it is not so any more. */
export const newsUndone = (id: string): void => undone.set(id, true)

/** What the state of an entry of the history tells this principal. */
export const parseNews = (state: unknown, principal: string): ScheduleNews => {
  const { data } = newsSchema.safeParse(state)
  return data?.by === principal ? data : none
}

export interface News {
  news: ScheduleNews
  /** Takes it out of the history: it does not come back with the page. */
  forget: () => void
}

/** What became of the change that led to this page, until it was read or undone. */
export const useNews = (): News => {
  const location = useLocation()
  const navigate = useNavigate()
  const { principal } = useSession()
  const news = parseNews(location.state, principal)
  const isUndone = undone.use(news.id) === true
  const { pathname, search, hash } = location
  const forget = () => void navigate({ pathname, search, hash }, { replace: true, state: { ...news, ...quiet } satisfies ScheduleNews, preventScrollReset: true })
  useEffect(() => {
    if (isUndone) forget()
    // Once, when it was undone.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isUndone])
  return { news: isUndone ? { ...news, ...quiet } : news, forget }
}
