import { useEffect, useRef, type ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import { IconX } from './icons.ts'
import classes from './drawer.module.css'

interface DrawerProps {
  /** What it shows one of: `Task`. */
  label: string
  title: string
  onClose: () => void
  /** What can be done, along the lower edge. */
  actions?: ReactNode
  children: ReactNode
}

/** One item beside its list, which stays usable. The focus goes to its heading when it opens. */
export const Drawer = ({ label, title, onClose, actions, children }: DrawerProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <aside className={classes['drawer']} aria-label={label}>
      <div className={classes['head']}>
        <h2 ref={heading} tabIndex={-1} className={classes['title']}>
          {title}
        </h2>
        <IconButton icon={IconX} label="Close" onClick={onClose} />
      </div>
      <div className={classes['content']}>{children}</div>
      {actions !== undefined && <div className={classes['actions']}>{actions}</div>}
    </aside>
  )
}
