import classes from './middle-truncate.module.css'

const tailLength = 10

/** A name that is shortened in the middle when the room is short: its end tells as much as its beginning. */
export const MiddleTruncate = ({ text }: { text: string }) => {
  if (text.length <= 2 * tailLength) return <span className={classes['whole']}>{text}</span>
  return (
    <span className={classes['name']}>
      <span className={classes['head']}>{text.slice(0, -tailLength)}</span>
      <span className={classes['tail']}>{text.slice(-tailLength)}</span>
    </span>
  )
}
