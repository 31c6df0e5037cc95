import classes from './form.module.css'

/** A field in words: as it was when the form was opened, as it is now, and as the form has it. */
export interface ElsewhereRow {
  field: string
  label: string
  before: string
  now: string
  mine: string
}

/** What somebody else has changed since the form was opened, beside what is typed here. */
export const ElsewhereNote = ({ rows }: { rows: readonly ElsewhereRow[] }) => {
  if (rows.length === 0) {
    return <output className={classes['notice']}>It is again as it was when this form was opened. You can save.</output>
  }
  return (
    <output className={classes['notice']}>
      <strong>This is what is there now.</strong> Fields that you did not touch show it too; saving replaces the others by yours.
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
          {rows.map(({ field, label, before, now, mine }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td>{before}</td>
              <td>{now}</td>
              <td>{mine}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </output>
  )
}
