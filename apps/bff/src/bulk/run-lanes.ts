/** Does the same work some times at once. What left early comes back when it is asked to, and does not wait until the others are through. */
export class RunLanes {
  readonly #atOnce: number
  readonly #lane: () => Promise<void>
  readonly #underWay = new Set<Promise<void>>()

  /** `lane` resolves when there is nothing to do for it, and never rejects. */
  constructor(atOnce: number, lane: () => Promise<void>) {
    this.#atOnce = atOnce
    this.#lane = lane
  }

  /** Resolves when no lane is under way any more. */
  async work(): Promise<void> {
    this.#fill()
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  /** Brings back those that left, as long as one is under way. */
  refill(): void {
    if (this.#underWay.size > 0) this.#fill()
  }

  #fill(): void {
    while (this.#underWay.size < this.#atOnce) {
      const lane = this.#lane().finally(() => this.#underWay.delete(lane))
      this.#underWay.add(lane)
    }
  }
}
