import '@mantine/core/styles/Kbd.layer.css'
import { Kbd } from '@mantine/core'
import { Dialog } from '../components/dialog.tsx'
import classes from './help.module.css'

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/'], 'Search'],
  [['j', 'k'], 'Next and previous row'],
  [['x'], 'Select the row with the focus, or leave it out'],
  [['⇧ J', '⇧ K'], 'Select on to the next and previous row; with the mouse ⇧ and a click'],
  [['Enter'], 'Open the row, fold or unfold a group'],
  [['Esc'], 'Close the drawer or the dialog'],
  [['r'], 'Run the task with the focus, or the open one, now'],
  [['c'], 'Cancel the open job, or the row with the focus'],
  [['u'], 'Go to the undo that is offered'],
  [['Ctrl K', '⌘ K'], 'Go to a page, a schedule, content or a site, or do something'],
  [['?'], 'This list'],
]

/** The keyboard shortcuts, and what the marks of the page mean. */
export const Help = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Keyboard and marks" onClose={onClose}>
    <dl className={classes['keys']}>
      {keys.map(([names, does]) => (
        <div key={does}>
          <dt>
            {names.map((name) => (
              <Kbd key={name}>{name}</Kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
    <p>
      <strong>live</strong>: read from Tableau within three polls. <strong>late</strong>: older. <strong>not live</strong>: older than ten polls or five minutes; do not act on it. Times
      are told in the zone named at the top.
    </p>
  </Dialog>
)
