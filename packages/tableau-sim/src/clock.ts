/** The only time in the simulator: sessions, jobs and the `Date` header follow it. Times are milliseconds since 1970. */
export interface VirtualClock {
  now(): number
  /** Moves time on and runs everything that falls due, synchronously and in order. On a running clock: a jump ahead. */
  advance(ms: number): void
  /** Runs the task when the clock gets to `at`; at once on the next turn of the clock where that is past. Returns how to call it off. */
  at(at: number, task: () => void): () => void
  /** Calls everything off and stops. */
  close(): void
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly task: () => void
  cancelled: boolean
}

/** Timers by time, then by the order they were set in: a binary heap. */
class TimerQueue {
  readonly #heap: Timer[] = []
  #order = 0

  push(at: number, task: () => void): Timer {
    this.#order += 1
    const timer: Timer = { at, order: this.#order, task, cancelled: false }
    const heap = this.#heap
    let index = heap.push(timer) - 1
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = heap[parentIndex]
      if (parent === undefined || !before(timer, parent)) break
      heap[index] = parent
      index = parentIndex
    }
    heap[index] = timer
    return timer
  }

  peek(): Timer | undefined {
    while (this.#heap[0]?.cancelled === true) this.#pop()
    return this.#heap[0]
  }

  take(): Timer | undefined {
    const timer = this.peek()
    if (timer !== undefined) this.#pop()
    return timer
  }

  clear(): void {
    this.#heap.length = 0
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      let childIndex = index * 2 + 1
      let child = heap[childIndex]
      const right = heap[childIndex + 1]
      if (right !== undefined && child !== undefined && before(right, child)) {
        child = right
        childIndex += 1
      }
      if (child === undefined || !before(child, last)) break
      heap[index] = child
      index = childIndex
    }
    heap[index] = last
  }
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

const checkedStep = (ms: number): number => {
  if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`The clock cannot be moved by ${ms} ms.`)
  return ms
}

/** Where a manual clock begins unless it is told: a Wednesday morning, so that tests read the same every day. */
export const manualClockStart = Date.parse('2026-03-04T16:00:00Z')

/** A clock that stands still until `advance` is called. */
export const createManualClock = (startMs: number = manualClockStart): VirtualClock => {
  const queue = new TimerQueue()
  let time = startMs
  return {
    now: () => time,
    advance(ms) {
      const target = time + checkedStep(ms)
      for (let timer = queue.peek(); timer !== undefined && timer.at <= target; timer = queue.peek()) {
        queue.take()
        time = Math.max(time, timer.at)
        timer.task()
      }
      time = target
    },
    at(at, task) {
      const timer = queue.push(at, task)
      return () => {
        timer.cancelled = true
      }
    },
    close: () => queue.clear(),
  }
}

const longestTimeout = 2 ** 31 - 1

/** A clock that goes `speed` times as fast as real time, from `start` (now, unless told). It does not keep the process alive. */
export const createRunningClock = (options: { speed?: number; start?: number } = {}): VirtualClock => {
  const speed = options.speed ?? 1
  if (!Number.isFinite(speed) || speed <= 0) throw new RangeError(`A clock cannot run at speed ${speed}.`)
  const queue = new TimerQueue()
  const realStart = performance.now()
  let offset = options.start ?? Date.now()
  let running: number | undefined
  let wake: ReturnType<typeof setTimeout> | undefined
  const now = (): number => running ?? offset + (performance.now() - realStart) * speed

  const arm = (): void => {
    clearTimeout(wake)
    const next = queue.peek()
    if (next === undefined) return
    wake = setTimeout(runDue, Math.min(Math.max((next.at - now()) / speed, 1), longestTimeout))
    wake.unref()
  }
  const runDue = (): void => {
    const target = now()
    for (let timer = queue.peek(); timer !== undefined && timer.at <= target; timer = queue.peek()) {
      queue.take()
      // The task sees the time it was due at, so that a late timer does not shift everything after it.
      running = timer.at
      try {
        timer.task()
      } finally {
        running = undefined
      }
    }
    arm()
  }
  return {
    now: () => Math.floor(now()),
    advance(ms) {
      offset += checkedStep(ms)
      runDue()
    },
    at(at, task) {
      const timer = queue.push(at, task)
      if (running === undefined) arm()
      return () => {
        timer.cancelled = true
      }
    },
    close() {
      clearTimeout(wake)
      queue.clear()
    },
  }
}
