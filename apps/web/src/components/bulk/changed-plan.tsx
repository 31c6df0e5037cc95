import { formatCount } from '../../lib/count.ts'
import { useZone } from '../../lib/zone.ts'
import classes from './changed-plan.module.css'
import { inZone } from './told-times.ts'

/** So many are told; the plan itself has all of them. */
const most = 8

/** What a plan does otherwise than the one that could not be started as it was seen. */
export const ChangedPlan = ({ changes, next }: { changes: readonly string[]; next: string }) => {
  const zone = useZone().name
  return (
    <div className={classes['changed']} role="alert">
      <strong>Something changed in the meantime, so nothing was sent.</strong> {next}
      <ul>
        {changes.slice(0, most).map((words) => (
          <li key={words}>{inZone(words, zone)}</li>
        ))}
        {changes.length > most && <li>And {formatCount(changes.length - most)} more: see the list.</li>}
      </ul>
    </div>
  )
}
