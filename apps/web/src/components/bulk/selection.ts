import { luidSchema } from '@refreshboard/api-types'
import { useEffect, useRef, useState } from 'react'
import { createKeyedStore } from '../../lib/keyed-store.ts'
import { onIdentityChange } from '../../lib/session-store.ts'
import { toastFailure } from '../toasts.tsx'

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

const none: Selection = new Set()
const kept = createKeyedStore<Selection>()
onIdentityChange(kept.clear)
/** Whose selection was done something to: who comes back finds nothing selected, whatever the address says. */
const done = new Set<SelectionOf>()

/** Tableau accepts no other id back. */
export const canBeSelected = (id: string): boolean => luidSchema.safeParse(id).success

const inWords = (selection: Selection): string => (selection === 'all' ? 'all' : selection.size > maxInAddress ? '' : [...selection].join(','))

const parsed = (text: string): Selection => (text === 'all' ? 'all' : new Set(text.split(',').filter(canBeSelected).slice(0, maxInAddress)))

/** A page that is opened shows what its address says; more than an address holds is still there from before. */
const seed = (of: SelectionOf, address: string): void => {
  const before = kept.get(of)
  if (done.delete(of)) kept.set(of, none)
  else if (address !== '' || before === undefined || inWords(before) !== '') kept.set(of, parsed(address))
}

/** What has to be read may fail: then everything stays as it was, which is said. */
const tried = (select: () => Promise<void>): void => {
  void select().catch((error: unknown) => toastFailure('The selection stays as it was', error))
}

interface SelectionInput {
  of: SelectionOf
  /** What the address says. */
  address: string
  /** Writes it into the address. */
  onAddress: (selected: string) => void
  /** The ids from one row to another, in the order of the list; it may have to read them. */
  between: (from: RowAt, to: RowAt) => string[] | Promise<string[]>
  /** Every id that matches, at most so many; it may have to read them. */
  matching: (most: number) => string[] | Promise<string[]>
}

/** What is selected on a page. It stays while the list scrolls, is filtered or changes, and stands in the address while it fits. */
export const useSelection = ({ of, address, onAddress, between, matching }: SelectionInput) => {
  useState(() => seed(of, address))
  const selection = kept.use(of) ?? none
  const anchor = useRef<RowAt>(undefined)
  const text = inWords(selection)
  const input = useRef({ onAddress, between, matching })
  useEffect(() => {
    input.current = { onAddress, between, matching }
  })
  useEffect(() => {
    if (text !== address) input.current.onAddress(text)
  }, [text, address])

  const [actions] = useState(() => {
    const put = (ids: Iterable<string>) => kept.set(of, new Set([...ids].filter(canBeSelected).slice(0, mostSelected)))
    const known = async (): Promise<Set<string>> => {
      const now = kept.get(of) ?? none
      return new Set(now === 'all' ? await input.current.matching(mostSelected) : now)
    }
    const add = (more: string[] | Promise<string[]>) =>
      tried(async () => {
        const read = await more
        put([...(await known()), ...read])
      })
    const flip = (ids: Set<string>, id: string) => {
      if (!ids.delete(id)) ids.add(id)
      put(ids)
    }
    return {
      /** One row in or out; with `range` every row from the last one on in. */
      toggle: (row: RowAt, range = false) => {
        const from = anchor.current
        anchor.current = row
        const now = kept.get(of) ?? none
        if (range && from !== undefined) add(input.current.between(from, row))
        else if (now === 'all') tried(async () => flip(await known(), row.id))
        else flip(new Set(now), row.id)
      },
      add: (rows: readonly RowAt[]) => {
        anchor.current = rows.at(-1)
        add(rows.map(({ id }) => id))
      },
      set: (next: Selection | Promise<string[]>) => {
        if (next === 'all') kept.set(of, 'all')
        else tried(async () => put(await next))
      },
      clear: () => kept.set(of, none),
      /** Ends it with the page: while that is there it would write into its address, and so lead back to itself. */
      finish: () => {
        done.add(of)
      },
    }
  })
  return { ...actions, selection, has: (id: string) => selection === 'all' || selection.has(id) }
}

/** What the row with the focus carries as `data-row` or `data-item`. */
export const rowWithFocus = (name: 'row' | 'item'): string | undefined =>
  document.activeElement?.closest('[role="row"]')?.querySelector(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? undefined
