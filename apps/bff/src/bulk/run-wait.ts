import type { Clock } from '../clock.ts'

/** Until when Tableau wants not to be asked, for all lanes of one run. */
export class RunWait {
  readonly #clock: Clock
  #until: number
  #wake = new AbortController()

  /** `until`: asked for before this process began, or null; milliseconds since 1970. */
  constructor(clock: Clock, until: number | null) {
    this.#clock = clock
    this.#until = until ?? 0
  }

  /** Until when Tableau asked to wait, in milliseconds since 1970; null when that is over, or was never asked. */
  get retryAt(): number | null {
    return this.#until > this.#clock.now() ? this.#until : null
  }

  /** True when that is later than what was known. */
  extend(until: number): boolean {
    if (until <= this.#until) return false
    this.#until = until
    return true
  }

  /** Waits until the time has come, `wake` is called or `stop` aborts. Never rejects. */
  async sleep(stop: AbortSignal): Promise<void> {
    const left = this.#until - this.#clock.now()
    if (left <= 0) return
    if (this.#wake.signal.aborted) this.#wake = new AbortController()
    await this.#clock.delay(left, AbortSignal.any([stop, this.#wake.signal])).catch(() => undefined)
  }

  wake(): void {
    this.#wake.abort()
  }

  /** True for the first that asks after a time to wait for has come. */
  takeEnd(): boolean {
    if (this.#until === 0 || this.retryAt !== null) return false
    this.#until = 0
    return true
  }
}
