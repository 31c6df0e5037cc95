import { Button } from '@mantine/core'
import { Dialog } from '../../components/dialog.tsx'
import { useIsLive } from '../../lib/session-store.ts'
import type { Difference } from './schedule-differences.ts'
import classes from './schedule-form.module.css'
import dialog from './confirm-dialog.module.css'

interface SaveDialogProps {
  name: string
  differences: readonly Difference[]
  onSave: () => void
  onClose: () => void
}

/** What saving changes, before → after, in words. */
export const SaveDialog = ({ name, differences, onSave, onClose }: SaveDialogProps) => {
  const live = useIsLive()
  return (
    <Dialog title={`Save “${name}”`} onClose={onClose} active={live}>
      <table className={classes['compared']}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ field, label, before, after }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td>{before}</td>
              <td>
                <strong>{after}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>Everything else stays as it is. The change holds for every site of the server.</p>
      <div className={dialog['buttons']}>
        <Button variant="default" onClick={onClose}>
          Go on editing
        </Button>
        <Button
          data-autofocus
          onClick={(event) => {
            // The second half of a double click is no second intention.
            if (event.detail <= 1) onSave()
          }}
        >
          Save changes
        </Button>
      </div>
    </Dialog>
  )
}
