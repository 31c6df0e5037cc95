import { ActionIcon } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'

interface IconButtonProps {
  icon: Icon
  label: string
  onClick: () => void
  className?: string | undefined
  size?: 'sm' | 'md'
}

/** A button that is only an icon; its name is told on hover and to screen readers. */
export const IconButton = ({ icon: Icon, label, onClick, className, size = 'md' }: IconButtonProps) => (
  <ActionIcon variant="subtle" color="gray" size={size} aria-label={label} title={label} onClick={onClick} className={className ?? ''}>
    <Icon size={size === 'md' ? 18 : 14} aria-hidden />
  </ActionIcon>
)
