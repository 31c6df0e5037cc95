/** Seeded chance: the same seed gives the same scenario. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number, both ends included. */
  between(from: number, to: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  chance(probability: number): boolean
  /** A LUID: version 4 in form. */
  luid(): string
}

const hash = (text: string): number => {
  let value = 2166136261
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16777619)
  return value >>> 0
}

/** One stream of chance per seed and purpose, so that a new draw in one place does not shift every other. */
export const createRandom = (seed: number, purpose: string): Random => {
  let state = (hash(purpose) ^ Math.imul(seed + 1, 2654435761)) >>> 0
  // mulberry32: small, fast, and good enough for a scenario.
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const next = (): number => word() / 4294967296
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const hex = (): string => word().toString(16).padStart(8, '0')
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    chance: (probability) => next() < probability,
    luid() {
      const [a, b, c, d] = [hex(), hex(), hex(), hex()]
      const variant = '89ab'[parseInt(c.slice(0, 1), 16) & 3] ?? '8'
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`
    },
  }
}
