import { TextInput } from '@mantine/core'

/** Whether a number was typed, with or without something between its thousands. */
export const isTyped = (text: string, count: number): boolean => text.replaceAll(/[\s,.]/g, '') === String(count)

interface TypedNumberProps {
  label: string
  text: string
  onType: (text: string) => void
  disabled: boolean
  className?: string | undefined
}

/** The field in which a number is typed before something that cannot be taken back. */
export const TypedNumber = ({ label, text, onType, disabled, className = '' }: TypedNumberProps) => (
  <TextInput className={className} label={label} autoComplete="off" inputMode="numeric" maxLength={10} value={text} disabled={disabled} onChange={(event) => onType(event.currentTarget.value)} />
)
