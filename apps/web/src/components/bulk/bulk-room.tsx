import { lazy, Suspense } from 'react'
import { BrokenPart } from '../broken-part.tsx'
import type { BulkBarProps } from './bulk-bar.tsx'
import classes from './bulk-room.module.css'

const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.tsx')).BulkBar }))

/** Where the bar is, below the list it is about, which scrolls above it: no row moves. It is loaded with the first selection. */
export const BulkRoom = (props: BulkBarProps) =>
  props.count > 0 && (
    <div className={classes['room']}>
      <BrokenPart what="The selection">
        <Suspense fallback={null}>
          <BulkBar {...props} />
        </Suspense>
      </BrokenPart>
    </div>
  )
