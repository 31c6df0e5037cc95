import { CloseButton, TextInput } from '@mantine/core'
import { forwardRef, useEffect, useRef, useState } from 'react'
import { IconSearch } from './icons.ts'
import classes from './search-field.module.css'

const settleMs = 250

/** Searches while somebody types, a moment after the last key. */
export const SearchField = forwardRef<HTMLInputElement, { label: string; q: string; onChange: (q: string) => void }>(({ label, q, onChange }, ref) => {
  const [draft, setDraft] = useState(q)
  const [seen, setSeen] = useState(q)
  const [sent, setSent] = useState(q)
  // The address changed by itself (back, “clear filters”): the field follows. Our own change must not undo typing.
  if (q !== seen) {
    setSeen(q)
    if (q !== sent) setDraft(q)
  }
  // The page may have gone elsewhere between the last key and now: what is asked for then starts from there.
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const send = (text: string, afterMs: number) => {
    setDraft(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setSent(text.trim())
      latest.current(text.trim())
    }, afterMs)
  }
  return (
    <TextInput
      ref={ref}
      type="search"
      size="xs"
      className={classes['search'] ?? ''}
      aria-label={label}
      placeholder="Search  /"
      maxLength={200}
      spellCheck={false}
      value={draft}
      onChange={(event) => send(event.currentTarget.value, settleMs)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send(draft, 0)
        if (event.key !== 'Escape') return
        event.preventDefault()
        if (draft === '') event.currentTarget.blur()
        else send('', 0)
      }}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={draft === '' ? null : <CloseButton size="xs" aria-label="Clear the search" onClick={() => send('', 0)} />}
    />
  )
})
SearchField.displayName = 'SearchField'
