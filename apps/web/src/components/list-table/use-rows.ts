import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** What a page asks of a table. */
export interface RowsHandle {
  /** Moves the focus to the next (1) or previous (-1) row. */
  step: (by: 1 | -1) => void
  focusRow: (index: number) => void
  toTop: () => void
}

/** The rows in sight, from 0. */
export interface RowRange {
  first: number
  last: number
}

interface RowsOptions {
  total: number
  /** In pixels. */
  rowHeight: number
  /** False before the first answer. */
  loaded: boolean
  /** Of the row at a place; undefined while it is not here. */
  idAt: (index: number) => string | undefined
  onRange: (range: RowRange) => void
  /** The row that stands on top at first, once it is known how many there are. */
  startAt?: number
}

interface Rows {
  scroller: RefObject<HTMLDivElement | null>
  virtualizer: Virtualizer<HTMLDivElement, Element>
  handle: RowsHandle
}

const headerHeight = 32

/** Rows of one height of which only those in sight exist, and the one with the focus. */
export const useRows = ({ total, rowHeight, loaded, idAt, onRange, startAt = 0 }: RowsOptions): Rows => {
  const scroller = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState<{ row: number }>()
  const [wanted, setWanted] = useState(startAt)
  const current = focus?.row
  // The React compiler, which could not follow it, is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingEnd: headerHeight,
    // The row with the focus stays, or the focus would fall to the page.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range)
      return current === undefined || current >= total || rows.includes(current) ? rows : [...rows, current].toSorted((a, b) => a - b)
    },
  })

  useLayoutEffect(() => {
    virtualizer.measure()
  }, [virtualizer, rowHeight])

  useLayoutEffect(() => {
    if (wanted === 0 || !loaded || total === 0 || scroller.current === null) return
    scroller.current.scrollTop = Math.min(wanted, total - 1) * rowHeight
    setWanted(0)
  }, [wanted, loaded, total, rowHeight])

  const { range } = virtualizer
  const first = wanted > 0 ? wanted : (range?.startIndex ?? 0)
  const last = wanted > 0 ? wanted : (range?.endIndex ?? 0)
  useEffect(() => {
    onRange({ first, last: Math.max(first, Math.min(last, Math.max(0, total - 1))) })
  }, [first, last, total, onRange])

  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(index, total - 1))
    setFocus({ row: target })
    virtualizer.scrollToIndex(target, { align: 'auto' })
  }
  const currentId = current === undefined ? undefined : idAt(current)
  const focused = useRef<{ row: number }>(undefined)
  useEffect(() => {
    if (focus === undefined || focused.current === focus || currentId === undefined) return
    scroller.current?.querySelector<HTMLElement>(`[data-row="${focus.row}"]`)?.focus({ preventScroll: true })
    focused.current = focus
  }, [focus, currentId])

  const handle: RowsHandle = {
    step: (by) => {
      const top = Math.ceil((scroller.current?.scrollTop ?? 0) / rowHeight)
      focusRow(current === undefined ? top : current + by)
    },
    focusRow,
    toTop: () => {
      setFocus(undefined)
      setWanted(0)
      if (scroller.current !== null) scroller.current.scrollTop = 0
    },
  }
  return { scroller, virtualizer, handle }
}
