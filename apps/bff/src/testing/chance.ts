/** Seeded chance: the same seed makes the same choices. */
export interface Chance {
  /** A whole number from 0 to below the bound. */
  below(bound: number): number
  /** One of a list that is not empty. */
  pick<T>(items: readonly T[]): T
  happens(probability: number): boolean
}

/** `npm run prove` chooses a seed and prints it; the ordinary tests choose their own. */
export const chanceSeed = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

export const createChance = (seed: number): Chance => {
  let state = seed >>> 0
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    below,
    pick: (items) => {
      const [picked] = items.slice(below(items.length))
      if (picked === undefined) throw new Error('there is nothing to pick from')
      return picked
    },
    happens: (probability) => next() < probability,
  }
}
