import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './message.module.css'

interface MessageProps {
  icon: Icon
  title: string
  children: ReactNode
  action?: ReactNode
  /** It stands for a whole page, whose first heading it is. */
  page?: boolean
}

/** A page or a panel that has nothing else to show: what is the matter, why, and what to do next. */
export const Message = ({ icon: Icon, title, children, action, page = false }: MessageProps) => (
  <div className={classes['message']}>
    <Icon size={28} stroke={1.5} aria-hidden className={classes['icon']} />
    {page ? <h1 className={classes['title']}>{title}</h1> : <h2 className={classes['title']}>{title}</h2>}
    <div className={classes['text']}>{children}</div>
    {action !== undefined && <div className={classes['action']}>{action}</div>}
  </div>
)
