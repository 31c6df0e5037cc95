import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { IconCheck } from './icons.ts'
import classes from './form.module.css'

/** Whose value of a field stands in the form. */
export type Whose = 'mine' | 'theirs'

/** A field in words: as it was when the form was opened, as it is now, and as the form has it. */
export interface ElsewhereRow<F extends string = string> {
  field: F
  label: string
  before: string
  now: string
  mine: string
  /** Absent where nothing was typed here that differs: there is nothing to choose. */
  whose?: Whose | undefined
}

interface ElsewhereNoteProps<F extends string> {
  rows: readonly ElsewhereRow<F>[]
  disabled: boolean
  onTake: (field: F, whose: Whose) => void
}

const choices = [
  { whose: 'mine', words: 'Keep mine' },
  { whose: 'theirs', words: 'Take theirs' },
] as const

/** Reads what is there now, where reading it by itself has failed. */
export const LookAgain = ({ pending, onLook }: { pending: boolean; onLook: () => void }) => (
  <Button size="compact-xs" variant="default" loading={pending} onClick={onLook}>
    Show what is there now
  </Button>
)

/** What somebody else has changed since the form was opened, beside what is typed here, and whose shall hold. */
export const ElsewhereNote = <F extends string>({ rows, disabled, onTake }: ElsewhereNoteProps<F>) => {
  const note = useRef<HTMLDivElement>(null)
  // It answers a press of a button, which may be far from here on a small screen.
  useEffect(() => {
    note.current?.scrollIntoView?.({ block: 'nearest' })
  }, [])
  if (rows.length === 0) {
    return (
      <div ref={note}>
        <output className={classes['notice']}>It is again as it was when this form was opened. You can save.</output>
      </div>
    )
  }
  return (
    <div ref={note} className={classes['notice']}>
      <output>
        <strong>Somebody else has changed it; this is what is there now.</strong> Nothing was saved, and what you typed is kept. Fields that you did not touch show what is there; of the others choose
        whose shall hold, then save again.
      </output>
      <div className={classes['wide']}>
        <table className={classes['compared']}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">When you opened it</th>
              <th scope="col">There now</th>
              <th scope="col">In this form</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ field, label, before, now, mine, whose }) => (
              <tr key={field}>
                <th scope="row">{label}</th>
                <td>{before}</td>
                <td>{now}</td>
                <td>
                  {mine}
                  {whose !== undefined && (
                    <div className={classes['whose']}>
                      {choices.map((choice) => (
                        <Button
                          key={choice.whose}
                          size="compact-xs"
                          variant={whose === choice.whose ? 'filled' : 'default'}
                          aria-pressed={whose === choice.whose}
                          aria-label={`${choice.words}: ${label}`}
                          leftSection={whose === choice.whose ? <IconCheck size={12} aria-hidden /> : undefined}
                          disabled={disabled}
                          onClick={() => onTake(field, choice.whose)}
                        >
                          {choice.words}
                        </Button>
                      ))}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
