import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = Date.now()

const advance = () => {
  now = Date.now()
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  timer ??= setInterval(advance, 1000)
  document.addEventListener('visibilitychange', advance)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', advance)
    clearInterval(timer)
    timer = undefined
  }
}

/** This computer's wall clock, milliseconds since 1970; renders again every second. One timer for the whole page. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)

/** What is told of this computer's wall clock, looked at every second: renders again only when that becomes another. */
export const useNowAs = <T extends string | number | boolean>(told: (now: number) => T): T => useSyncExternalStore(subscribe, () => told(now))
