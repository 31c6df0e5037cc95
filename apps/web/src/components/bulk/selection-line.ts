/** What is done to one thing, one after another: some of it has to be read first, and must not write over what came in between. */
export interface Line {
  /** Reads, then writes what was read, unless it was dropped meanwhile: at once where nothing is under way, or else after that. */
  add: <T>(read: () => T | Promise<T>, write: (value: T) => void) => void
  /** What is under way or waits writes nothing any more. */
  drop: () => void
}

/** `onBusy` hears when something has to be read and when nothing has to any more; `onFailure` of a read that failed. */
export const createLine = (onBusy: (busy: boolean) => void, onFailure: (error: unknown) => void): Line => {
  let generation = 0
  let last: Promise<void> | undefined
  return {
    add: (read, write) => {
      const mine = generation
      const isDropped = (): boolean => mine !== generation
      const afterwards = async (value: ReturnType<typeof read>) => {
        const told = await value
        if (!isDropped()) write(told)
      }
      const go = (): Promise<void> | undefined => {
        if (isDropped()) return undefined
        const value = read()
        if (value instanceof Promise) return afterwards(value)
        write(value)
        return undefined
      }
      const step = last === undefined ? go() : last.then(go)
      if (step === undefined) return
      onBusy(true)
      const settled = step
        .catch((error: unknown) => {
          if (!isDropped()) onFailure(error)
        })
        .finally(() => {
          if (last !== settled) return
          last = undefined
          onBusy(false)
        })
      last = settled
    },
    drop: () => {
      generation += 1
      last = undefined
      onBusy(false)
    },
  }
}
