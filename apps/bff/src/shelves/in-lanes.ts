/**
 * Does `work` for every item, in order, `atOnce` of them at a time. Rejects with the first failure; nothing more is begun after it, while
 * what is under way then ends by itself.
 */
export const inLanes = async <T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> => {
  const rest = items.values()
  let isOver = false
  const lane = async (): Promise<void> => {
    for (const item of rest) {
      if (isOver) return
      try {
        await work(item)
      } catch (error) {
        isOver = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
