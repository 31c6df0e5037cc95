/* oxlint-disable jsx-a11y/prefer-tag-over-role -- of the real list only what is in sight exists */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'
import classes from './virtual-list.module.css'

interface VirtualListProps<T> {
  label: string
  rows: readonly T[]
  keyOf: (row: T) => string
  /** How high a row is before it is seen, in pixels. */
  estimate: number
  children: (row: T) => ReactNode
  className?: string | undefined
}

/** A long list of which only what is in sight exists. Its rows are as high as what is in them; it scrolls by keyboard, too. */
export const VirtualList = <T,>({ label, rows, keyOf, estimate, children, className }: VirtualListProps<T>) => {
  const scroller = useRef<HTMLDivElement>(null)
  // The React compiler, which could not follow it, is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : keyOf(row)
    },
    overscan: 8,
  })
  return (
    // A region that scrolls has to be reached by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className={`${classes['scroller']} ${className ?? ''}`} role="group" aria-label={label} tabIndex={0}>
      <div role="list" aria-label={label} className={classes['list']} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index]
          return (
            <div
              key={String(key)}
              ref={virtualizer.measureElement}
              data-index={index}
              role="listitem"
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className={classes['row']}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row !== undefined && children(row)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
