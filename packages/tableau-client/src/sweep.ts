import type { TableauReply } from './reply.ts'
import { TableauApiError } from './errors.ts'
import type { Page, PageRequest } from './paging.ts'

export interface SweepOptions<T> {
  /** 1 to 1,000 (1,000). */
  readonly pageSize?: number
  /** How many pages are asked for at once (2). */
  readonly concurrency?: number
  readonly signal?: AbortSignal
  /** Each page as it arrives, and what is known so far; pages can arrive out of order. */
  readonly onPage?: (page: Page<T>, progress: { readonly read: number; readonly available: number | undefined }) => void
}

export interface Sweep<T> {
  /** Each id once, as last seen, in the order of Tableau's list as far as pages arrived in order. */
  readonly rows: T[]
  /** Tableau's last `totalAvailable`; it can differ from the number of rows. */
  readonly available?: number
  /** Tableau's clock at the last page. */
  readonly date?: number
  readonly calls: number
  /** False when the list kept shrinking while it was read, so that a row may have slipped from one page to another unseen. */
  readonly stable: boolean
}

const maxPasses = 3

/** Past the last page Tableau answers 400006; an empty list has a first page. */
const isPastEnd = (error: unknown): boolean => error instanceof TableauApiError && error.code === '400006'

/** Whether a page was told a smaller total than one asked for before it. */
const shrinks = (totals: readonly number[]): boolean => {
  let most = 0
  return totals.some((total) => {
    most = Math.max(most, total)
    return total < most
  })
}

/**
 * Reads all pages of a list: the first, then the others two at a time. Ends at a short or empty page or at 400006, however
 * many `totalAvailable` promises (`tableau/server-client-python#1304`), and goes on past it when the list has grown.
 * Rows are kept by id. When the list shrank, rows may have moved up onto a page already read: it starts again, twice at
 * most.
 *
 * @throws whatever `fetchPage` throws, 400006 excepted; the other call under way is aborted then.
 */
export const sweepPages = async <T extends { readonly id: string }>(
  fetchPage: (request: PageRequest, signal: AbortSignal) => Promise<TableauReply<Page<T>>>,
  options: SweepOptions<T> = {},
): Promise<Sweep<T>> => {
  const { pageSize: askedSize = 1000, concurrency = 2, onPage } = options
  const ending = new AbortController()
  const signal = options.signal === undefined ? ending.signal : AbortSignal.any([options.signal, ending.signal])
  let calls = 0
  let available: number | undefined
  let date: number | undefined

  const pass = async (rows: Map<string, T>): Promise<boolean> => {
    let pageSize = askedSize
    let next = 1
    let last = Number.POSITIVE_INFINITY
    /** By page, so in the order of asking. */
    const totals: number[] = []
    let sawShortPage = false
    let promisedInVain = false

    const readOne = async (pageNumber: number): Promise<void> => {
      calls += 1
      let reply: TableauReply<Page<T>>
      try {
        reply = await fetchPage({ pageNumber, pageSize }, signal)
      } catch (error) {
        if (!isPastEnd(error)) throw error
        last = Math.min(last, pageNumber - 1)
        promisedInVain ||= totals.some((total) => (pageNumber - 1) * pageSize < total)
        return
      }
      const page = reply.value
      date = reply.date ?? date
      const known = rows.size
      for (const row of page.rows) rows.set(row.id, row)
      if (page.totalAvailable !== undefined) {
        available = page.totalAvailable
        totals[pageNumber] = available
      }
      if (pageNumber === 1 && page.rows.length === page.pageSize) pageSize = Math.min(pageSize, page.pageSize)
      // Without a total, a page of nothing new is a list that does not know pages and is sent whole each time.
      if (page.rows.length < pageSize || (available === undefined && rows.size === known)) {
        last = Math.min(last, pageNumber)
        sawShortPage = true
      }
      onPage?.(page, { read: rows.size, available })
    }
    const hasNext = (): boolean => next <= last && (available === undefined || (next - 1) * pageSize < available)
    const worker = async (): Promise<void> => {
      while (hasNext()) {
        next += 1
        await readOne(next - 1)
      }
    }

    available = undefined
    next = 2
    await readOne(1)
    await Promise.all(Array.from({ length: concurrency }, worker))
    // A page that should have been there and was not, after full ones: the list got shorter by as much.
    return !shrinks(totals) && !(promisedInVain && !sawShortPage)
  }

  try {
    let before = new Map<string, T>()
    for (let passes = 1; ; passes += 1) {
      const rows = new Map<string, T>()
      const stable = await pass(rows)
      if (stable || passes === maxPasses) {
        return {
          rows: [...(stable ? rows : new Map([...before, ...rows])).values()],
          ...(available === undefined ? {} : { available }),
          ...(date === undefined ? {} : { date }),
          calls,
          stable,
        }
      }
      before = rows
    }
  } catch (error) {
    ending.abort(error)
    throw error
  }
}
