import type { Schedule } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { repeatsInWords } from './schedule-words.ts'
import type { ServerZone } from '../../lib/server-zone.ts'
import classes from '../../components/form.module.css'

interface TimesLockedProps {
  base: Schedule
  /** Why its times cannot be written back; without one they are only not told. */
  fault: string | undefined
  server: ServerZone
  disabled: boolean
  /** Sets all its times anew. */
  onNewTimes: () => void
}

/** Times that cannot be changed as they are, with the reason where they stand. */
export const TimesLocked = ({ base, fault, server, disabled, onNewTimes }: TimesLockedProps) => (
  <div>
    <div className={classes['legend']}>Repeats</div>
    <div className={classes['locked']}>
      <strong>{repeatsInWords(base)}</strong> <span className={classes['fixed']}>({server.words})</span>
      {fault === undefined ? (
        <>
          <p>
            This Tableau tells only how often it runs, not when. Its times stay as they are unless you set all of them anew
            {base.frequency === 'Weekly' ? ', and a Weekly schedule cannot be changed without its days, or Tableau would run it on all seven.' : '.'}
          </p>
          <Button variant="default" size="compact-sm" mt={8} disabled={disabled} onClick={onNewTimes}>
            Set its times anew
          </Button>
        </>
      ) : (
        <p>{fault} Its times stay as they are; saving here never sends them.</p>
      )}
    </div>
  </div>
)
