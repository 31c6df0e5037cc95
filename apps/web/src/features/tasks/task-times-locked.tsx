import type { Task } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import type { ServerZone } from '../../lib/server-zone.ts'
import { scheduleName } from '../../lib/task-words.ts'
import classes from '../../components/form.module.css'

interface TaskTimesLockedProps {
  base: Task
  /** Why its times cannot be sent back as they are. */
  fault: string
  site: ServerZone
  disabled: boolean
  /** Chooses all of its times anew. */
  onNewTimes: () => void
}

/** Times that cannot be sent back as they are, with the reason where they stand: they stay until others are chosen. */
export const TaskTimesLocked = ({ base, fault, site, disabled, onNewTimes }: TaskTimesLockedProps) => (
  <div>
    <div className={classes['legend']}>Repeats</div>
    <div className={classes['locked']}>
      <strong>{base.schedule === undefined ? 'No times' : scheduleName(base.schedule)}</strong> <span className={classes['fixed']}>({site.words})</span>
      <p>{fault} Its times stay as they are unless you choose all of them anew.</p>
      <Button variant="default" size="compact-sm" mt={8} disabled={disabled} onClick={onNewTimes}>
        Choose its times anew
      </Button>
    </div>
  </div>
)
