import type { BulkItem, BulkRunWithItems } from '@refreshboard/api-types'
import { formatCount } from '../../lib/count.ts'
import { useZone } from '../../lib/zone.ts'
import { IconAlertTriangle } from '../icons.ts'
import { ChangedPlan } from './changed-plan.tsx'
import { leftOutByReason } from './plan-changes.ts'
import { inZone, withoutTimes } from './told-times.ts'
import { VirtualList } from './virtual-list.tsx'
import classes from './plan.module.css'

type Row = { kind: 'head'; key: string; words: string; count: number; out: boolean } | { kind: 'item'; key: string; item: BulkItem; out: boolean }

const rowsOf = (items: readonly BulkItem[]): Row[] => {
  const will = items.filter(({ state }) => state !== 'left_out')
  const rows = (members: readonly BulkItem[], out: boolean): Row[] => members.map((item) => ({ kind: 'item', key: `item ${item.n} ${item.id}`, item, out }))
  return [
    ...(will.length === 0 ? [] : [{ kind: 'head' as const, key: 'will', words: 'Will be done', count: will.length, out: false }, ...rows(will, false)]),
    ...leftOutByReason(items).flatMap(({ reason, items: members }) => [{ kind: 'head' as const, key: `out ${reason}`, words: `Left out: ${reason}`, count: members.length, out: true }, ...rows(members, true)]),
  ]
}

/** Why one is left out, where that says more than what it has in common with others. */
const ownReason = ({ reason = '' }: BulkItem, zone: string): string => (withoutTimes(reason) === reason ? '' : inZone(reason, zone))

const PlanRow = ({ row, zone }: { row: Row; zone: string }) =>
  row.kind === 'head' ? (
    <div className={classes['head']} data-out={row.out || undefined}>
      <span>{row.words}</span>
      <span className={classes['count']}>{formatCount(row.count)}</span>
    </div>
  ) : (
    <div className={classes['item']} data-out={row.out || undefined}>
      <div>
        {row.item.name}
        {row.item.about !== undefined && <span className={classes['about']}> {row.item.about}</span>}
      </div>
      <div className={classes['will']}>{row.out ? ownReason(row.item, zone) : row.item.will}</div>
    </div>
  )

/** What a dry run says: what to know beforehand, what will happen to each, and what is left out and why. */
export const PlanView = ({ run, changes }: { run: BulkRunWithItems; changes: readonly string[] | undefined }) => {
  const zone = useZone().name
  const rows = rowsOf(run.items)
  return (
    <>
      {changes !== undefined && <ChangedPlan changes={changes} next="This is the new plan." />}
      {run.warnings.length > 0 && (
        <ul className={classes['warnings']} aria-label="What to know before">
          {run.warnings.map((words) => (
            <li key={words}>
              <IconAlertTriangle size={16} aria-hidden />
              <span>{words}</span>
            </li>
          ))}
        </ul>
      )}
      <VirtualList label="What will happen" rows={rows} keyOf={({ key }) => key} estimate={44} className={classes['plan']}>
        {(row) => <PlanRow row={row} zone={zone} />}
      </VirtualList>
    </>
  )
}
