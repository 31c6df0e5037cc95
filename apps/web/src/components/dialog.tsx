import './dialog.css'
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import { IconX } from './icons.ts'
import classes from './dialog.module.css'

interface DialogProps {
  title: string
  children: ReactNode
  /** Absent: it cannot be closed, only answered. */
  onClose?: () => void
  /** False while a more urgent dialog lies on top of it. */
  active?: boolean
  /** On top of every other dialog. */
  urgent?: boolean
}

/** A dialog on top of the page. Its title is a heading of its own: Mantine's is a second banner to screen readers. */
export const Dialog = ({ title, children, onClose, active = true, urgent = false }: DialogProps) => (
  <Modal
    opened
    onClose={onClose ?? (() => undefined)}
    withCloseButton={false}
    closeOnEscape={onClose !== undefined && active}
    closeOnClickOutside={onClose !== undefined && active}
    trapFocus={active}
    centered
    zIndex={urgent ? 400 : 200}
    attributes={{ content: { 'aria-label': title } }}
  >
    <div className={classes['head']}>
      <h2 className={classes['title']}>{title}</h2>
      {onClose !== undefined && <IconButton icon={IconX} label="Close" onClick={onClose} />}
    </div>
    {children}
  </Modal>
)
