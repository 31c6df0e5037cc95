import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import classes from './facts.module.css'

/** What is known of one item, a line each. */
export const Facts = ({ children }: { children: ReactNode }) => <dl className={classes['facts']}>{children}</dl>

export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={classes['fact']}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

/** An id, with copy. */
export const Id = ({ id, what }: { id: string; what: string }) => (
  <span className={classes['id']}>
    <code>{id}</code>
    <CopyButton text={id} what={what} />
  </span>
)
