import { lazy, Suspense, useState } from 'react'
import { BrokenPart } from '../broken-part.tsx'
import type { BulkBarProps } from './bulk-bar.tsx'
import classes from './bulk-room.module.css'

const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.tsx')).BulkBar }))

/** Where the bar is, below the list it is about, which scrolls above it: no row moves. It is loaded with the first selection. */
export const BulkRoom = (props: Omit<BulkBarProps, 'onAsking'>) => {
  // What is being asked has an answer, even if nothing matches any more by then.
  const [asking, setAsking] = useState(false)
  return (
    (props.count > 0 || asking) && (
      <div className={classes['room']}>
        <BrokenPart what="The selection">
          <Suspense fallback={null}>
            <BulkBar {...props} onAsking={setAsking} />
          </Suspense>
        </BrokenPart>
      </div>
    )
  )
}
