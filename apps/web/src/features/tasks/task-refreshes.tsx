import type { Task } from '@refreshboard/api-types'
import { ContentIcon } from '../../components/content-picture.tsx'
import { kindWords, taskName } from '../../lib/task-words.ts'
import classes from '../../components/form.module.css'

/** What a task refreshes, where it is settled. */
export const Refreshes = ({ content }: Pick<Task, 'content'>) => (
  <div>
    <div className={classes['legend']}>Refreshes</div>
    <div className={classes['fixed']}>
      {content !== undefined && <ContentIcon kind={content.kind} />} <strong>{taskName({ content })}</strong>
      {content !== undefined && `, ${[kindWords[content.kind], content.project?.name, content.owner?.name].filter((part) => part !== undefined).join(' · ')}`}
    </div>
  </div>
)
