import { createStore, useStore } from './store.ts'
import { storage } from './storage.ts'

/** A choice of this person on this computer, from a closed list, remembered. */
const preference = <T extends string>(key: string, values: readonly [T, ...T[]]) => {
  const name = `refreshboard-${key}`
  const stored = storage.get(name)
  const store = createStore<T>(values.find((value) => value === stored) ?? values[0])
  return {
    use: () => useStore(store),
    get: store.get,
    set: (value: T) => {
      storage.set(name, value)
      store.set(value)
    },
  }
}

/** Row height: 36 px, or 28 px. */
export const densityPreference = preference('density', ['regular', 'compact'])

export const zoneChoices = ['server', 'mine', 'utc'] as const
export type ZoneChoice = (typeof zoneChoices)[number]

/** In which zone times are told. */
export const zonePreference = preference('zone', zoneChoices)

/** How this person signed in last. */
export const methodPreference = preference('sign-in-method', ['none', 'password', 'pat'])
