import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { IconArrowLeft } from './icons.ts'
import classes from './sub-page.module.css'

interface SubPageProps {
  title: string
  /** How many it is about, beside the title. */
  count?: number | undefined
  /** The page that it belongs to. */
  back: { to: string; label: string }
  busy?: boolean
  /** Beside the title: state, age, what can be done. */
  beside?: ReactNode
  children: ReactNode
}

/** The frame of a page that belongs to another one, such as one schedule to their list. */
export const SubPage = ({ title, count, back, busy, beside, children }: SubPageProps) => (
  <div className={classes['page']} aria-busy={busy}>
    <div className={classes['frame']}>
      <Link to={back.to} className={classes['back']}>
        <IconArrowLeft size={16} aria-hidden />
        {back.label}
      </Link>
      <h1 className={classes['title']}>
        {title}
        {count !== undefined && <span className={classes['count']}> {count}</span>}
      </h1>
      {beside}
    </div>
    {children}
  </div>
)
