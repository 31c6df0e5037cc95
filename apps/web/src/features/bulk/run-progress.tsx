import type { BulkRun } from '@refreshboard/api-types'
import { progressOf, troubleOf } from '../../components/bulk/bulk-words.ts'
import { formatCount } from '../../lib/count.ts'
import classes from './run.module.css'

/** Of how many it is known what became of them. */
export const RunProgress = ({ run }: { run: BulkRun }) => {
  const { known, total } = progressOf(run)
  const words = `${formatCount(known)} of ${formatCount(total)}`
  const refused = troubleOf(run)
  return (
    <div className={classes['progress']}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- what was refused has a part of its own, which a progress element cannot show */}
      <div role="progressbar" aria-label="Progress" aria-valuemin={0} aria-valuemax={total} aria-valuenow={known} aria-valuetext={words} className={classes['track']}>
        <div className={classes['done']} style={{ width: `${total === 0 ? 0 : ((known - refused) / total) * 100}%` }} />
        <div className={classes['trouble']} style={{ width: `${total === 0 ? 0 : (refused / total) * 100}%` }} />
      </div>
      <span className={classes['figure']}>{words}</span>
    </div>
  )
}
