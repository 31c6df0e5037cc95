/** Lets work on one thing happen one after the other. It holds no data, only turns. */
export interface Locks {
  run<T>(key: string, work: () => Promise<T>): Promise<T>
}

export const createLocks = (): Locks => {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run: async (key, work) => {
      const before = tails.get(key) ?? Promise.resolve()
      const mine = before.then(work, work)
      tails.set(key, mine)
      try {
        return await mine
      } finally {
        if (tails.get(key) === mine) tails.delete(key)
      }
    },
  }
}
