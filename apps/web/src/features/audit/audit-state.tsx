import type { AuditState as State } from '@refreshboard/api-types'
import type { Icon } from '@tabler/icons-react'
import { IconBan, IconCheck, IconCircleX, IconClock, IconQuestionMark } from '../../components/icons.ts'
import { stateWords } from './audit-words.ts'
import classes from './audit-page.module.css'

const icons = { done: IconCheck, refused: IconCircleX, unsent: IconBan, sent: IconClock, checking: IconClock, unconfirmed: IconQuestionMark } as const satisfies Record<State, Icon>

/** What is known of a write: an icon and a word. */
export const AuditState = ({ state }: { state: State }) => {
  const Mark = icons[state]
  return (
    <span className={classes['state']} data-state={state}>
      <Mark size={16} aria-hidden />
      {stateWords[state]}
    </span>
  )
}
