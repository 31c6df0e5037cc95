import { Button, type ButtonProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Hold } from './hold.ts'
import { IconClock } from './icons.ts'

interface GatedButtonProps extends Pick<ButtonProps, 'variant' | 'color' | 'size' | 'leftSection' | 'loading'> {
  children: ReactNode
  /** Its name where what it says is not enough to go by. */
  label?: string | undefined
  /** Why it cannot be used; it then stays reachable by keyboard, so that the reason can be read. */
  reason?: string | undefined
  /** The id of the element that shows the reason. */
  reasonId?: string | undefined
  /** Tableau asked to wait: the button says until when; the sentence is its `reason`. */
  hold?: Hold | undefined
  /** Where it leads; without it `onClick`. */
  to?: string
  onClick?: () => void
}

/** A button, or a link that looks like one, which is shown disabled with its reason where it cannot be used. */
export const GatedButton = ({ children, label, reason, reasonId, hold, to, onClick, ...look }: GatedButtonProps) => {
  if (reason !== undefined) {
    return (
      <Button
        {...look}
        {...(hold === undefined ? {} : { leftSection: <IconClock size={16} aria-hidden /> })}
        aria-label={label}
        aria-disabled
        aria-describedby={reasonId}
        data-disabled
        title={reason}
        onClick={(event) => event.preventDefault()}
      >
        {hold?.words ?? children}
      </Button>
    )
  }
  if (to !== undefined) {
    return (
      <Button {...look} component={Link} to={to} aria-label={label}>
        {children}
      </Button>
    )
  }
  return (
    <Button
      {...look}
      aria-label={label}
      onClick={(event) => {
        // The second half of a double click is no second intention, however fast the first was answered.
        if (event.detail <= 1) onClick?.()
      }}
    >
      {children}
    </Button>
  )
}
