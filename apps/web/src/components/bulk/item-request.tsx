import type { BulkRunWithItems } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '../../lib/count.ts'
import { WouldSend } from '../would-send.tsx'
import classes from './plan.module.css'

/** What would be sent for each item of a plan, one item at a time: all of its requests, in order. */
export const ItemRequest = ({ run }: { run: BulkRunWithItems }) => {
  const [at, setAt] = useState(0)
  const items = run.items.filter(({ state }) => state === 'planned')
  const item = items[Math.min(at, items.length - 1)]
  if (item === undefined) return null
  const step = (by: number) => setAt((Math.min(at, items.length - 1) + by + items.length) % items.length)
  return (
    <div className={classes['request']}>
      <WouldSend write={{ operation: 'bulk.item', params: { id: run.id, n: String(item.n) } }} title={`What would be sent for “${item.name}”`} />
      {items.length > 1 && (
        <div className={classes['steps']}>
          <span>
            {formatCount(items.indexOf(item) + 1)} of {formatCount(items.length)}
          </span>
          <Button variant="default" size="compact-xs" aria-label="The request of the one before" onClick={() => step(-1)}>
            ‹
          </Button>
          <Button variant="default" size="compact-xs" aria-label="The request of the next one" onClick={() => step(1)}>
            ›
          </Button>
        </div>
      )}
    </div>
  )
}
