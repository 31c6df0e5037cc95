import { luidSchema } from '@refreshboard/api-types'
import { useEffect, useRef, useState } from 'react'
import { createKeyedStore } from '../../lib/keyed-store.ts'
import { onIdentityChange } from '../../lib/session-store.ts'
import { toastFailure } from '../toasts.tsx'
import { createLine, type Line } from './selection-line.ts'

/** The ids of what is selected, or `all` that match the filter, which the BFF works out. */
export type Selection = 'all' | ReadonlySet<string>

export type SelectionOf = 'jobs' | 'tasks' | 'schedules'

/** A row where it stands in its list. */
export interface RowAt {
  id: string
  index: number
}

/** As many as one run can have: `maxBulkItems` of the contract, which the landing page does not load. */
export const mostSelected = 1000

/** So many ids fit into an address; more are kept in memory alone. */
export const maxInAddress = 30

/** What is kept: all that match goes with the filter of which it was said. */
type Kept = { allOf: string } | ReadonlySet<string>

const none: ReadonlySet<string> = new Set()
const kept = createKeyedStore<Kept>()
/** Whose ids are being read, before what was asked for can be seen. */
const reading = createKeyedStore<true>()
/** Whose selection was done something to: who comes back finds nothing selected, whatever the address says. */
const done = new Set<SelectionOf>()

/** What has to be read may fail: then everything stays as it was, which is said. */
const lineOf = (of: SelectionOf): Line =>
  createLine(
    (busy) => reading.set(of, busy || undefined),
    (error) => toastFailure('The selection stays as it was', error),
  )
const lines: Record<SelectionOf, Line> = { jobs: lineOf('jobs'), tasks: lineOf('tasks'), schedules: lineOf('schedules') }

onIdentityChange(() => {
  for (const line of Object.values(lines)) line.drop()
  kept.clear()
})

/** Tableau accepts no other id back. */
export const canBeSelected = (id: string): boolean => luidSchema.safeParse(id).success

const inWords = (selection: Selection): string => (selection === 'all' ? 'all' : selection.size > maxInAddress ? '' : [...selection].join(','))

const parsed = (text: string, filter: string): Kept => (text === 'all' ? { allOf: filter } : new Set(text.split(',').filter(canBeSelected).slice(0, maxInAddress)))

/** A page that is opened shows what its address says; more than an address holds is still there from before. */
const seed = (of: SelectionOf, address: string, filter: string): void => {
  const before = kept.get(of)
  const isOver = done.delete(of)
  if (!isOver && address === '' && before !== undefined && !('allOf' in before) && before.size > maxInAddress) return
  lines[of].drop()
  kept.set(of, isOver ? none : parsed(address, filter))
}

type Ids = string[] | Promise<string[]>

interface SelectionInput {
  of: SelectionOf
  /** What the address says. */
  address: string
  /** Stands for the filter: “all that match” is over with the one of which it was said. */
  filter: string
  /** Stands for the order of the list: a range begins in the order in which it ends. */
  order: string
  /** Writes it into the address. */
  onAddress: (selected: string) => void
  /** The ids from one row to another, in the order of the list; it may have to read them. */
  between: (from: RowAt, to: RowAt) => Ids
  /** Every id that matches, at most so many; it may have to read them. */
  matching: (most: number) => Ids
}

/** What is selected on a page. It stays while the list scrolls, is filtered or changes, and stands in the address while it fits. */
export const useSelection = ({ of, address, filter, order, onAddress, between, matching }: SelectionInput) => {
  useState(() => seed(of, address, filter))
  const held = kept.use(of) ?? none
  const isOver = 'allOf' in held && held.allOf !== filter
  const selection: Selection = isOver ? none : 'allOf' in held ? 'all' : held
  const anchor = useRef<{ row: RowAt; order: string }>(undefined)
  const text = inWords(selection)
  const input = useRef({ filter, order, onAddress, between, matching })
  useEffect(() => {
    input.current = { filter, order, onAddress, between, matching }
  })
  useEffect(() => {
    if (text !== address) input.current.onAddress(text)
  }, [text, address])

  const [actions] = useState(() => {
    const line = lines[of]
    const set = (next: Kept) => {
      line.drop()
      kept.set(of, next)
    }
    const put = (ids: Iterable<string>) => kept.set(of, new Set([...ids].filter(canBeSelected).slice(0, mostSelected)))
    /** What is kept is looked at when its turn comes: others may have changed it by then. */
    const change = (to: (ids: string[], more: string[]) => string[], more: () => Ids = () => []) => {
      const { matching: all } = input.current
      const read = () => {
        const now = kept.get(of) ?? none
        const [ids, read] = ['allOf' in now ? all(mostSelected) : [...now], more()]
        return ids instanceof Promise || read instanceof Promise ? Promise.all([ids, read]) : ([ids, read] as const)
      }
      line.add<readonly [string[], string[]]>(read, ([ids, read]) => put(to(ids, read)))
    }
    const add = (more: () => Ids) => change((ids, read) => [...ids, ...read], more)
    const anchored = (row: RowAt | undefined): RowAt | undefined => {
      const before = anchor.current
      anchor.current = row === undefined ? undefined : { row, order: input.current.order }
      return before?.order === input.current.order ? before.row : undefined
    }
    return {
      /** One row in or out, whichever it is not as it is seen; with `range` every row from the last one on in. */
      toggle: (row: RowAt, range = false) => {
        const from = anchored(row)
        const { between: rows } = input.current
        const now = kept.get(of) ?? none
        const isIn = 'allOf' in now || now.has(row.id)
        if (range && from !== undefined) add(() => rows(from, row))
        else change((ids) => (isIn ? ids.filter((id) => id !== row.id) : [...ids, row.id]))
      },
      add: (rows: readonly RowAt[]) => {
        anchored(rows.at(-1))
        add(() => rows.map(({ id }) => id))
      },
      set: (next: Selection | Promise<string[]>) => {
        if (next === 'all') set({ allOf: input.current.filter })
        else if (next instanceof Promise) {
          line.drop()
          line.add(() => next, put)
        } else {
          line.drop()
          put(next)
        }
      },
      clear: () => set(none),
      /** Ends it with the page: while that is there it would write into its address, and so lead back to itself. */
      finish: () => {
        done.add(of)
      },
    }
  })
  useEffect(() => {
    if (isOver) actions.clear()
  }, [isOver, actions])
  /** `reading`: what was asked for last is not seen yet. */
  return { ...actions, selection, reading: reading.use(of) === true, has: (id: string) => selection === 'all' || selection.has(id) }
}

/** What the row with the focus carries as `data-row` or `data-item`. */
export const rowWithFocus = (name: 'row' | 'item'): string | undefined =>
  document.activeElement?.closest('[role="row"]')?.querySelector(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? undefined
