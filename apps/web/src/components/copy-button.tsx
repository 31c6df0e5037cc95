import { useEffect, useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { IconCheck, IconCopy } from './icons.ts'

/** Copies by the clipboard, or on a page without one (plain http) by a selection. */
const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    field.style.position = 'fixed'
    field.style.opacity = '0'
    document.body.append(field)
    field.select()
    // The only way where the clipboard needs https.
    const done = document.execCommand('copy')
    field.remove()
    return done
  }
}

export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return undefined
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])
  const label = state === 'copied' ? 'Copied' : state === 'failed' ? 'Could not be copied: select it by hand' : `Copy ${what}`
  return (
    <IconButton
      size="sm"
      icon={state === 'copied' ? IconCheck : IconCopy}
      label={label}
      onClick={() => void copy(text).then((done) => setState(done ? 'copied' : 'failed'))}
    />
  )
}
