import { Button } from '@mantine/core'
import { Suspense, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { IconChevronDown } from './icons.ts'
import classes from './dropdown.module.css'

interface DropdownProps {
  /** What the button says; `ariaLabel` where that is not enough to go by. */
  label: ReactNode
  ariaLabel: string
  icon?: ReactNode
  /** `menu`: items to choose from with the arrow keys. `panel`: anything else, such as fields. */
  kind: 'menu' | 'panel'
  align?: 'start' | 'end'
  look?: 'subtle' | 'default' | 'light'
  chevron?: boolean
  loading?: boolean
  className?: string | undefined
  children: (close: () => void) => ReactNode
}

const edge = 8

/** Places the panel below its button, inside the window. */
const place = (panel: HTMLElement, button: HTMLElement, align: 'start' | 'end') => {
  const at = button.getBoundingClientRect()
  const { width } = panel.getBoundingClientRect()
  const left = align === 'start' ? at.left : at.right - width
  panel.style.top = `${at.bottom + 4}px`
  panel.style.left = `${Math.max(edge, Math.min(left, window.innerWidth - width - edge))}px`
  panel.style.maxHeight = `${window.innerHeight - at.bottom - 4 - edge}px`
}

const itemsOf = (panel: HTMLElement): HTMLElement[] => [...panel.querySelectorAll<HTMLElement>('[role^="menuitem"]')]

const moves: Partial<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => (at >= last ? 0 : at + 1),
  ArrowUp: (at, last) => (at <= 0 ? last : at - 1),
  Home: () => 0,
  End: (_at, last) => last,
}

/** Tells once that what is in the panel is there, which may have had to be loaded first. */
const Contents = ({ onShown, children }: { onShown: () => void; children: ReactNode }) => {
  const told = useRef(onShown)
  useLayoutEffect(() => told.current(), [])
  return children
}

/**
 * A button with a panel below it, on the browser's own popover: it closes on Escape and on a click elsewhere, and gives
 * the focus back. A library that positions it would cost the first load more than all dropdowns are worth.
 */
export const Dropdown = ({ label, ariaLabel, icon, kind, align = 'start', look = 'subtle', chevron = true, loading = false, className, children }: DropdownProps) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState(false)

  const close = () => {
    document.getElementById(id)?.hidePopover()
  }
  const shown = () => {
    if (panel.current === null || button.current === null) return
    place(panel.current, button.current, align)
    const first = kind === 'menu' ? itemsOf(panel.current)[0] : panel.current.querySelector<HTMLElement>('button, input, select')
    first?.focus()
  }
  const keys = (event: KeyboardEvent) => {
    if (kind !== 'menu' || panel.current === null) return
    const items = itemsOf(panel.current)
    const at = items.findIndex((item) => item === document.activeElement)
    const to = moves[event.key]?.(at, items.length - 1)
    if (to === undefined) return
    event.preventDefault()
    items[to]?.focus()
  }
  return (
    <>
      <Button
        ref={button}
        variant={look}
        color={look === 'light' ? 'blue' : 'gray'}
        size="compact-sm"
        className={className ?? ''}
        loading={loading}
        aria-label={ariaLabel}
        aria-haspopup={kind === 'menu' ? 'menu' : 'dialog'}
        aria-expanded={opened}
        aria-controls={id}
        leftSection={icon}
        rightSection={chevron ? <IconChevronDown size={14} aria-hidden /> : undefined}
        popoverTarget={id}
      >
        {label}
      </Button>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is chosen below */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role={kind === 'menu' ? 'menu' : 'dialog'}
        aria-label={ariaLabel}
        className={classes['panel']}
        onKeyDown={keys}
        onToggle={(event) => setOpened(event.newState === 'open')}
      >
        {opened && (
          <Suspense fallback={null}>
            <Contents onShown={shown}>{children(close)}</Contents>
          </Suspense>
        )}
      </div>
    </>
  )
}

interface DropdownItemProps {
  children: ReactNode
  /** One of several of which one is chosen. */
  chosen?: boolean
  /** Why it cannot be chosen; it stays readable. */
  reason?: string | undefined
  icon?: ReactNode
  onClick: () => void
}

/** One item of a menu. */
export const DropdownItem = ({ children, chosen, reason, icon, onClick }: DropdownItemProps) => (
  <button
    type="button"
    role={chosen === undefined ? 'menuitem' : 'menuitemradio'}
    {...(chosen === undefined ? {} : { 'aria-checked': chosen })}
    aria-disabled={reason !== undefined}
    tabIndex={-1}
    className={classes['item']}
    onClick={() => (reason === undefined ? onClick() : undefined)}
  >
    {icon}
    <span className={classes['text']}>
      {children}
      {reason !== undefined && <span className={classes['hint']}>{reason}</span>}
    </span>
    {chosen === true && <span aria-hidden>✓</span>}
  </button>
)

/** Words between the items. */
export const DropdownText = ({ children }: { children: ReactNode }) => <div className={classes['words']}>{children}</div>
