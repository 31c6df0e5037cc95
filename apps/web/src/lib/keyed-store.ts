import { useCallback, useSyncExternalStore } from 'react'

/** Values outside React by key, which components can follow one by one. */
export interface KeyedStore<T> {
  get: (key: string) => T | undefined
  /** `undefined` forgets it. */
  set: (key: string, value: T | undefined) => void
  clear: () => void
  subscribe: (listener: () => void) => () => void
  use: (key: string) => T | undefined
}

export const createKeyedStore = <T>(): KeyedStore<T> => {
  const values = new Map<string, T>()
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      if (value === undefined) values.delete(key)
      else values.set(key, value)
      tell()
    },
    clear: () => {
      values.clear()
      tell()
    },
    subscribe,
    use: (key) =>
      useSyncExternalStore(
        subscribe,
        useCallback(() => values.get(key), [key]),
      ),
  }
}
