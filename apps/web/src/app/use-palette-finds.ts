import { listDatasources, listSchedules, listTasks, listWorkbooks, type Content, type Schedule } from '@refreshboard/api-types'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { readOf } from '../lib/query.ts'
import { useIsLive, useSession } from '../lib/session-store.ts'
import { useSettled } from '../lib/use-settled.ts'

const freshMs = 60_000
const someSchedules = 5
const moreSchedules = 8
const someContent = '5'
const fewestLetters = 2

interface Finds {
  schedules: Schedule[]
  content: Content[]
  /** Content is still being looked for. */
  looking: boolean
  /** Whether a task refreshes this content; what is not known is told as if. */
  hasTask: (content: Content) => boolean
}

/** Schedules and content by name, as somebody types. What Tableau does not show this person is just not found. */
export const usePaletteFinds = (text: string): Finds => {
  const live = useIsLive()
  const { readSchedules, listTasks: readTasks } = useSession().can
  const typed = text.trim()
  const q = useSettled(typed)
  const asks = live && q.length >= fewestLetters
  const query = { q, limit: someContent }
  const schedules = useQuery({ ...readOf(listSchedules, undefined, { as: 'palette' }), enabled: live && readSchedules.allowed, staleTime: freshMs })
  const tasks = useQuery({ ...readOf(listTasks, undefined, { as: 'palette' }), enabled: live && readTasks.allowed, staleTime: freshMs })
  const workbooks = useQuery({ ...readOf(listWorkbooks, { query }), enabled: asks, staleTime: freshMs, placeholderData: keepPreviousData })
  const datasources = useQuery({ ...readOf(listDatasources, { query }), enabled: asks, staleTime: freshMs, placeholderData: keepPreviousData })

  const wanted = typed.toLowerCase()
  const found = (schedules.data?.schedules ?? []).filter(({ name }) => name.toLowerCase().includes(wanted))
  return {
    schedules: found.slice(0, wanted === '' ? someSchedules : moreSchedules),
    content: typed.length < fewestLetters ? [] : [...(workbooks.data?.rows ?? []), ...(datasources.data?.rows ?? [])],
    looking: typed.length >= fewestLetters && (q !== typed || workbooks.isFetching || datasources.isFetching),
    hasTask: ({ id }) => tasks.data === undefined || tasks.data.tasks.some(({ content }) => content?.id === id),
  }
}
