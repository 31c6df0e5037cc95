import { useId, type ReactNode } from 'react'
import classes from './tip.module.css'

interface TipProps {
  /** What is told on hover and on focus. */
  text: ReactNode
  children: (describedBy: string) => ReactNode
}

/** More words about something, on hover and on focus, without a script that positions them. */
export const Tip = ({ text, children }: TipProps) => {
  const id = useId()
  return (
    <span className={classes['host']}>
      {children(id)}
      <span role="tooltip" id={id} className={classes['tip']}>
        {text}
      </span>
    </span>
  )
}
