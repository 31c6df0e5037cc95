/** Local storage that may be blocked (private windows, policies): then nothing is remembered and nothing breaks. */
export const storage = {
  get(key: string): string | undefined {
    try {
      return localStorage.getItem(key) ?? undefined
    } catch {
      return undefined
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(key, value)
    } catch {
      // Not remembered, which is all that can be done.
    }
  },
}
