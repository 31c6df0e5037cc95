import { useId } from 'react'
import classes from './create-extract.module.css'

interface EncryptChoiceProps {
  /** Why there is nothing to choose. */
  settled: string | undefined
  /** What is set for the item. */
  set: boolean | undefined
  encrypt: boolean
  onChange: (encrypt: boolean) => void
}

/** Whether the new extract is encrypted; where the site settles it for all, it says so instead. */
export const EncryptChoice = ({ settled, set, encrypt, onChange }: EncryptChoiceProps) => {
  const hintId = useId()
  if (settled !== undefined) return <p className={classes['settled']}>{settled}</p>
  return (
    <div className={classes['group']}>
      <label className={classes['option']}>
        <input type="checkbox" checked={encrypt} onChange={(event) => onChange(event.currentTarget.checked)} {...(set === true ? { 'aria-describedby': hintId } : {})} />
        <span>Encrypt the extract</span>
      </label>
      {set === true && (
        <p id={hintId} className={classes['hint']}>
          It is set to be encrypted: Tableau then encrypts the extract either way.
        </p>
      )}
    </div>
  )
}
