import type { BulkItem, BulkRunWithItems } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ChangedPlan } from '../../components/bulk/changed-plan.tsx'
import { VirtualList } from '../../components/bulk/virtual-list.tsx'
import { IconAlertTriangle } from '../../components/icons.ts'
import { formatCount } from '../../lib/count.ts'
import { rowsOfPlan } from './as-code-steps.ts'
import classes from './as-code.module.css'

const Item = ({ item }: { item: BulkItem }) => (
  <div className={classes['item']} data-step={item.step}>
    <div>
      <strong>{item.name}</strong>
      {item.about !== undefined && <span className={classes['dim']}> {item.about}</span>}
    </div>
    <div className={classes['dim']}>{item.reason ?? item.will}</div>
    {item.changes !== undefined && item.changes.length > 0 && (
      <ul className={classes['changes']}>
        {item.changes.map(({ field, before, after }) => (
          <li key={field}>
            {field}: {before} → <strong>{after}</strong>
          </li>
        ))}
      </ul>
    )}
  </div>
)

/** So many rows need no tall list. */
const few = 5

interface AsCodePlanProps {
  run: BulkRunWithItems
  /** What it does otherwise than the plan before, where that could not be started as it was. */
  changes: readonly string[] | undefined
}

/** What applying the text would do, by what becomes of each; nothing of it is sent. */
export const AsCodePlan = ({ run, changes }: AsCodePlanProps) => {
  const [withUnchanged, setWithUnchanged] = useState(false)
  const rows = rowsOfPlan(run.items, withUnchanged)
  const unchanged = run.items.filter(({ step }) => step === 'unchanged').length
  return (
    <>
      {changes !== undefined && <ChangedPlan changes={changes} next="This is the new plan: look at it and apply it again." />}
      {run.warnings.map((words) => (
        <p key={words} className={classes['warning']}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>{words}</span>
        </p>
      ))}
      <VirtualList label="The plan" rows={rows} keyOf={({ key }) => key} estimate={46} className={rows.length > few ? classes['plan'] : classes['planOfFew']}>
        {(row) =>
          row.kind === 'item' ? (
            <Item item={row.item} />
          ) : (
            <div className={classes['step']} data-step={row.step}>
              <span>{row.words}</span>
              <span className={classes['count']}>{formatCount(row.count)}</span>
            </div>
          )
        }
      </VirtualList>
      {unchanged > 0 && (
        <Button className={classes['unfold'] ?? ''} size="compact-sm" variant="subtle" aria-expanded={withUnchanged} onClick={() => setWithUnchanged(!withUnchanged)}>
          {withUnchanged ? 'Hide what stays as it is' : `Show the ${formatCount(unchanged)} that stay as they are`}
        </Button>
      )}
    </>
  )
}
