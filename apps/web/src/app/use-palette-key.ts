import { useEffect, useRef } from 'react'

/** ⌘K or Ctrl+K, also while somebody types. */
export const usePaletteKey = (open: () => void): void => {
  const current = useRef(open)
  useEffect(() => {
    current.current = open
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || event.shiftKey || event.altKey || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      if (document.querySelector('[aria-modal="true"]') === null) current.current()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
