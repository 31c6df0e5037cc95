interface Entry<T> {
  readonly item: T
  readonly listedFrom: number
  /** Set when it was deleted: until then lists may still show it. */
  listedUntil: number | undefined
}

/**
 * Items by id, in the order in which they came, and the lists of them: those follow the server's search index, which can be
 * behind (§ Create Server Schedule: “If you make a query immediately to see a new resource, the query results might not be up
 * to date”). Getting one by its id is never behind.
 */
export class SearchIndex<T extends { readonly id: string }> {
  readonly #entries = new Map<string, Entry<T>>()

  /** What is there. */
  get items(): T[] {
    return [...this.#entries.values()].flatMap((entry) => (entry.listedUntil === undefined ? [entry.item] : []))
  }

  get(id: string): T | undefined {
    const entry = this.#entries.get(id.toLowerCase())
    return entry?.listedUntil === undefined ? entry?.item : undefined
  }

  /** Throws where the id is taken. Lists show it from `listedFrom` on. */
  add(item: T, listedFrom: number): void {
    if (this.#entries.has(item.id.toLowerCase())) throw new Error(`There is already something with the id ${item.id}.`)
    this.#entries.set(item.id.toLowerCase(), { item, listedFrom, listedUntil: undefined })
  }

  /** Lists show it until `listedUntil`, but not at it. */
  remove(item: T, listedUntil: number): void {
    const entry = this.#entries.get(item.id.toLowerCase())
    if (entry !== undefined) entry.listedUntil = listedUntil
  }

  /** What a list shows at that time. */
  listed(now: number): T[] {
    const shown: T[] = []
    for (const [key, entry] of this.#entries) {
      if (entry.listedUntil !== undefined && entry.listedUntil <= now) this.#entries.delete(key)
      else if (entry.listedFrom <= now) shown.push(entry.item)
    }
    return shown
  }
}
